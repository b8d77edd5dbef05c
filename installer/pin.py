"""Writes ``requirements.txt``: the wheels of the installer with their hashes, chosen anew by pip.

    python installer/pin.py

Run it to bring newer versions into the next release; the tests under Wine then say whether all still works. No address
of a package index is written: pip takes the one that is set up.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

from payload import PYTHON, wheel_options

HERE = Path(__file__).parent


def main() -> None:
    """Download the wheels for Windows and write down what they are."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["desk"], "colorama"]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--dest",
            folder,
            *wheel_options(PYTHON),
            *wanted,
        ]
        subprocess.run(command, check=True)
        lines = sorted(_line(wheel) for wheel in Path(folder).glob("*.whl"))
    (HERE / "requirements.txt").write_text("".join(lines), encoding="utf-8")


def _line(wheel: Path) -> str:
    with ZipFile(wheel) as package:
        (name,) = (name for name in package.namelist() if name.endswith(".dist-info/METADATA"))
        known = message_from_bytes(package.read(name))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{known['Name'].lower().replace('_', '-')}=={known['Version']} --hash=sha256:{digest}\n"


if __name__ == "__main__":
    main()
