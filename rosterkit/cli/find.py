"""``rosterkit find NAME|NIK`` (``cari``): where somebody stands, why she is held back, and who must act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rosterkit import language
from rosterkit.cli.output import LanguageOption, SchemaOption, UnmaskOption, console, ending
from rosterkit.dates import date_text
from rosterkit.language import _

if TYPE_CHECKING:
    from rosterkit.report.words import Words
    from rosterkit.run.find_person import Found

_MOST = 10  # people who are shown


def find(
    who: Annotated[list[str], typer.Argument(metavar="NAMA...", help="Nama (beberapa kata boleh), atau NIK.")],
    folder: Annotated[
        Path, typer.Option("--folder", "-f", metavar="FOLDER", help="Folder kerja, atau folder hasil dari periksa.")
    ] = Path(),
    schema: SchemaOption = None,
    lang: LanguageOption = None,
    unmask: UnmaskOption = False,
) -> None:
    """Cari satu orang: ada di daftar mana, kenapa ditunda, dan siapa yang perlu bertindak."""
    language.use(lang)
    with ending():
        from rosterkit.report.words import Words
        from rosterkit.run.find_person import find_person
        from rosterkit.run.project import lists_of_project

        out, lists, labels = lists_of_project(folder, schema, lang, dt.date.today())
        _print(find_person(" ".join(who), out, lists), Words(labels, unmask))


def _print(found: Found, words: Words) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from rosterkit.recap.words import actors, person_states

    screen, states, acting = console(), person_states(), actors()

    def say(text: str, indent: int = 2, style: str = "") -> None:
        screen.print(Padding(Text(words.mask(text), style=style), (0, 0, 0, indent), expand=False))

    if found.persons.is_empty():
        say(_("Tidak ada orang dengan nama atau NIK itu di daftar mana pun."), 0)
    for person in found.persons.head(_MOST).iter_rows(named=True):
        say(f"{person['name'] or _('(tanpa nama)')}  {person['nik'] or ''}", 0, "bold")
        say(_("Keadaan: {state}").format(state=states[person["state"]]))
        if person["reason"]:
            say(_("Sebab: {reason}").format(reason=person["reason"]))
        place = _('{file}, lembar "{sheet}", baris {row}').format(**person)
        say(_("Ada di: {place}").format(place=place) + (f" ({person['sender']})" if person["sender"] else ""))
        if person["actor"]:
            say(_("Yang perlu bertindak: {actor}").format(actor=acting[person["actor"]]))
    if len(found.persons) > _MOST:
        say(_("dan {count} orang lagi; tulis namanya lebih lengkap.").format(count=len(found.persons) - _MOST), 0)
    for sentence in found.listed:
        say(sentence, 0)
    if len(found.earlier):
        say(_("Sebelumnya:"), 0)
    for past in found.earlier.tail(_MOST).iter_rows(named=True):
        reason = f": {past['reason']}" if past["reason"] else ""
        say(f"{date_text(past['when'])}  {past['name'] or '?'}, {past['file']}, {states[past['state']]}{reason}")
