"""One file for each kind and number: what is drawn, and what must be true of it."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz import any_xml, package_changes, package_faults, sheet_changes
from tests.fuzz.layouts import lay_out
from tests.fuzz.package_changes import read, settle, write
from tests.fuzz.rosters import Page, Person, draw_pages
from tests.fuzz.writers import write_csv, write_html, write_ods, write_xls, write_xlsx
from tests.golden.books import BOOKS

HARMLESS = [*package_changes.HARMLESS, *sheet_changes.HARMLESS]
FAULTS = [*package_faults.FAULTS, *sheet_changes.FAULTS, *any_xml.FAULTS]
TURN = ("xml", "roster", "xml", "bytes", "roster", "xml", "other", "xml", "roster", "bytes")  # by the last digit


@dataclass(frozen=True, slots=True)
class Case:
    """A file that was drawn.

    Args:
        name: draws it again.
        path: where it is.
        people: who must be read from it, or the file be refused with a reason.
        readable: no reason to refuse it.
        done: what was done to it.
    """

    name: str
    path: Path
    people: list[Person] = field(default_factory=list)
    readable: bool = False
    done: list[str] = field(default_factory=list)


def name_of(number: int, only: str | None = None) -> str:
    return f"{only or TURN[number % 10]}-{number}"


def draw(name: str, folder: Path) -> Case:
    """Draw the file of a name such as ``xml-1234`` into an empty folder."""
    kind, _minus, _number = name.partition("-")
    return DRAWERS[kind](name, random.Random(name), folder)


def _people(pages: list[Page]) -> list[Person]:
    return [person for page in pages for person in page.people]


def draw_xml(name: str, chance: random.Random, folder: Path) -> Case:
    """A package that is written in other ways, mostly with a fault too."""
    path, people = folder / "a.xlsx", []
    if chance.random() < 0.35:
        book = chance.choice([*BOOKS])
        BOOKS[book](path)
        done = [book]
    else:
        pages = draw_pages(chance)
        write_xlsx(chance, path, pages)
        people, done = _people(pages), ["drawn"]
    settle(path)
    parts = read(path)
    faulty = chance.random() < 0.6
    changes = chance.sample(HARMLESS, chance.choice([0, 1, 1, 2, 3]) if faulty else chance.choice([1, 1, 2, 3]))
    changes += [chance.choice(FAULTS) for _ in range(chance.choice([1, 1, 1, 2, 3]) if faulty else 0)]
    for change in changes:
        change(chance, parts)
    write(path, parts)
    done += [change.__name__ for change in changes]
    return Case(name, path, [] if faulty else people, not faulty, done)


def draw_layout(name: str, chance: random.Random, folder: Path) -> Case:
    """A roster that is laid out in another way."""
    path, pages = folder / "a.xlsx", draw_pages(chance, chance.choice([0.05, 0.3]))
    done = lay_out(chance, pages)
    write_xlsx(chance, path, pages)
    settle(path)
    return Case(name, path, _people(pages), True, done)


def _damage(chance: random.Random, content: bytes) -> bytes:
    """Cut, overwrite, repeat or leave out bytes."""
    data = bytearray(content)
    how = chance.choice(["cut", "flip", "flip", "flips", "out", "twice", "zero", "end"])
    first, last = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    last = min(last, first + chance.choice([1, 4, 64, len(data)]))
    if how == "cut":
        return bytes(data[:first])
    if how == "end":
        return bytes(data) + chance.randbytes(chance.choice([1, 100]))
    if how.startswith("flip"):
        for _ in range(40 if how == "flips" else 1):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(data)
    data[first:last] = {"out": b"", "twice": bytes(data[first:last]) * 2, "zero": bytes(last - first)}[how]
    return bytes(data)


def draw_bytes(name: str, chance: random.Random, folder: Path) -> Case:
    """A file of any format with a fault in its bytes."""
    kind = chance.choice(["xlsx", "xlsx", "stored", "xls", "ods", "csv", "html"])
    if kind in ("xlsx", "stored"):
        path = folder / "a.xlsx"
        BOOKS[chance.choice([*BOOKS])](path)
        settle(
            path, zipfile.ZIP_STORED if kind == "stored" else zipfile.ZIP_DEFLATED
        )  # a flip in the XML, or in the zip
    else:
        path = _write_other(kind, chance, folder, draw_pages(chance))
    path.write_bytes(_damage(chance, path.read_bytes()))
    return Case(name, path, done=[kind])


def draw_other(name: str, chance: random.Random, folder: Path) -> Case:
    """A roster in another format, laid out in another way."""
    pages = draw_pages(chance, chance.choice([0.05, 0.3]))
    done = lay_out(chance, pages)
    kind = chance.choice(["xls", "ods", "csv", "csv", "html", "html"])
    pages = pages[:1] if kind == "csv" else pages
    return Case(name, _write_other(kind, chance, folder, pages), _people(pages), True, [kind, *done])


def _write_other(kind: str, chance: random.Random, folder: Path, pages: list[Page]) -> Path:
    for page in pages:  # other formats cannot hold a value in a covered cell
        page.merged = [area for area in page.merged if _is_plain(page, area)]
    path = folder / {"html": "a.xls", "csv": chance.choice(["a.csv", "a.txt", "a.tsv", "a.xls"])}.get(kind, f"a.{kind}")
    if kind == "xls":
        write_xls(path, pages)
    elif kind == "ods":
        write_ods(chance, path, pages)
    elif kind == "csv":
        write_csv(chance, path, pages[0])
    else:
        write_html(chance, path, pages)
    return path


def _is_plain(page: Page, area: tuple[int, int, int, int]) -> bool:
    """Whether only the first cell of an area holds something."""
    top, left, bottom, right = area
    filled = [
        (row, column) for row in range(top, min(bottom + 1, len(page.rows)))
        for column in range(left, min(right + 1, len(page.rows[row]))) if page.rows[row][column] != ""
    ]  # fmt: skip
    return set(filled) <= {(top, left)}


DRAWERS: dict[str, Callable[[str, random.Random, Path], Case]] = {
    "xml": draw_xml, "roster": draw_layout, "bytes": draw_bytes, "other": draw_other,
}  # fmt: skip
