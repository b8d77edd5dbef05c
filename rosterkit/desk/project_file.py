"""Changes one key of ``rosterkit.toml`` and nothing else in it: comments, order and ends of lines stay."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.files import whole_file
from rosterkit.language import _
from rosterkit.settings import FILE


def set_key(folder: Path, key: str, value: str | None) -> None:
    """Write a key at the top of the project's file, which is made where there is none; None takes the key out.

    Raises:
        UsageError: the file is no TOML, or written in such a way that the key cannot be changed alone.
        FileError: the file cannot be written.
    """
    path = folder / FILE
    content = path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else ""
    changed = _changed(content, key, value)
    try:
        wanted = {name: given for name, given in tomllib.loads(content).items() if name != key}
        wanted |= {} if value is None else {key: value}
        is_right = tomllib.loads(changed) == wanted
    except tomllib.TOMLDecodeError:
        is_right = False
    if not is_right:
        raise UsageError(_("{file} tidak bisa diubah dari sini. Ubah sendiri kunci {key}.").format(file=FILE, key=key))
    if changed != content:
        with whole_file(path) as out:
            out.write(changed.encode())


def _changed(content: str, key: str, value: str | None) -> str:
    end = "\r\n" if "\r\n" in content else "\n"
    line = "" if value is None else f"{key} = {json.dumps(value, ensure_ascii=False)}{end}"
    table = re.search(r"^\s*\[", content, re.MULTILINE)
    head, rest = (content[: table.start()], content[table.start() :]) if table else (content, "")
    old = re.search(rf"^{re.escape(key)}\s*=.*(?:\r?\n|\Z)", head, re.MULTILINE)
    if old:
        return head[: old.start()] + line + head[old.end() :] + rest
    if value is None:
        return content
    bare = head.rstrip("\r\n")
    return (bare + end if bare else "") + line + head[len(bare) :].removeprefix(end) + rest
