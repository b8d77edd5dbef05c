"""Writes the workbook that an annotated copy was made from."""

from __future__ import annotations

from pathlib import Path

from rosterkit.errors import FileError
from rosterkit.files import whole_file
from rosterkit.language import _
from rosterkit.read.workbook import read_package
from rosterkit.write.copies.unmark import strip_copy


def strip_file(path: Path, out: Path | None) -> tuple[Path, str]:
    """Write the workbook that an annotated copy was made from, as ``NAME.tanpa-tanda.xlsx``.

    Returns:
        its path, and the name of the original, whose bytes it has exactly (empty where the copy was edited).

    Raises:
        FileError: the file is no annotated copy, cannot be read, or the result cannot be written.
    """
    content = read_package(path)
    name = path.stem.removesuffix(".periksa") + ".tanpa-tanda" + path.suffix
    target = (out or path.parent) / name
    with whole_file(target) as file:
        original = strip_copy(content, file)
        if original is None:
            raise FileError("not-a-copy", _("Ini bukan salinan bertanda rosterkit (.periksa.xlsx)."))
    return target, original
