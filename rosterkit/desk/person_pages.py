"""*Orang*: everybody of the last run, and one of them with what is known of her elsewhere and from before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from rosterkit import language
from rosterkit.desk.desk import Desk
from rosterkit.desk.pages import SHOWN, desk_of, gone, render, start_of
from rosterkit.desk.run_view import RunView
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _

_NO_STATES = ("people", "not-submitted")  # names of person_states that no person has
_ORDER = {"incomplete": 1, "clean": 2, "elsewhere": 3}  # trouble first
_WAIT = 60  # seconds for the lists of the office, which may be long
_NIK = re.compile(r"\d{16}")

Person = Mapping[str, Any]


def persons_page(request: Request) -> Response:
    """Everybody, as far as a search finds them; masked unless it is asked otherwise."""
    run, query = desk_of(request).last, request.query_params.get("q", "").strip()
    state, actor = request.query_params.get("keadaan", ""), request.query_params.get("oleh", "")
    full = _is_full(request)
    known = {"query": query, "state": state, "actor": actor, "full": full}
    if run is None:  # polars may not be loaded yet, and only the worker may do that
        return render(request, "orang", known | {"person_states": {}, "actors": {}, "persons": [], "count": 0})
    found = search(run.persons, query, state, actor)
    found.sort(key=lambda number: _ORDER.get(run.persons[number]["state"], 0))
    start = start_of(request, len(found))
    persons = [(number, _shown(run.persons[number], full)) for number in found[start : start + SHOWN]]
    return render(request, "orang", known | _words() | {"persons": persons, "count": len(found), "start": start})


def search(persons: Sequence[Person], query: str, state: str, actor: str) -> list[int]:
    """Return the positions of the persons in whose name, NIK, sender or file every word of a query stands.

    Args:
        persons: everybody of a run.
        query: words; none: everybody.
        state: of the persons; empty: any.
        actor: who must act; empty: anybody or nobody.
    """
    words = query.casefold().split()
    found = []
    for number, person in enumerate(persons):
        texts = " ".join(str(person[name] or "") for name in ("name", "nik", "sender", "file")).casefold()
        is_asked_for = state in ("", person["state"]) and actor in ("", person["actor"])
        if is_asked_for and all(word in texts for word in words):
            found.append(number)
    return found


def person_page(request: Request) -> Response:
    """One person: her state, why, who must act; other rows with her NIK, the lists of the office, earlier runs."""
    desk, given = desk_of(request), request.path_params
    run = desk.last
    if run is None or run.key != given["key"] or given["number"] >= len(run.persons):
        return gone(request)
    person, full = run.persons[given["number"]], _is_full(request)
    files = {file.name: file.number for file in run.files}
    same = [one for one in run.persons if one is not person and _is_nik(person) and one["nik"] == person["nik"]]
    listed, earlier, problem = _elsewhere(desk, run, person)
    values = {
        "person": _shown(person, full),
        "number": given["number"],
        "same": [(files.get(one["file"]), _shown(one, full)) for one in same],
        "file_number": files.get(person["file"]),
        "listed": listed if full else [_mask(text) for text in listed],
        "earlier": [_shown(one, full) for one in earlier],
        "problem": problem,
        "full": full,
    }
    return render(request, "satu_orang", values | _words())


def _elsewhere(desk: Desk, run: RunView, person: Person) -> tuple[list[str], list[dict[str, Any]], str]:
    """What the lists of the office say, what earlier runs found, the oldest first, and what could not be read.

    The person is known by a NIK of 16 digits, otherwise by her name in the same file: nobody else's past is hers.
    """
    if desk.running:
        return [], [], _("Tunggu sampai pemeriksaan selesai, lalu muat ulang halaman ini.")
    chosen = desk.language

    def read() -> tuple[list[str], list[dict[str, Any]]]:
        from rosterkit.run.find_person import find_person
        from rosterkit.run.memory import load_earlier
        from rosterkit.run.project import lists_of_project

        language.use(chosen)
        earlier = load_earlier(run.folder).to_dicts()
        if not _is_nik(person):
            own = [one for one in earlier if (one["file"], one["name"]) == (person["file"], person["name"])]
            return [], own
        _out, lists, _labels = lists_of_project(desk.inbox, None, chosen, dt.date.today())
        listed = find_person(person["nik"], run.folder, lists).listed
        return list(listed), [one for one in earlier if one["nik"] == person["nik"]]

    try:
        return *desk.worker.do(read).result(_WAIT), ""
    except (UsageError, FileError) as error:
        return [], [], str(error)
    except TimeoutError:
        return [], [], _("Tunggu sampai pemeriksaan selesai, lalu muat ulang halaman ini.")


def _is_nik(person: Person) -> bool:
    return _NIK.fullmatch(person["nik"] or "") is not None


def _is_full(request: Request) -> bool:
    return request.query_params.get("utuh") == "1"


def _words() -> dict[str, Any]:
    from rosterkit.recap.words import actors, person_states

    states = {name: text for name, text in person_states().items() if name not in _NO_STATES}
    return {"person_states": states, "actors": actors()}


def _shown(person: Person, full: bool) -> dict[str, Any]:
    texts = {name: "" if value is None else value for name, value in person.items()}
    return texts if full else {name: _mask(value) if isinstance(value, str) else value for name, value in texts.items()}


def _mask(text: str) -> str:
    from rosterkit.report.facts import mask_numbers

    return mask_numbers(text)
