"""Speed, as ratios that hold on any machine: ``python tests/bench/bench.py [rows]``.

Prints how long a check takes beside the bare libraries that it stands on; each ratio is from one run, back to back.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
HEAD = ["NO", "NIK", "NO KK", "NAMA", "TEMPAT LAHIR", "TGL LAHIR", "JK", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN"]
HEAD += ["NO HP", "PEKERJAAN", "NAMA IBU KANDUNG"]


# Names as many as in a city: 400 first names, 800 family names, all made of syllables.
SYLLABLES = re.findall("..", "babebudadidokakikulalilomamimunaninopapirarirosasisutatitowa")
FIRST = [(a + b).title() for a in SYLLABLES[:20] for b in SYLLABLES[10:]]
SECOND = [(a + b + c).title() for a in SYLLABLES[::3] for b in SYLLABLES[::4] for c in SYLLABLES[::3]]


def make(path: Path, rows: int, mistakes: bool, first: int = 0) -> None:
    """A roster of invented people from a number on; with mistakes in about two rows of a hundred."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    chance = random.Random(rows + first)
    for row_number, n in enumerate(range(first, first + rows), 1):
        day, month, year = n % 28 + 1, n // 28 % 12 + 1, 65 + n // 336 % 35
        kecamatan, serial = n // 11_760 % 3 + 1, 9900 + n // 35_280 % 100
        nik = f"35710{kecamatan}{day:02}{month:02}{year}{serial}"
        if mistakes and (n - first) % 100 == 7:
            nik = nik[:15]
        row = [
            str(row_number),
            nik,
            f"35710112{n // 3 % 1200 // 100 + 1:02}{n // 3 % 100:02}{n // 360_000 * 100 + n // 3600 % 100:04}",
            f"{chance.choice(FIRST)} {chance.choice(SECOND)}",
            "Kediri",
            f"{day:02}-{month:02}-19{year}",
        ]
        row += [
            "L",
            f"Jl. Contoh {n % 90}",
            "003",
            "005",
            "Contohrejo",
            "Misal",
            f"0812{n:08}",
            "Pemulung",
            f"{chance.choice(FIRST)} Contoh",
        ]
        if mistakes and (n - first) % 100 == 50:
            row[13] = "kuli batu"
        for column, value in enumerate(row):
            sheet.write_string(row_number, column, value)
    book.close()


def timed(*command: str) -> tuple[float, int]:
    """Seconds and peak kilobytes of a command."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def main() -> None:
    """Measure and print."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.xlsx"), Path(folder, "large.xlsx")
        make(small, 30, False)
        make(large, ROWS, True)
        bare = min(timed(python, "-c", "import pandera.polars")[0] for _ in range(3))
        check = min(
            timed(python, "-m", "rosterkit", "check", str(small), "--schema", "kediri-2025")[0] for _ in range(3)
        )
        print(f"30 clean rows: {check:.2f} s, import pandera.polars {bare:.2f} s, ratio {check / bare:.2f} (aim 2.5)")

        reader = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"
        read, _ = timed(python, "-c", reader, str(large))
        measure = Path(__file__).with_name("measure.py")
        judged, peak = timed(python, str(measure), "check", str(large))
        print(f"{ROWS} rows x 15, JSON: {judged:.2f} s, bare read {read:.2f} s, ratio {judged / read:.2f} (aim 3)")
        print(f"peak memory {peak / 1e6:.2f} GB (aim 1.5)")
        if ROWS > 100_000:
            make(small, 100_000, True)
            fewer, _ = timed(python, str(measure), "check", str(small))
            ratio = judged / ROWS / (fewer / 100_000)
            print(f"time a row at {ROWS} rows is {ratio:.2f} times that at 100000 ({fewer:.2f} s; aim 1.2)")
        marking = measure.with_name("marking.py")
        subprocess.run([python, str(marking), str(large), str(ROWS)], check=True)
        if ROWS > 100_000:
            return
        subprocess.run([python, str(measure), "rules", str(large)], check=True)
        subprocess.run([python, str(measure), "upload", str(large)], check=True)


if __name__ == "__main__":
    main()
