"""Cuts a sheet into blocks, side by side and below each other, each with its own header."""

from __future__ import annotations

from dataclasses import replace

from rosterkit.model.cells import Row, Sheet
from rosterkit.read.assign import assign_columns
from rosterkit.read.header_rows import COUNTER_HEADERS, Header, find_header, may_be_header, read_headers
from rosterkit.read.headers import Vocabulary
from rosterkit.read.owners import PERSON, THING, groups_with_people
from rosterkit.read.packed_rows import pack_like
from rosterkit.records import dataclass
from rosterkit.schema.spec import RosterSpec, plain

_HEADING = 3  # words of a heading that says whose the columns below it are
_ABOVE = 3  # rows above a header in which a heading may stand
_MIN_FIELDS = 3  # of the header of a table below another one


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet with a header of its own.

    Args:
        sheet: the sheet, with only the cells of the block.
        header: its header.
        top: the first row that belongs to it.
    """

    sheet: Sheet
    header: Header
    top: int


def find_blocks(sheet: Sheet, spec: RosterSpec, vocabulary: Vocabulary, top: int = 0) -> list[Block]:
    """Return the blocks that begin with the next header from a row on, the left one first."""
    header = find_header(sheet, vocabulary, top)
    if header is None:
        return []
    parts = _split_pairs(header, vocabulary) or _split_columns(header, spec, vocabulary)
    if len(parts) < 2:
        return [Block(sheet, header, top)]
    blocks = []
    for columns, own in parts:
        labels = {column: texts for column, texts in header.labels.items() if column in columns}
        bare = {column: vocabulary.owners.drop_pair(texts) if own else texts for column, texts in labels.items()}
        part = Header(header.rows, labels, assign_columns(bare, vocabulary, alone=True))
        blocks.append(Block(mask_sheet(sheet, columns, own), part, top))
    return [block for block in blocks if not _stands_below_others(sheet, block.header, vocabulary)] or blocks


def find_block_beside(sheet: Sheet, width: int, vocabulary: Vocabulary, top: int) -> Sheet | None:
    """Return the sheet with only the cells to the right of a table, where another one with a header of its own stands.

    Args:
        sheet: as read.
        width: the columns of the table.
        vocabulary: how headers may be written.
        top: the first row that belongs to the table.
    """
    if len(sheet.rows[0]) <= width or not any(any(cell != "" for cell in row[width:]) for row in sheet.rows[top:]):
        return None
    right = mask_sheet(sheet, frozenset(range(width, max(map(len, sheet.rows)))))
    header = find_header(right, vocabulary, top)
    if header is None or not {"nik", "name"} <= header.fields() or _stands_below_others(sheet, header, vocabulary):
        return None
    return right


def begins_table(sheet: Sheet, row: int, vocabulary: Vocabulary) -> bool:
    """Whether the header of a table stands at a row: a NIK and a name, and no data."""
    if not may_be_header(sheet.rows[row]):
        return False
    texts = [cell for cell in sheet.rows[row] if isinstance(cell, str) and cell]
    if sum(bool(vocabulary.match(" ".join(text.split()))) for text in texts) * 2 < len(texts):
        return False
    return any({"nik", "name"} <= header.fields() and len(header.fields()) >= _MIN_FIELDS
               for header in read_headers(sheet, row, vocabulary))  # fmt: skip


def belongs_to_others(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether the people of a header are not those of a list (heirs, proposers), by it or by a heading above it."""
    if not {"nik", "name"} <= _fields_of_persons(header, vocabulary):
        return True
    above = sheet.rows[header.rows[0] - 1] if header.rows[0] else ()
    texts = _drop_letterhead(above[min(header.labels) : max(header.labels) + 1])
    headings = (text for text in texts if len(plain(text).split()) <= _HEADING and not plain(text).startswith("NAMA"))
    if any(vocabulary.owners.find_owner((text, text), False) not in (PERSON, THING) for text in headings):
        return True
    return _stands_below_others(sheet, header, vocabulary)


def _drop_letterhead(row: Row) -> list[str]:
    """Return the texts of a row without those that stand side by side, as a letterhead's "Ketua RT | Umpama" do.

    A heading stands above a NIK and a name at least, so the cell beside it is empty or merged with it.
    """
    near = zip(row, ["", *row], [*row[1:], ""], strict=False)
    return [cell for cell, *sides in near if isinstance(cell, str) and cell and {*sides} <= {"", cell}]


def _stands_below_others(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a heading of others (DATA AHLI WARIS), and nothing beside it, stands above blank rows above a header."""
    first, last = min(header.labels), max(header.labels)
    rows = range(header.rows[0] - 1, max(-1, header.rows[0] - _ABOVE - 1), -1)
    lines = ([cell for cell in sheet.rows[row][first : last + 1] if cell != ""] for row in rows)
    near = next(filter(None, lines), [])
    return len(near) == 1 and plain(str(near[0])).removeprefix("DATA ") in vocabulary.header_words.others


def mask_sheet(sheet: Sheet, columns: frozenset[int], own: frozenset[int] = frozenset()) -> Sheet:
    """Return a sheet with only the cells of some columns.

    Args:
        sheet: as read.
        columns: the columns that stay.
        own: where given, a row without a cell in these is empty: what stands there is another table's alone.
    """

    def mask(row: Row) -> Row:
        keeps = not own or any(column < len(row) and row[column] != "" for column in own)
        return [cell if keeps and column in columns else "" for column, cell in enumerate(row)]

    return replace(sheet, rows=pack_like(sheet.rows, map(mask, sheet.rows)))


Part = tuple[frozenset[int], frozenset[int]]  # the columns of a table, those that no other table shares


def _split_pairs(header: Header, vocabulary: Vocabulary) -> list[Part]:
    """Return the columns of two people a row (SUAMI, ISTRI), with those that they share; empty where there are none."""
    owners = vocabulary.owners
    if {"nik", "name"} <= _fields_of_persons(header, vocabulary):
        return []
    pairs = {column: owners.find_pair(texts) for column, texts in header.labels.items()}
    targets = {
        column: [match.target for text in texts for match in vocabulary.match(text)]
        for column, texts in header.labels.items()
    }
    words = groups_with_people(pairs, targets)
    if len(words) < 2:
        return []
    shared = {column for column, word in pairs.items() if not word}
    own = [frozenset(column for column, word in pairs.items() if word == name) for name in words]
    return [(columns | shared, columns) for columns in own]


def _fields_of_persons(header: Header, vocabulary: Vocabulary) -> set[str]:
    """Return the fields whose columns belong to nobody else."""
    strict = assign_columns(header.labels, vocabulary, alone=False)
    return {part for target in strict.targets.values() for part in target.split("+")}


def _split_columns(header: Header, spec: RosterSpec, vocabulary: Vocabulary) -> list[Part]:
    """Return the columns of tables side by side: the first header of a table, or NO, begins the next one again.

    Each must have what the schema requires; heirs behind the people repeat NIK and name only. Where the whole header
    is repeated, from NO on, NIK and name are enough.
    """
    numbers = [column for column, texts in header.labels.items() if plain(texts[0]) in COUNTER_HEADERS]
    if not header.assigned.duplicates and not numbers:
        return []
    needed = {"nik", "name", "birth_date"} & {*spec.required(), "nik", "name"}
    parts: list[list[int]] = [[]]
    seen: set[str] = set()
    for column, texts in sorted(header.labels.items()):
        text = plain(texts[-1])
        if (text in seen or column in numbers) and _is_whole(header, [*parts[-1]], needed, vocabulary):
            parts.append([])
            seen = set()
        parts[-1].append(column)
        seen.add(text)
    if len(parts) < 2 or not all(_is_whole(header, part, needed, vocabulary) for part in parts):
        parts = _split_repeats(header, numbers, vocabulary)
    return [(frozenset(part), frozenset()) for part in parts]


def _split_repeats(header: Header, numbers: list[int], vocabulary: Vocabulary) -> list[list[int]]:
    """Return the columns of tables with the same header from NO on, each with a NIK and a name; else nothing."""
    columns = sorted(header.labels)
    starts = [columns.index(number) for number in numbers]
    if len(starts) < 2 or starts[0] != 0:
        return []
    parts = [columns[start:end] for start, end in zip(starts, [*starts[1:], len(columns)], strict=True)]
    words = {tuple(plain(header.labels[column][0]) for column in part) for part in parts}
    whole = all(_is_whole(header, part, {"nik", "name"}, vocabulary) for part in parts)
    return parts if len(words) == 1 and whole else []


def _is_whole(header: Header, columns: list[int], needed: set[str], vocabulary: Vocabulary) -> bool:
    """Whether columns hold all fields that are needed, none of them somebody else's."""
    labels = {column: header.labels[column] for column in columns}
    if any(plain(texts[0]) in vocabulary.header_words.others for texts in labels.values()):
        return False
    found = assign_columns(labels, vocabulary, alone=False).targets.values()
    return needed <= {part for target in found for part in target.split("+")}
