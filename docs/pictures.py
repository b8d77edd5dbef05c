"""Makes the pictures of the README from the sample: ``python docs/pictures.py`` (LibreOffice, poppler-utils)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
ROSTER = "Usulan RT 03 RW 05 Contohrejo"


def main() -> None:
    """Check one roster of the sample, and draw what the terminal and the annotated copy show."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = folder / "kediri-2025"
        shutil.copytree(ROOT / "samples" / "kediri-2025", sample, ignore=shutil.ignore_patterns("hasil"))
        command = ["rosterkit", "check", f"masuk/{ROSTER}.xlsx"]
        shown = subprocess.run(
            ["script", "-qec", "stty cols 100; " + " ".join(f"'{word}'" for word in command), "/dev/null"],
            cwd=sample,
            env={**os.environ, "TERM": "xterm-256color"},
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        console = Console(record=True, width=100, file=open(os.devnull, "w"))  # noqa: SIM115 # ends with the script
        console.print("$ " + " ".join(command[:2]) + f' "{command[2]}"', style="bold")
        console.print(Text.from_ansi(shown.replace("\r", "")))
        drawn = console.export_svg(title="rosterkit")
        drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # fonts of the reader's own machine
        (ROOT / "docs" / "terminal.svg").write_text(drawn, encoding="utf-8")
        copy = sample / "hasil" / f"{ROSTER}.periksa.xlsx"
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", name, copy], check=True)
        pdf = folder / f"{ROSTER}.periksa.pdf"
        told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        pages = re.search(r"Pages:\s+(\d+)", told)
        for page, picture in ((1, "summary"), (pages[1] if pages else 2, "annotated")):
            target = ROOT / "docs" / picture
            subprocess.run(
                ["pdftoppm", "-png", "-singlefile", "-r", "110", "-f", str(page), "-l", str(page), pdf, target],
                check=True,
            )


if __name__ == "__main__":
    main()
