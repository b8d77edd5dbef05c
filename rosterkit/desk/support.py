"""What a helper needs to know of a desk, without anybody's data: no names, no numbers of people, no files, no paths."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from rosterkit import __version__
from rosterkit.desk.desk import Desk
from rosterkit.desk.log import log_files
from rosterkit.errors import UsageError
from rosterkit.schema.find import shipped_names
from rosterkit.settings import read_project

_PACKAGES = ("polars", "pandera", "pydantic", "python-calamine", "xlsxwriter", "starlette", "uvicorn", "watchfiles")
_CODE = re.compile(r"RK\d{3}")
_LONG_NUMBER = re.compile(r"\d{6,}")
_MOST = 1_000_000  # characters of a log


def support_files(desk: Desk) -> Iterator[tuple[str, str]]:
    """Names and contents of the files of a support bundle."""
    yield "versi.json", _json(_versions())
    yield "pengaturan.json", _json(_settings(desk))
    yield "hasil.json", _json(_findings(desk))
    for path in log_files():
        text = path.read_text(encoding="utf-8", errors="replace")[-_MOST:]
        yield f"{path.name}.txt", _LONG_NUMBER.sub("#", text)  # times have shorter ones


def _versions() -> dict[str, Any]:
    packages: dict[str, str | None] = {}
    for name in _PACKAGES:
        try:
            packages[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            packages[name] = None
    return {
        "rosterkit": __version__,
        "python": platform.python_version(),
        "system": [platform.system(), platform.release(), platform.version(), platform.machine()],
        "console": sys.stdout is not None,
        "packages": packages,
    }


def _settings(desk: Desk) -> dict[str, Any]:
    """Which settings there are; of values only those that the program itself gives."""
    known_desk = {"language": desk.language, "watching": desk.watching}
    try:
        known = read_project(desk.inbox)
    except UsageError:
        return {**known_desk, "project": "wrong"}
    override = known["override"].data if "override" in known else {}
    rules = override.get("rules", {})
    schema = known.get("schema")
    return {
        **known_desk,
        "keys": sorted({*known, *override} - {"override", "project"}),
        "schema": schema if schema is None or schema in shipped_names("rosters") else "own",
        "limits": str(known.get("limits")),
        "rules": sorted(code for code in rules if isinstance(code, str) and _CODE.fullmatch(code)),
    }


def _findings(desk: Desk) -> dict[str, Any]:
    """What the last run came to, in numbers."""
    run, look = desk.last, desk.look
    watched = {"lists": look.lists, "waiting": look.waiting, "away": look.away} if look else {}
    if run is None:
        return {"run": False, "watched": watched}
    return {
        "run": True,
        "watched": watched,
        "totals": dict(run.totals),
        "states": Counter(file.state for file in run.files),
        "findings": Counter(finding["code"] for file in run.files for finding in file.findings),
        "sheets left out": Counter(reason for file in run.files for *_sheet, reason in file.left_out),
        "failed together": bool(run.failure),
    }


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, indent=1, sort_keys=True)
