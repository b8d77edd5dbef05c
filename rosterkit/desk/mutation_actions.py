"""A change of the decree: both annexes are chosen on *Hasil*, the sheets are written where the results are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from rosterkit import language
from rosterkit.desk.actions import form_of
from rosterkit.desk.desk import Desk
from rosterkit.desk.pages import desk_of, gone, sentence
from rosterkit.desk.references import choices
from rosterkit.errors import FileError, UsageError
from rosterkit.language import _
from rosterkit.records import dataclass

_WAIT = 120  # seconds


@dataclass(frozen=True, slots=True)
class MutationView:
    """What a change of the decree comes to, in words.

    Args:
        old: people of the old decree, and ``new`` of the new one.
        kinds: name, number and what to do, of each kind of people that is not empty.
        cost: of everybody in the new decree, in rupiah; None where it cannot be known.
        remarks: what there is to say of the lists.
        paths: the sheets.
    """

    old: int
    new: int
    kinds: Sequence[tuple[str, int, str]]
    cost: int | None
    remarks: Sequence[str]
    paths: Sequence[Path]


async def make_mutation(request: Request) -> Response:
    """Write the sheets."""
    desk, form = desk_of(request), await form_of(request)
    old, new = form.get("lama", ""), form.get("baru", "")
    if desk.running:
        return sentence(request, _("Tunggu sampai pemeriksaan selesai."), 409)
    known = choices(desk)
    if old not in known or new not in known or old == new:
        return sentence(request, _("Pilih dua lampiran SK: yang lama dan yang baru."), 422)
    try:
        await run_in_threadpool(desk.worker.do(lambda: _make(desk, desk.folder / old, desk.folder / new)).result, _WAIT)
    except (UsageError, FileError) as error:
        return sentence(request, str(error), 422)
    return RedirectResponse("/hasil#mutasi", 303)


def _make(desk: Desk, old: Path, new: Path) -> None:
    from rosterkit.report.words import remark_text
    from rosterkit.run.mutation import write_decree_mutation
    from rosterkit.write.books.mutation import kind_names

    language.use(desk.language)
    made = write_decree_mutation(old, new, out=desk.results(), lang=desk.language)
    remarks = [remark_text(remark) for remark in made.remarks]
    if made.is_blind:
        remarks.append(
            _("Tanpa daftar peserta tidak diketahui siapa yang sudah punya KPJ: lembar lanjutan dan keluar kosong.")
        )
    kinds = [(name, made.counts[kind], what) for kind, (name, what) in kind_names().items() if made.counts[kind]]
    desk.mutation = MutationView(made.counts["old"], made.counts["new"], kinds, made.cost, remarks, made.paths)


def mutation_sheet(request: Request) -> Response:
    """One of the sheets."""
    desk, at = desk_of(request), request.path_params["at"]
    paths = desk.mutation.paths if desk.mutation else ()
    if at >= len(paths) or not paths[at].is_file():
        return gone(request)
    return FileResponse(paths[at], filename=paths[at].name)
