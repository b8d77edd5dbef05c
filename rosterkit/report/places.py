"""Where findings stand, and whom they are about, in words; a sender is told of no other sender's people."""

from __future__ import annotations

from pathlib import Path

from rosterkit.language import _
from rosterkit.model.finding import Finding, Place
from rosterkit.report.facts import NAMED, name_some


def other_people(finding: Finding, to_sender: bool) -> str:
    """Return the people or the file that a finding is also about: the first of them, and how many there are."""
    here, related = finding.place, finding.related
    if here.sheet is None:  # of a whole file, about another one
        if to_sender:
            return _("berkas lain")
        return file_name(related[0].path, here.path) if related else str(finding.facts["others"])
    if to_sender:
        own = [place for place in related if not place.is_elsewhere(here)]
        return name_some([person_text(place, here) for place in own[:NAMED]], len(own)) or _("orang di berkas lain")
    count = int(str(finding.facts.get("count", len(related) + 1))) - (0 if here in related else 1)
    return name_some([person_text(place, here) for place in related[:NAMED]], max(count, len(related)))


def other_senders(finding: Finding) -> str:
    """Return who else proposes a person, as far as that is known; never what stands in their lists."""
    others = [place.sender for place in finding.related if place.is_elsewhere(finding.place)]
    if others and set(others) == {finding.place.sender} and others[0]:  # herself, or the RT of that number elsewhere
        return _("pengirim daftar lain")
    names = list(dict.fromkeys(name for name in others if name and name != finding.place.sender))
    return name_some(names) or _("pengirim lain")


def is_elsewhere(finding: Finding) -> bool:
    """Whether all the other rows of a finding stand in other files."""
    return bool(finding.related) and all(place.is_elsewhere(finding.place) for place in finding.related)


def person_text(place: Place, here: Place) -> str:
    """Return a person as people look for her: ``No. 7 Yuli (baris 13)``, with sheet or file where those are others."""
    row = "" if place.row is None else _("baris {row}").format(row=place.row + 1)
    if place.is_elsewhere(here):
        cell = f"{place.sheet}!{place.cell}" if place.cell else f"{place.sheet} {row}"
        inside = ", ".join(filter(None, (place.person, cell)))
        return f"{file_name(place.path, here.path)} ({inside})"
    who = " ".join(filter(None, (number_text(place), place.person)))
    sheet = "" if place.sheet == here.sheet else _('lembar "{sheet}"').format(sheet=place.sheet)
    where = ", ".join(filter(None, (sheet, row)))
    return f"{who} ({where})" if who and where else who or where


def number_text(place: Place) -> str:
    """Return the number of a person in the list as written, ``No. 7``; empty where the list has none."""
    return _("No. {number}").format(number=place.number) if place.number else ""


def place_text(place: Place) -> str:
    """Return where a finding stands and whose it is: ``B8 Hadi``; empty for a whole sheet or file."""
    return " ".join(filter(None, (place.cell, place.person)))


def file_name(path: Path, here: Path) -> str:
    """Return the name of a file as somebody with another one needs it: with its folder where names are equal."""
    return f"{path.parent.name}/{path.name}" if path.name == here.name else path.name
