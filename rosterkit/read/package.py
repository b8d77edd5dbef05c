"""A look into an OOXML package before any reader sees it, and what readers do not tell.

Dense readers make a grid of everything between the first and the last cell: one stray cell in XFD1048576 makes
them ask for 17 thousand million cells and abort the whole process, which Python cannot catch. So sizes, inflate
ratio and the cells that are really there are looked at first. The same pass finds what calamine leaves out: error
cells, formulas that were never calculated, hidden rows and columns, and the digits of long numbers.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from rosterkit.errors import FileError
from rosterkit.language import _
from rosterkit.model import SheetMarks, cell_name, cell_position, column_letters

MAX_PACKAGE = 4_000_000_000  # bytes of all parts; a sheet of 1,000,000 rows x 15 has about 1e9
MAX_PART = 2_000_000_000
BOMB_SIZE, BOMB_RATIO = (
    50_000_000,
    500,
)  # deflate reaches 1,030; real sheets stay below 60, empty rows below 250
MAX_GRID = 30_000_000  # cells that a dense reader may be asked for (1,000,000 rows x 30)

_SIGNS = (b"<f", b":f", b't="e"', b"t='e'", b'hidden="1"', b"hidden='1'", b'hidden="true"', b"hidden='true'")
_LONG_NUMBERS = (re.compile(rb"<v>\d{16}"), re.compile(rb":v>\d{16}"))
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?(/?)>')
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S)
_LONG = re.compile(rb'<c r="([A-Z]+\d+)"(?![^>]*\bt=)[^>]*><v>(\d{16,})(?:\.0*)?</v>')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_COL = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')


@dataclass(frozen=True, slots=True)
class PackageSheet:
    """A worksheet of a package: what its XML tells."""

    name: str
    hidden: bool
    marks: SheetMarks


def inspect(path: Path) -> dict[str, PackageSheet]:
    """Look into an ``.xlsx`` or ``.xlsm`` and refuse what no reader should see.

    Returns:
        The worksheets by name.

    Raises:
        FileError: the package is damaged, a zip bomb, holds an XML entity, or a cell far outside of its table.
    """
    try:
        with zipfile.ZipFile(path) as package:
            guard_sizes(package)
            return {sheet.name: sheet for sheet in _sheets(package)}
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise damaged() from error
    except Exception as error:
        # zlib.error and its kind derive from Exception alone
        if isinstance(error, FileError):
            raise
        raise damaged() from error


def guard_sizes(package: zipfile.ZipFile) -> None:
    """Refuse a package that would fill the memory when unpacked.

    Raises:
        FileError: too large, or shrunk more than any real workbook.
    """
    parts = package.infolist()
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > MAX_PART or (part.file_size > BOMB_SIZE and ratio > BOMB_RATIO):
            raise _bomb()
    if sum(part.file_size for part in parts) > MAX_PACKAGE or len(parts) > 20_000:
        raise _bomb()


def damaged() -> FileError:
    """The failure for a file that is cut off or broken inside."""
    return FileError(
        "damaged",
        _(
            "Berkas rusak atau terpotong. Buka di Excel lalu simpan ulang (Save As > Excel Workbook); bila tidak bisa"
            " dibuka, minta pengirim mengirim ulang."
        ),
    )


def _bomb() -> FileError:
    return FileError(
        "too-large",
        _(
            "Isi berkas membengkak tidak wajar saat dibuka (zip bomb), jadi tidak dibaca. Jangan buka berkas ini;"
            " minta pengirim mengirim daftar yang asli."
        ),
    )


def _sheets(package: zipfile.ZipFile) -> list[PackageSheet]:
    names = {name.replace("\\", "/").lstrip("/"): name for name in package.namelist()}
    for name in names:
        if name.endswith((".xml", ".rels")):
            with package.open(names[name]) as part:
                _refuse_entities(part.read(1024))
    main = _workbook_part(package, names)
    targets = _relations(package, names, main)
    result = []
    for title, state, relation in _workbook_sheets(package.read(names[main])):
        target = targets.get(relation)
        if target is None or target not in names:
            raise damaged()
        if "chartsheet" in target or "dialogsheet" in target:
            continue
        content = package.read(names[target])
        hidden = state in ("hidden", "veryHidden")
        _guard_grid(title, content)
        result.append(PackageSheet(title, hidden, _marks(content)))
    return result


def _refuse_entities(head: bytes) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0D\0O\0C" in head:
        raise FileError(
            "unsafe",
            _("Berkas berisi definisi XML yang berbahaya, jadi tidak dibaca. Minta pengirim menyimpan ulang."),
        )


def _workbook_part(package: zipfile.ZipFile, names: dict[str, str]) -> str:
    for target in _relations(package, names, "").values():
        if target.endswith(".xml") and "workbook" in target.lower() and target in names:
            return target
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    raise damaged()


def _relations(package: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", base + ".rels")
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            resolved = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[attributes.get("Id", "")] = resolved

    if name in names:
        _parse(package.read(names[name]), start)
    return found


def _workbook_sheets(content: bytes) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            found.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))

    _parse(content, start)
    return found


def _parse(content: bytes, start: object, end: object = None, text: object = None) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start  # type: ignore[assignment] # the stubs want the exact callable types
    parser.EndElementHandler = end  # type: ignore[assignment] # likewise
    parser.CharacterDataHandler = text  # type: ignore[assignment] # likewise
    parser.buffer_text = True
    parser.Parse(content, True)


def _plain(content: bytes) -> bool:
    """Whether the cells are written the way Excel writes them, so that patterns can find them."""
    cells = content.count(b"<c ")
    return (
        b"<row" in content
        and cells == content.count(b'<c r="')
        and b"<!" not in content
        and b"='" not in content[:2000]
    )


def _guard_grid(title: str, content: bytes) -> None:
    """Refuse a sheet whose cells lie so far apart that a dense grid of them would not fit into memory."""
    rows = [int(number) for number in _ROW.findall(content)]
    last_row = max(rows, default=content.count(b"<row"))
    widest = 16_384 if re.search(rb'r="[A-Z]{3}\d', content) else 702 if re.search(rb'r="[A-Z]{2}\d', content) else 26
    if last_row * widest <= MAX_GRID:
        return
    cells = [(int(row), column.decode()) for column, row, empty in _CELL.findall(content) if not empty]
    if not cells:
        return
    bottom = max(cells)
    right = max(cells, key=lambda cell: (len(cell[1]), cell[1]))
    row, column = bottom[0] - 1, cell_position(right[1] + "1")[1]
    if (row + 1) * (column + 1) <= MAX_GRID or (row + 1) * (column + 1) < 4 * len(cells):
        return
    stray = cell_name(row, cell_position(bottom[1] + "1")[1])
    raise FileError(
        "stray-cell",
        _(
            'Lembar "{sheet}" punya isi yang sangat jauh dari tabel (sampai sel {cell}). Tekan Ctrl+End di lembar itu,'
            " hapus baris dan kolom kosong yang berlebih (Delete, bukan hanya dikosongkan), simpan, lalu periksa lagi."
        ).format(sheet=title, cell=stray if len(cells) > 1 else column_letters(column) + str(row + 1)),
    )


def _marks(content: bytes) -> SheetMarks:
    # One plain search after another: a pattern of alternatives takes ten times as long.
    suspicious = any(sign in content for sign in _SIGNS) or any(sign.search(content) for sign in _LONG_NUMBERS)
    if not suspicious:
        return SheetMarks()
    return _marks_by_pattern(content) if _plain(content) else _marks_by_parser(content)


def _marks_by_pattern(content: bytes) -> SheetMarks:
    columns: set[int] = set()
    for column in _COL.findall(content):
        first, last = re.search(rb'\bmin="(\d+)"', column), re.search(rb'\bmax="(\d+)"', column)
        if first and last:
            columns.update(range(int(first[1]) - 1, min(int(last[1]), 16_384)))
    return SheetMarks(
        errors={cell_position(c.decode()): v.decode() for c, v in _ERROR.findall(content)}
        if b't="e"' in content
        else {},
        uncalculated=frozenset(cell_position(c.decode()) for c in _FORMULA.findall(content)),
        exact={cell_position(c.decode()): v.decode() for c, v in _LONG.findall(content)},
        hidden_rows=frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(content)),
        hidden_columns=frozenset(columns),
    )


def _marks_by_parser(content: bytes) -> SheetMarks:
    """The same for XML that is not written as Excel writes it: prefixes, cells without ``r=``, CDATA."""
    errors: dict[tuple[int, int], str] = {}
    exact: dict[tuple[int, int], str] = {}
    uncalculated: set[tuple[int, int]] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    row, column, kind, formula, value, inside = -1, -1, "n", False, "", ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, formula, value, inside
        name = tag.rpartition(":")[2]
        if name == "row":
            row = int(attributes["r"]) - 1 if "r" in attributes else row + 1
            column = -1
            if attributes.get("hidden") in ("1", "true"):
                rows.add(row)
        elif name == "c":
            position = attributes.get("r")
            row, column = cell_position(position) if position else (row, column + 1)
            kind, formula, value = attributes.get("t", "n"), False, ""
        elif name == "f":
            formula = True
        elif name in ("v", "t"):
            inside = name
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            columns.update(range(int(attributes["min"]) - 1, min(int(attributes["max"]), 16_384)))

    def text(data: str) -> None:
        nonlocal value
        if inside:
            value += data

    def end(tag: str) -> None:
        nonlocal inside
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            inside = ""
        elif name == "c":
            if kind == "e":
                errors[row, column] = value
            elif formula and not value:
                uncalculated.add((row, column))
            elif kind == "n" and re.fullmatch(r"\d{16,}(\.0*)?", value):
                exact[row, column] = value.partition(".")[0]

    _parse(content, start, end, text)
    return SheetMarks(errors, frozenset(uncalculated), exact, frozenset(rows), frozenset(columns))
