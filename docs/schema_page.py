"""Writes the reference in ``docs/schema.md`` from the models: ``python docs/schema_page.py``.

A test fails when it is stale. What a key is for is the comment beside it in its model, or its line in the docstring;
what stands above the mark in the page is written by hand.
"""

from __future__ import annotations

import inspect
import io
import re
import tokenize
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from rosterkit.schema.model import REQUIRED, Key, Strict
from rosterkit.schema.spec import FIELDS, RosterSpec, field_type
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.settings import OVERRIDES

PAGE = Path(__file__).parent / "schema.md"
MARK = "<!-- from here on made by docs/schema_page.py -->\n"
_WORDS = {"str": "text", "int": "whole number", "bool": "`true` or `false`", "date": "day (`2026-01-31`)"}


def page() -> str:
    """The page: what is written by hand, and the reference."""
    text, _mark, _old = PAGE.read_text(encoding="utf-8").partition(MARK)
    return "\n".join([text + MARK, "## Reference\n", *_sections()])


def _sections() -> Iterator[str]:
    yield "### Fields\n"
    yield "A programme names these in `columns`, an upload form in `from`.\n"
    yield _table(("field", "is read as"), ([f"`{name}`", field_type(name)] for name in FIELDS))
    done: set[type[Strict]] = set()
    waiting: list[tuple[str, type[Strict]]] = [("Programme", RosterSpec), ("Upload form", UploadSpec)]
    while waiting:
        title, model = waiting.pop(0)
        if model not in done:
            done.add(model)
            yield from _section(title, model)
            below: dict[type[Strict], list[str]] = {}
            for name, kind in get_type_hints(model).items():
                for one in _models(kind) if name in model.model_keys else ():
                    below.setdefault(one, []).append(f"`{name}`")
            waiting[0:0] = [(", ".join(names), one) for one, names in below.items()]


def _section(title: str, model: type[Strict]) -> Iterator[str]:
    text, about = _descriptions(model)
    yield f"### {title}\n"
    yield f"{text}\n"
    top = model is RosterSpec
    heads = ("key", "value", "without it", *(("in `rosterkit.toml`",) if top else ()), "what it is for")
    kinds = get_type_hints(model)
    rows = (
        [
            f"`{key.alias or name}`",
            _type(kinds[name]) + _bounds(key),
            _default(key),
            *_in_project(name, top),
            about.get(name, ""),
        ]
        for name, key in model.model_keys.items()
    )
    yield _table(heads, rows)


def _in_project(name: str, top: bool) -> list[str]:
    return [("yes" if name in OVERRIDES else "")] if top else []


def _descriptions(model: type[Strict]) -> tuple[str, dict[str, str]]:
    """What a model is, and what its keys are for: the comment of a key's line, or its line in the docstring."""
    text, _args, lines = inspect.cleandoc(model.__doc__ or "").partition("\n\nArgs:\n")
    about = dict(re.findall(r"^    (\w+(?:, \w+)*): (.+)$", lines, re.M))
    found = {name: said.rstrip(".") for names, said in about.items() for name in names.split(", ")}
    source = inspect.getsource(model)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        key = re.match(r"\s+(\w+): ", token.line)
        if token.type == tokenize.COMMENT and key and key[1] in model.model_keys:
            found[key[1]] = token.string.removeprefix("# ")
    return _code(" ".join(text.split())), {name: _code(said) for name, said in found.items()}


def _code(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


def _type(kind: Any) -> str:
    """A type in words."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        others = [f"`{one}`" for one in parts if one not in FIELDS]
        return " or ".join(["a field", *others] if set(parts) >= set(FIELDS) else [f"`{one}`" for one in parts])
    if origin in (Union, UnionType):
        return " or ".join(_type(one) for one in parts if one is not NoneType)
    if origin is tuple:
        return f"list of {_type(parts[0])}" if Ellipsis in parts else f"list of {len(parts)}: {_type(parts[0])}"
    if origin is dict:
        return f"{_type(parts[0])} → {_type(parts[1])}"
    if isinstance(kind, type) and issubclass(kind, Strict):
        return "keys, see below"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{one.value}`" for one in kind)
    return _WORDS[kind.__name__]


def _bounds(key: Key) -> str:
    """The limits of a value in words."""
    least, most, letters = (key.limits.get(name) for name in ("ge", "le", "max_length"))
    if least is not None and most is not None:
        return f", {least} to {most}"
    if letters is not None:
        return f", at most {letters} letters"
    return "" if least is None else f", {least} or more"


def _default(key: Key) -> str:
    if key.default is REQUIRED:
        return "**required**"
    if isinstance(key.default, Strict) or key.default in (None, (), {}, ""):
        return ""
    return f"`{str(key.default).lower()}`" if isinstance(key.default, bool) else f"`{key.default}`"


def _models(kind: Any) -> list[type[Strict]]:
    """The models in a type."""
    if isinstance(kind, type) and issubclass(kind, Strict):
        return [kind]
    return [model for part in get_args(kind) for model in _models(part)]


def _table(heads: tuple[str, ...], rows: Any) -> str:
    lines = [list(heads), ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
