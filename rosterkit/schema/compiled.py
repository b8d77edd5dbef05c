"""Reads models from data that were checked before, without pydantic; every type and limit is looked at again.

So whatever stands in the cache, no model holds what a schema file could not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from rosterkit.schema.model import Key, Strict

Model = TypeVar("Model", bound=Strict)
_Reader = Callable[[Any, Any], Any]  # data, context -> value; raises ValueError or TypeError
_LIMITS: dict[str, Callable[[Any, Any], object]] = {
    "ge": lambda value, least: value >= least,
    "le": lambda value, most: value <= most,
    "min_length": lambda value, least: len(value) >= least,
    "max_length": lambda value, most: len(value) <= most,
    "pattern": lambda value, pattern: re.search(pattern, value),
}


def read_model(model: type[Model], data: Any, context: Mapping[str, Any]) -> Model | None:
    """Return a model of what its ``as_data`` was; None where these are not such data."""
    kind: Any = model
    try:
        made: Model = _reader(kind)(data, context)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return None
    return made


@cache
def _reader(kind: Any) -> _Reader:
    """What reads values of a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of(parts)
    if origin in (Union, UnionType):
        return _first_of([_reader(part) for part in parts])
    if origin is tuple:
        return _tuple_of(parts)
    if origin is dict:
        return _mapping_of(*map(_reader, parts))
    if issubclass(kind, Strict):
        return _model_of(kind)
    if issubclass(kind, Enum | Decimal):
        return lambda value, _context: kind(_of_type(str, value))
    return lambda value, _context: _of_type(kind, value)


def _of_type(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _one_of(allowed: tuple[Any, ...]) -> _Reader:
    def read(value: Any, _context: Any) -> Any:
        if _of_type(str, value) not in allowed:
            raise ValueError(value)
        return value

    return read


def _first_of(readers: list[_Reader]) -> _Reader:
    def read(value: Any, context: Any) -> Any:
        for reader in readers[:-1]:
            try:
                return reader(value, context)
            except (ValueError, TypeError, ArithmeticError):
                continue
        return readers[-1](value, context)

    return read


def _tuple_of(parts: tuple[Any, ...]) -> _Reader:
    each, length = _reader(parts[0]), None if parts[-1] is Ellipsis else len(parts)

    def read(value: Any, context: Any) -> tuple[Any, ...]:
        if length is not None and len(value) != length:
            raise ValueError(value)
        return tuple([each(one, context) for one in _of_type(list, value)])

    return read


def _mapping_of(name: _Reader, each: _Reader) -> _Reader:
    def read(value: Any, context: Any) -> dict[Any, Any]:
        return {name(key, context): each(one, context) for key, one in _of_type(dict, value).items()}

    return read


def _model_of(model: type[Strict]) -> _Reader:
    hints = get_type_hints(model)
    keys = [
        (written, name, _key_of(model.model_keys[name], hints[name])) for written, name in model.written_keys().items()
    ]

    def read(value: Any, context: Any) -> Strict:
        if _of_type(dict, value).keys() != model.written_keys().keys():
            raise ValueError(value)
        made = model(**{name: reader(value[written], context) for written, name, reader in keys})
        made.check()
        return made

    return read


def _key_of(one: Key, hint: Any) -> _Reader:
    reader = _reader(hint)
    if not one.limits and not one.check:
        return reader

    def read(value: Any, context: Any) -> Any:
        found = reader(value, context)
        if found is not None and not all(_LIMITS[name](found, limit) for name, limit in one.limits.items()):
            raise ValueError(value)
        if one.check:
            one.check(found, context)
        return found

    return read
