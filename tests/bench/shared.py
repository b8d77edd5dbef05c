"""What the benches share: rosters of invented people, and commands whose exit code and results are looked at."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

PYTHON = sys.executable
SCHEMA = "kediri-2025"
HEAD = ["NO", "NIK", "NO KK", "NAMA", "TEMPAT LAHIR", "TGL LAHIR", "JK", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN"]
HEAD += ["NO HP", "PEKERJAAN", "NAMA IBU KANDUNG"]
_SHORT_NIK, _UNKNOWN_JOB = 7, 50  # the rows of a hundred, from 0, that hold a mistake

# Names as many as in a city: 400 first names, 800 family names, all made of syllables.
SYLLABLES = re.findall("..", "babebudadidokakikulalilomamimunaninopapirarirosasisutatitowa")
FIRST = [(a + b).title() for a in SYLLABLES[:20] for b in SYLLABLES[10:]]
SECOND = [(a + b + c).title() for a in SYLLABLES[::3] for b in SYLLABLES[::4] for c in SYLLABLES[::3]]


def make(path: Path, rows: int, mistakes: bool, first: int = 0, same_nik: bool = False) -> None:
    """A roster of invented people from a number on; with mistakes in about two rows of a hundred, or with one NIK."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    chance = random.Random(rows + first)
    for row_number, n in enumerate(range(first, first + rows), 1):
        day, month, year = n % 28 + 1, n // 28 % 12 + 1, 65 + n // 336 % 35
        kecamatan, serial = n // 11_760 % 3 + 1, 9900 + n // 35_280 % 100
        nik = f"35710{kecamatan}{day:02}{month:02}{year}{serial}"
        if same_nik:
            nik = "3571010101659900"
        if mistakes and (n - first) % 100 == _SHORT_NIK:
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
        if mistakes and (n - first) % 100 == _UNKNOWN_JOB:
            row[13] = "kuli batu"
        for column, value in enumerate(row):
            sheet.write_string(row_number, column, value)
    book.close()


def mistakes_in(rows: int) -> dict[str, int]:
    """How often which error is in a roster with mistakes."""
    return {"RK210": len(range(_SHORT_NIK, rows, 100)), "RK230": len(range(_UNKNOWN_JOB, rows, 100))}


def insist(condition: bool, message: object) -> None:
    """End the bench with a message and exit code 1 where something is off: a time of that says nothing."""
    if not condition:
        raise SystemExit(f"bench: {message}")


@dataclass(frozen=True)
class Taken:
    """What a command took, and said: seconds on the clock and of the processors, peak memory in GB."""

    seconds: float
    cpu: float
    peak: float
    output: str


def run(*command: object, code: int = 0) -> Taken:
    """Run a command; end the bench where its exit code is another one."""
    words = list(map(str, command))
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=output, stdin=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # wait4 has taken it
        output.seek(0)
        said = output.read().decode()
    insist(process.returncode == code, f"exit code {process.returncode}, not {code}: {' '.join(words)}\n{said[-2000:]}")
    return Taken(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6, said)


def errors_of(document: dict) -> dict[str, int]:
    """How often which error is in a document."""
    counts: dict[str, int] = {}
    for file in document["files"]:
        for finding in file["findings"]:
            if finding["severity"] == "error":
                counts[finding["code"]] = counts.get(finding["code"], 0) + 1
    return counts
