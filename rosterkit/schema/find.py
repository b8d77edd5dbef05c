"""Finds schema files by name or by path: beside a programme's file, else among those that come with rosterkit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from rosterkit.errors import SchemaError
from rosterkit.language import _
from rosterkit.outside import is_network

SUFFIXES = (".yaml", ".yml")


def shipped_folder() -> Path:
    """Return the folder of the schema files that come with rosterkit (in a wheel or in a checkout)."""
    package = Path(__file__).parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def shipped_names(kind: str) -> list[str]:
    """Return the names of the schemas of a kind (``rosters`` or ``uploads``) that come with rosterkit, sorted."""
    return sorted(path.stem for path in (shipped_folder() / kind).glob("*.yaml"))


def find_schema(name: str, kind: str, folders: Sequence[Path] = (), base: Path = Path()) -> Path:
    """Return the file of a schema.

    Args:
        name: its name, which is looked for in the folders and then among the shipped schemas, or a path to a ``.yaml``.
        kind: ``rosters`` or ``uploads``.
        folders: where to look first.
        base: the folder that a path is relative to.

    Raises:
        SchemaError: there is no such file.
    """
    given = Path(name)
    if base != Path() and is_network(name):
        raise SchemaError(
            _("{path} ada di komputer lain dan tidak dibuka. Salin berkas itu ke folder ini.").format(path=name)
        )
    if given.suffix in SUFFIXES:
        if (base / given).is_file():
            return base / given
        raise SchemaError(_("Berkas skema {path} tidak ada. Cek nama dan foldernya.").format(path=base / given))
    searched = (*folders, shipped_folder() / kind)
    for folder in searched if given.name == name else ():  # a path without .yaml is no name
        path = folder / f"{name}.yaml"
        if _is_kind(path, kind):
            return path
    known = sorted({path.stem for folder in searched for path in folder.glob("*.yaml") if _is_kind(path, kind)})
    near = difflib.get_close_matches(name, known, 1)
    message = (
        _('Formulir BPJS "{name}" tidak dikenal.{near} Yang ada: {known}; atau tulis letak berkas .yaml.')
        if kind == "uploads"
        else _('Skema "{name}" tidak dikenal.{near} Yang ada: {known}; atau tulis letak berkas .yaml.')
    )
    suggestion = _(' Maksudnya "{near}"?').format(near=near[0]) if near else ""
    raise SchemaError(message.format(name=name, near=suggestion, known=", ".join(known)))


def _is_kind(path: Path, kind: str) -> bool:
    """Whether a file is there and does not say that it is of another kind: form and programme may have one name."""
    if not path.is_file():
        return False
    key = re.search(r"^kind:\s*[\"']?(\w+)", path.read_text(encoding="utf-8-sig", errors="replace"), re.MULTILINE)
    return key is None or f"{key[1]}s" == kind
