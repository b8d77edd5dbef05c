"""What the benchmark runs: the commands by name, and the rows of its table of targets."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import FLOORS, VALIDATORS
from tests.bench.shared import PYTHON, SCHEMA, Taken, errors_of, insist, make, mistakes_in, run

PEERS = Path(__file__).with_name("peers.py")
MARKED = 5  # of the files of a folder every so manieth has mistakes
_JSON = ("--schema", SCHEMA, "--format", "json")
Check = Callable[[Taken], None]


@dataclass(frozen=True)
class Sizes:
    """How large the rosters are."""

    rows: int
    files: int
    same: int  # rows with one NIK
    many: int  # rows of the largest roster; 0: there is none
    of_file: int = 40


@dataclass(frozen=True)
class Work:
    """A command that is measured; ``right`` ends the bench where its output is not what it should be."""

    name: str
    command: tuple[object, ...]
    code: int = 0
    right: Check | None = None
    out: Path | None = None  # what it writes, which goes before it is run again

    def run(self) -> Taken:
        """Run it once."""
        if self.out:
            shutil.rmtree(self.out, ignore_errors=True)
        taken = run(*self.command, code=self.code)
        if self.right:
            self.right(taken)
        return taken


@dataclass(frozen=True)
class Target:
    """A row of the table: a measure of one work beside that of another, and what it should be at most."""

    name: str
    work: str
    base: str
    aim: float
    measure: str = "cpu"  # or ``seconds`` on the clock
    least: bool = False  # the aim is what it should be at least


TARGETS = (
    Target("`--version` against `python -c pass`", "--version", "python -c pass", 2.5),
    Target("`--help` against `python -c pass`", "--help", "python -c pass", 8),
    Target("30 clean rows against `import polars`", "30 clean rows", "import polars", 2.5),
    Target("one roster, `--no-write`, against bare calamine", "--no-write", "bare calamine", 2.5),
    Target("one roster, everything, against bare calamine", "everything", "bare calamine", 4),
    Target("frictionless's plain checks against our everything", "frictionless", "everything", 4, least=True),
    Target("a folder, one process, against bare calamine", "folder, 1 process", "folder, bare calamine", 8),
    Target("the same on the clock, one to two", "folder, 1 process", "folder, 2 processes", 1.7, "seconds", True),
    Target("one NIK in all rows against distinct NIKs", "one NIK, --no-write", "distinct NIKs, --no-write", 1.5),
    Target("the largest roster, everything, against one roster", "largest roster", "everything", 10.5),
)  # fmt: skip


def make_works(folder: Path, sizes: Sizes, python: str | None) -> Iterator[Work]:
    """Make the rosters in a folder and yield the works; without the peers where there is no Python that has them."""
    few, one, inbox = folder / "few.xlsx", folder / "one.xlsx", folder / "masuk"
    make(few, 30, False)
    make(one, sizes.rows, True)
    inbox.mkdir()
    for number in range(sizes.files):
        make(inbox / f"RT {number:04}.xlsx", sizes.of_file, number % MARKED == 0, first=sizes.of_file * number)
    yield Work("python -c pass", (PYTHON, "-c", "pass"))
    yield Work("--version", (PYTHON, "-m", "rosterkit", "--version"))
    yield Work("--help", (PYTHON, "-m", "rosterkit", "--help"))
    yield Work("import polars", (PYTHON, "-c", "import polars"))
    run(*_ours(few), "--no-write")  # the first start checks the schema files, later ones find that kept
    out = folder / "hasil few"
    yield Work("30 clean rows", (*_ours(few), "--out", out), 0, _finds(30, {}), out)
    for name in FLOORS:
        yield Work(name, (PYTHON, PEERS, name, one))
    yield Work("--no-write", (*_ours(one), "--no-write"), 1, _finds(sizes.rows, mistakes_in(sizes.rows)))
    out = folder / "hasil one"
    yield Work("everything", (*_ours(one), "--out", out), 1, _finds(sizes.rows, mistakes_in(sizes.rows)), out)
    for name in VALIDATORS if python else ():
        yield Work(name, (python, PEERS, name, one), 0, _counts(sum(mistakes_in(sizes.rows).values())))
        yield Work(f"{name}, 30 rows", (python, PEERS, name, few), 0, _counts(0))
    yield from _folder_works(folder, inbox, sizes)
    same, distinct = folder / "same.xlsx", folder / "distinct.xlsx"
    make(same, sizes.same, False, same_nik=True)
    make(distinct, sizes.same, False)
    yield Work("distinct NIKs, --no-write", (*_ours(distinct), "--no-write"))
    yield Work("one NIK, --no-write", (*_ours(same), "--no-write"), 1)
    if sizes.many:
        many, out = folder / "many.xlsx", folder / "hasil many"
        make(many, sizes.many, True)
        yield Work("largest roster", (*_ours(many), "--out", out), 1, _finds(sizes.many, mistakes_in(sizes.many)), out)


def _folder_works(folder: Path, inbox: Path, sizes: Sizes) -> Iterator[Work]:
    files, people = sizes.files, sizes.files * sizes.of_file
    yield Work("folder, bare calamine", (PYTHON, PEERS, "bare calamine", *sorted(inbox.iterdir())))
    marked = len(range(0, files, MARKED))
    found = _finds(people, {code: count * marked for code, count in mistakes_in(sizes.of_file).items() if count})
    for jobs, name in ((1, "folder, 1 process"), (2, "folder, 2 processes")):
        out = folder / f"hasil {jobs}"
        yield Work(name, (*_ours(inbox), "--jobs", jobs, "--out", out), 1, found, out)


def _ours(path: Path) -> tuple[object, ...]:
    return (PYTHON, "-m", "rosterkit", "check", path, *_JSON)


def _finds(people: int, errors: dict[str, int]) -> Check:
    """Return a check that a document tells of all people and finds exactly these errors."""

    def right(taken: Taken) -> None:
        document = json.loads(taken.output)
        found = document["totals"]["rows"], errors_of(document)
        insist(found == (people, errors), f"people and errors: {found}, not {(people, errors)}")

    return right


def _counts(wanted: int) -> Check:
    """Return a check that a peer finds so many mistakes; two of them at one place may count once."""

    def right(taken: Taken) -> None:
        insist(int(taken.output) == wanted, f"a peer finds {taken.output.strip()} mistakes, not {wanted}")

    return right
