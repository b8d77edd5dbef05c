"""Values of options and arguments that are plainly right, without typer's own way, which loads pydantic.

Whatever is not plainly right (a number, a choice that there is not, a path that cannot be read) goes typer's way, with
its messages.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

_UNKNOWN = object()


def take_plainly(params: list[Any]) -> list[Any]:
    """Have the parameters of a command take what is plainly right; return them."""
    for param in params:
        kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)  # newer versions of typer have it
        if kind is not None and not param.multiple and "process_value" not in vars(param):
            param.process_value = partial(_process, param, kind, param.process_value)
    return params


def _process(param: Any, kind: Any, usual: Callable[[Any, Any], Any], context: Any, given: Any) -> Any:
    """The value of a parameter, as ``usual`` makes it, too."""
    if param.nargs == -1:
        made: Any = [_plain(kind.__args__[0], one) for one in given or ()]
        is_known = _UNKNOWN not in made
    else:
        made = _plain(kind, given)
        is_known = made is not _UNKNOWN
    if not is_known or (param.required and made in (None, [])):
        return usual(context, given)
    return param.callback(context, param, made) if param.callback else made


def _plain(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(kind, type) or not isinstance(value, str):
        return value if kind is bool and isinstance(value, bool) else _UNKNOWN
    if issubclass(kind, Enum):
        return next((one for one in kind if one.value == value), _UNKNOWN)
    if not _is_text(value):
        return _UNKNOWN
    if kind is str:
        return value
    if kind is Path and (os.access(value, os.R_OK) or not os.path.exists(value)):  # noqa: PTH110 # whatever the text is
        return Path(value)
    return _UNKNOWN


def _is_text(value: str) -> bool:
    """Whether it is text of which no part was lost on the way here."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value
