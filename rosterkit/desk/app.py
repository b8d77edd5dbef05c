"""The routes of the desk."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from rosterkit.desk import (
    actions,
    downloads,
    file_pages,
    mutation_actions,
    pages,
    person_pages,
    reference_actions,
    watch_actions,
)
from rosterkit.desk.desk import Desk
from rosterkit.desk.guard import Guard
from rosterkit.desk.idle import LOOKING, NoteUse


def make_app(desk: Desk, token: str, port: int) -> Guard:
    """Return the app of a desk, behind its guard.

    Args:
        desk: what it shows.
        token: of the first address.
        port: where it is served, on 127.0.0.1 alone.
    """
    routes = [
        Route("/", pages.desk_page),
        Route("/berkas", pages.files_page),
        Route("/berkas/{key}/{number:int}", file_pages.file_page),
        Route("/orang", person_pages.persons_page),
        Route("/orang/{key}/{number:int}", person_pages.person_page),
        Route("/ganda", pages.duplicates_page),
        Route("/hasil", pages.results_page),
        Route("/bantuan", pages.help_page),
        Route("/bantuan/berkas-dukungan", downloads.support_bundle),
        Route("/taruh/{name:path}", actions.put_file, methods=["PUT"]),
        Route("/periksa", actions.start, methods=["POST"]),
        Route("/hentikan", actions.stop, methods=["POST"]),
        Route(LOOKING, actions.state),
        Route("/program", actions.set_programme, methods=["POST"]),
        Route("/folder", watch_actions.set_folder, methods=["POST"]),
        Route("/izinkan", watch_actions.allow_outside, methods=["POST"]),
        Route("/pantau", watch_actions.set_watching, methods=["POST"]),
        Route("/acuan", reference_actions.reference_lists),
        Route("/acuan/{kind}", reference_actions.choose_list, methods=["POST"]),
        Route("/acuan/{kind}/{name}", reference_actions.put_list, methods=["PUT"]),
        Route("/mutasi", mutation_actions.make_mutation, methods=["POST"]),
        Route("/mutasi/{at:int}", mutation_actions.mutation_sheet),
        Route("/bahasa", actions.set_language, methods=["POST"]),
        Route("/putuskan", actions.set_decision, methods=["POST"]),
        Route("/ambil/{key}/{number}/{kind}/{at:int}", downloads.file_result),
        Route("/semua/{key}", downloads.everything),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]
    app = Starlette(routes=routes, exception_handlers={404: pages.gone, Exception: pages.broken})
    app.state.desk = desk
    return Guard(NoteUse(app, desk), token, port, lambda: desk.language)
