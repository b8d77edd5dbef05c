"""A copy is its original once the changes of its ledger are undone; anything else is no copy."""

from __future__ import annotations

import io
import zipfile

import pytest

from rosterkit.errors import FileError
from rosterkit.write.patch import row_parts
from rosterkit.write.patch.ledger import UndoLog, undo_changes
from rosterkit.write.patch.verify_bytes import verify_bytes
from tests.helpers import cli
from tests.test_across import person, roster


@pytest.fixture
def pair(tmp_path):
    path = roster(tmp_path / "a.xlsx", ["123", *person(1)[1:]], person(2), person(3))
    cli("check", path, "--out", tmp_path / "hasil")
    return path.read_bytes(), (tmp_path / "hasil" / "a.periksa.xlsx").read_bytes()


def rewritten(content, change):
    """A package with the contents of some parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, change(info.filename, old.read(info)), compresslevel=6)
    return target.getvalue()


def verify(copy, source):
    verify_bytes(io.BytesIO(copy), io.BytesIO(source))


def test_a_copy_is_its_original_without_its_changes(pair):
    source, copy = pair
    verify(copy, source)
    verify(rewritten(copy, lambda _name, content: content), source)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"])
def test_a_byte_that_the_ledger_does_not_tell_is_found(pair, part):
    source, copy = pair
    other = rewritten(copy, lambda name, content: content[:-9] + b" " + content[-9:] if name == part else content)
    with pytest.raises(FileError, match="isi berkas berubah") as found:
        verify(other, source)
    assert found.value.code == "copy-differs"


def test_a_part_that_is_gone_is_found(pair):
    source, copy = pair
    target = io.BytesIO(source)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/media/image1.png", b"picture")
    with pytest.raises(FileError):
        verify(copy, target.getvalue())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_changes_are_undone_however_the_part_is_cut_into_pieces(size):
    old, new, undo = b"abcdefghij", b"abXYcdeghijZ", UndoLog()
    undo.add_change(2, 2, b"")
    undo.add_change(7, 0, b"f")
    undo.add_change(11, 1, b"")
    pieces = [new[at : at + size] for at in range(0, len(new), size)]
    assert b"".join(undo_changes(pieces, undo.pack())) == old


@pytest.mark.parametrize(
    ("attributes", "last", "lines", "wanted"),
    [
        (b' spans="1:5"', 6, 1, b' spans="1:7"'),
        (b' spans="1:5" ht="15"', 6, 3, b' spans="1:7" ht="45"'),
        (b' ht="60"', 6, 2, b' ht="60"'),
        (b"", 6, 2, b' ht="30"'),
        (b' s="1"/', -1, 0, b' s="1"/'),
        (b' s="1"/', 6, 2, b' s="1" ht="30"/'),
    ],
)
def test_the_attributes_of_a_row_grow_with_its_texts(attributes, last, lines, wanted):
    content = attributes
    for start, end, new in reversed(row_parts.change_row_attributes(attributes, last, lines)):
        content = content[:start] + new + content[end:]
    assert content == wanted
