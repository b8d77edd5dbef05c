"""Blank forms: one for a sender who is named, or one for each expected sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import portable_name
from rosterkit.language import _
from rosterkit.model.roster import Awaited
from rosterkit.reference.senders import read_senders
from rosterkit.rules import rule_codes
from rosterkit.run.output_names import unique_names
from rosterkit.run.project import use_project
from rosterkit.schema.load import load_roster, load_upload
from rosterkit.schema.spec import RosterSpec
from rosterkit.write.books.form import write_form

_LONGEST = 100  # characters of a name in the letterhead
_LONGEST_FILE = 80  # characters of a sender in the name of her form


def write_one_form(path: Path, schema: str, given: Mapping[str, str | None], lang: str | None) -> None:
    """Write the form of one sender.

    Args:
        path: the ``.xlsx``.
        schema: its programme.
        given: what is known of the sender: ``rt``, ``rw``, ``kelurahan``, ``kecamatan``, ``office``.
        lang: the language that was asked for.

    Raises:
        UsageError: the schema cannot be used, what is given is wrong, or the file is there already.
        FileError: it could not be written.
    """
    use_project(path, lang)
    spec = load_roster(schema, rule_codes)
    sender = _clean_sender(given, "--")
    if path.suffix.lower() != ".xlsx":
        raise UsageError(_("Formulir {path} harus bernama .xlsx, misalnya formulir.xlsx.").format(path=path))
    if path.exists():
        raise UsageError(_("{path} sudah ada, jadi tidak ada yang diubah.").format(path=path))
    _write(path, spec, sender)


def write_sender_forms(folder: Path, schema: str, senders: Path, lang: str | None) -> tuple[list[Path], list[Path]]:
    """Write a form for each expected sender, named after her; forms that are there already stay as they are.

    Args:
        folder: of the forms.
        schema: their programme.
        senders: the list of senders (see ``reference.senders``).
        lang: the language that was asked for.

    Returns:
        The forms that were written, and those that were there.

    Raises:
        UsageError: the schema or the list cannot be used, or the folder is a file.
        FileError: a form could not be written.
    """
    use_project(folder, lang)
    spec, awaited = load_roster(schema, rule_codes), read_senders(senders)
    if folder.suffix.lower() == ".xlsx" or folder.is_file():
        raise UsageError(_("Dengan --from, {path} harus nama folder, misalnya formulir.").format(path=folder))
    known = [_clean_sender(asdict(sender.sender), "") for sender in awaited]
    names = unique_names({Path(str(number)): form_name(sender) for number, sender in enumerate(awaited)})
    written, kept = [], []
    for sender, place, name in zip(awaited, known, names.values(), strict=True):
        path = folder / f"{name}.xlsx"
        if path.exists():
            kept.append(path)
            continue
        _write(path, spec, place or _clean_sender({"office": sender.name}, ""))
        written.append(path)
    return written, kept


def form_name(sender: Awaited) -> str:
    """Return what the form of a sender is called: her name as a file may be called on any system."""
    name = " ".join(portable_name(sender.name, " ").split())[:_LONGEST_FILE].lstrip(" .")
    return portable_name(name) or "formulir"


def _write(path: Path, spec: RosterSpec, sender: Mapping[str, str]) -> None:
    form = load_upload(spec.uploads[0]) if spec.uploads else None
    write_form(path, spec, spec.name, sender, form)


def _clean_sender(given: Mapping[str, str | None], prefix: str) -> dict[str, str]:
    """Return what is known of a sender: RT and RW as three digits, names without needless blanks."""
    clean = {
        key: (_clean_number if key in ("rt", "rw") else _clean_name)(f"{prefix}{key}", value)
        for key, value in given.items()
    }
    return {key: value for key, value in clean.items() if value}


def _clean_number(option: str, value: str | None) -> str:
    text = (value or "").strip()
    if text and not (text.isascii() and text.isdecimal() and 0 < int(text) < 1000):
        raise UsageError(
            _('{option} "{value}" bukan nomor; tulis 1 sampai 3 angka, misalnya 003.').format(
                option=option, value=value
            )
        )
    return f"{int(text):03}" if text else ""


def _clean_name(option: str, value: str | None) -> str:
    text = " ".join((value or "").split())
    if len(text) > _LONGEST:
        raise UsageError(_("{option} lebih dari {limit} huruf; persingkat.").format(option=option, limit=_LONGEST))
    return text
