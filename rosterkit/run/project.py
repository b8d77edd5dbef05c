"""The settings of a command on paths: what is given, and what the nearest ``rosterkit.toml`` says."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rosterkit import language
from rosterkit.commands import command
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.read.limits import use_limits
from rosterkit.reference.lists import ReferenceLists, read_reference_lists
from rosterkit.rules import rule_codes
from rosterkit.run.dropped import PROJECT
from rosterkit.run.find_files import find_files, find_open, find_others
from rosterkit.run.output_names import FOLDER
from rosterkit.schema.layers import Layer
from rosterkit.schema.load import DEFAULT, load_roster
from rosterkit.schema.spec import RosterSpec
from rosterkit.settings import FILE, INBOX, MEMORY, Limits, Settings, find_project, read_project


def project_settings(
    given: list[str],
    schema: str | None = None,
    out: Path | None = None,
    lang: str | None = None,
    others: Sequence[Path] = (),
) -> Settings:
    """The settings of a run on paths: what is given, and what the nearest ``rosterkit.toml`` says.

    ``others`` are files of a folder that are no rosters, such as the decree.

    Raises:
        UsageError: a path names no file, or the project's file is wrong.
    """
    first = Path(given[0])
    known = use_project(_near(first), lang)
    lists = [known[name] for name in ("decree", "participants", "population", "senders") if name in known]
    folder, lists = first, [*lists, *others]
    files = find_files(given, out or known.get("out"), lists)
    if out is None and "out" not in known and len(given) == 1 and folder.is_dir():
        out = folder / "hasil"
    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(_("--out {path} bukan folder. Tulis nama folder, misalnya hasil.").format(path=out))
    names = ("participants", "population", "senders", "exceptions", "upload", "override", "deadline", "project")
    further: dict[str, Any] = {name: known.get(name) for name in ("decree", *names)}
    return Settings(
        paths=tuple(files),
        schema=schema or known.get("schema", DEFAULT),
        today=dt.date.today(),
        uses_form_schema=schema is None,
        schema_is_default=schema is None and "schema" not in known,
        folder=folder if len(given) == 1 and folder.is_dir() else None,
        limits=known.get("limits", Limits()),
        others=_others(given, files, out or known.get("out"), lists),
        opened=tuple(name for text in given if Path(text).is_dir() for name in find_open(Path(text))),
        whole=len(files) > 1 or folder.is_dir(),
        out=out or known.get("out"),
        **further,
    )


def lists_in_project() -> list[str]:
    """The folder of lists of the project around here, as if it had been typed.

    Raises:
        UsageError: there is no project, or it has no such folder.
    """
    folder = find_project(_near(Path()))
    if folder is None:
        raise UsageError(
            _("Tulis folder daftarnya: {check}. Atau buat folder kerja: {init}").format(
                check=command("check", INBOX), init=f"{command('init')} {_('NAMA')}"
            )
        )
    if not (folder / INBOX).is_dir():
        raise UsageError(
            _(
                "Folder {path} tidak ada. Buat folder itu dan taruh daftar di situ, atau tulis folder lain: {check}"
            ).format(path=folder / INBOX, check=f"{command('check')} {_('FOLDER')}")
        )
    return [str(folder / INBOX)]


def _near(place: Path) -> Path:
    """Where the project is looked for: around a place, or where ``Periksa.bat`` or ``periksa.sh`` says it is."""
    return Path(os.environ.get(PROJECT) or place)


def _others(given: Sequence[str], files: Sequence[Path], out: Path | None, known: Sequence[Path]) -> tuple[Path, ...]:
    folders = [Path(text) for text in given if Path(text).is_dir()]
    return tuple(other for folder in folders for other in find_others(folder, files, out, known))


def with_override(settings: Settings, key: str, value: object) -> Settings:
    """The settings with one more key that overrides the schema's."""
    known = settings.override
    layer = Layer(known.path if known else Path(FILE), {**(known.data if known else {}), key: value})
    return replace(settings, override=layer)


def lists_of_project(
    folder: Path, schema: str | None, lang: str | None, today: dt.date
) -> tuple[Path, ReferenceLists, Mapping[str, str]]:
    """The output folder of a project, the lists of its office, and what its fields are called.

    Args:
        folder: of the project, of its lists, or its output folder.
        schema: what was asked for; None: the project's.
        lang: likewise.
        today: the day.

    Raises:
        UsageError: the project's file, the schema or a list cannot be used.
    """
    spec, known = project_schema(folder, schema, lang)
    places = (known.get("out"), folder, folder / FOLDER, folder / "masuk" / FOLDER)
    out = next((place for place in places if place and (place / MEMORY).is_dir()), known.get("out") or folder / FOLDER)
    names = ("decree", "participants", "population")
    chosen: dict[str, Any] = {name: known.get(name) for name in names}
    settings = Settings((), spec.name, today, **chosen)
    return out, read_reference_lists(settings, spec), spec.labels()


def project_schema(
    near: Path, schema: str | None = None, lang: str | None = None, remembered: str | None = None
) -> tuple[RosterSpec, dict[str, Any]]:
    """The schema of a command about lists that lie somewhere, and what the nearest ``rosterkit.toml`` says.

    Args:
        near: a file or a folder.
        schema: what was asked for; None: the project's.
        lang: likewise.
        remembered: the schema that a run of the folder was made with; it comes before the project's.

    Raises:
        UsageError: the project's file or the schema is wrong.
    """
    known = use_project(near, lang)
    return load_roster(schema or remembered or known.get("schema", DEFAULT), rule_codes, known.get("override")), known


def use_project(near: Path, lang: str | None) -> dict[str, Any]:
    """What the nearest ``rosterkit.toml`` says; its language and its limits are in use from here on.

    Args:
        near: a file, which need not be there, or a folder.
        lang: the language that was asked for, which comes before the project's.

    Raises:
        UsageError: the project's file is wrong.
    """
    known = read_project(near if near.is_dir() else near.parent)
    use_limits(known.get("limits", Limits()))
    if lang is None and "language" in known and "ROSTERKIT_LANG" not in os.environ:
        language.use(known["language"])
    return known
