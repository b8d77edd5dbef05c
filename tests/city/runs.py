"""Runs on the city: each in a process of its own and in the same place, and what it leaves."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import python_calamine

from tests.command_line import process_environment
from tests.run.test_engines import results

OUTPUTS = "hasil"


class City:
    """The city, made once; each run begins with a copy of it in the same place.

    Args:
        made: the project as it was made.
        place: where it is checked.
    """

    def __init__(self, made: Path, place: Path) -> None:
        self.made, self.place = made, place
        self.temporary = place.with_name("sementara")  # of its runs alone

    def fresh(self) -> None:
        """Forget what runs have left."""
        for folder in (self.place, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.made, self.place)
        self.temporary.mkdir()

    def start(self, *words: object, paths: tuple[str, ...] = ("masuk",)) -> subprocess.Popen[str]:
        """Begin a check in processes of their own, which can be killed together."""
        command = [sys.executable, "-m", "tests.city.small_parts", "check", *paths, "--format", "json"]
        return subprocess.Popen(
            [*command, *map(str, words)],
            cwd=self.place,
            env=process_environment(TMPDIR=str(self.temporary)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def check(self, *words: object, paths: tuple[str, ...] = ("masuk",)) -> dict[str, object]:
        """Check the city as it is; the document and all that the project's folder then holds beside the lists."""
        done = self.start(*words, paths=paths)
        out, errors = done.communicate(timeout=300)
        assert done.returncode == 3, errors  # some of its files are broken
        return {"": json.loads(out), **self.results()}

    def results(self) -> dict[str, object]:
        """All that runs have written, without what a killed one was just writing: that has no name yet."""
        kept = {
            path.name: path.read_bytes() for path in self.place.iterdir() if path.is_file() and path.suffix != ".xlsx"
        }
        decided = self.place / "keputusan.xlsx"
        with zipfile.ZipFile(decided) as package:
            kept |= {f"{decided.name}/{name}": package.read(name) for name in package.namelist() if "core" not in name}
        whole = {name: content for name, content in results(self.place / OUTPUTS).items() if ".rosterkit-" not in name}
        return {**kept, **whole}


def codes_of(document: Any) -> set[str]:
    """The codes of all findings of a document."""
    found = [finding for file in document["files"] for finding in file["findings"]]
    return {finding["code"] for finding in (*found, *document.get("decree", {}).get("findings", ()))}


def found(document: Any) -> set[tuple[object, ...]]:
    """All findings of a document, as order has no say in them: without the sentence, which names others in turn."""
    keys = ("code", "sheet", "cell", "severity", "column", "value")
    return {
        (file["path"], *(one[key] for key in keys), repr(one["fix"]), frozenset(map(repr, one["related"])))
        for file in document["files"]
        for one in file["findings"]
    }


def persons(folder: Path) -> set[tuple[object, ...]]:
    """Everybody with her state and who must act, as the recap tells."""
    rows = python_calamine.load_workbook(folder / OUTPUTS / "rekap.xlsx").get_sheet_by_name("ORANG").to_python()
    kept = [at for at, head in enumerate(rows[0]) if head != "Sebab"]
    return {tuple(row[at] for at in kept) for row in rows}


def uploaded(folder: Path) -> list[list[object]]:
    """The rows of all upload sheets, in no order, without their running number."""
    sheets = [
        python_calamine.load_workbook(path).get_sheet_by_index(0) for path in (folder / OUTPUTS).glob("gabungan*")
    ]
    return sorted((row[1:] for sheet in sheets for row in sheet.to_python()), key=repr)


def shuffled(document: Any, chance: random.Random) -> list[str]:
    """The files in another order, but for those of which the earlier or the later one is told: their order stays."""
    paths = [file["path"] for file in document["files"]]
    together = {path: {path} for path in paths}
    for file in document["files"]:
        for one in file["findings"]:
            for other in one["related"] if one["code"] in ("RK405", "RK408", "RK409") else ():
                together[file["path"]] |= together[other["path"]]
                for path in together[file["path"]]:
                    together[path] = together[file["path"]]
    mixed = chance.sample(paths, len(paths))
    for group in {id(group): group for group in together.values()}.values():
        places = sorted(mixed.index(path) for path in group)
        for place, path in zip(places, sorted(group, key=paths.index), strict=True):
            mixed[place] = path
    return mixed
