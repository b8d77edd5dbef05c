"""Marking one cell of a hundred against its floor: ``python tests/bench/marking.py WORKBOOK ROWS``.

The floor is what no patch of a package can do without: unzip every part, parse it with expat, zip it again. Ends
with a message and exit code 1 where the marks are not in the copy.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.parsers import expat

from shared import insist

from rosterkit.model.finding import Severity
from rosterkit.write.copies.annotate import annotate_workbook
from rosterkit.write.copies.marks import CellMark, Marks, SheetMarks

COLUMNS, CHUNK, NOTES = 15, 1 << 20, 2000


def floor(source: Path, target: Path) -> float:
    """Seconds to unzip, parse and zip a package."""
    start = time.perf_counter()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            parser = expat.ParserCreate()
            with old.open(info) as part, new.open(info.filename, "w") as copy:
                while chunk := part.read(CHUNK):
                    parser.Parse(chunk, False)
                    copy.write(chunk)
            parser.Parse(b"", True)
    return time.perf_counter() - start


def marks_of(rows: int) -> Marks:
    """Marks for one cell of a hundred, notes as many as a sheet takes, a remark for each row that has one."""
    chance = random.Random(rows)
    places = sorted({(chance.randrange(1, rows), chance.randrange(COLUMNS)) for _ in range(rows * COLUMNS // 100)})
    remark = "NIK hanya 15 digit, seharusnya 16."
    states = dict.fromkeys(range(1, rows), "Siap")
    cells = tuple(CellMark(*place, Severity.ERROR, remark if n < NOTES else None) for n, place in enumerate(places))
    remarks = {row: remark for row, _column in places}
    sheet = SheetMarks("Sheet1", cells, (COLUMNS, COLUMNS + 1), (0,), remarks, {}, states=states)
    return Marks((sheet,), ())


def verify(copy: Path, marks: Marks) -> None:
    """See that every mark is in the copy: a note and a remark for each that has one, and the sheet of ours."""
    with zipfile.ZipFile(copy) as archive:
        insist(archive.testzip() is None, "the copy is damaged")
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    (sheet,) = marks.sheets
    notes = sum(data.count(b"<comment ") for name, data in parts.items() if "comments" in name)
    insist(notes == min(NOTES, len(sheet.cells)), f"{notes} notes for {len(sheet.cells)} marks")
    remarks = sum(data.count(b"NIK hanya 15") for name, data in parts.items() if "worksheets/" in name)
    insist(remarks == len(sheet.remarks), f"{remarks} remarks for {len(sheet.remarks)} rows")
    insist(b"Hasil Periksa" in parts["xl/workbook.xml"], "the sheet of findings is missing")


def main(source: Path, rows: int) -> None:
    """Measure, memory first: later runs hide its peak."""
    marks = marks_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "copy.xlsx")

        def mark() -> float:
            start = time.perf_counter()
            with source.open("rb") as old, target.open("w+b") as new:
                annotate_workbook(old, new, marks, source.name, "0")
            return time.perf_counter() - start

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours = [mark()]
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
        verify(target, marks)
        runs = 1 if rows > 200_000 else 3
        bare = [floor(source, target)]
        for _ in range(runs - 1):
            ours.append(mark())
            bare.append(floor(source, target))
    told = f"marking {len(marks.sheets[0].cells)} cells of {rows} rows: {min(ours):.2f} s, floor {min(bare):.2f} s"
    print(f"{told}, ratio {min(ours) / min(bare):.2f} (aim 1.5); {memory:.0f} MB more memory (aim 300)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
