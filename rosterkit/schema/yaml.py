"""Reads YAML 1.2, and finds the lines of its keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

_CORE = {  # YAML 1.2: "no", "on" and "12:30" are texts
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "float": (
        r"[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+|\.\d+|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    "int": (r"[-+]?\d[\d_]*", "-+0123456789"),
    "merge": (r"<<", "<"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "timestamp": (r"\d{4}-\d\d-\d\d", "0123456789"),
}  # fmt: skip


class DuplicateKeyError(yaml.MarkedYAMLError):
    """A key that a mapping holds twice; ``problem`` is the key."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml, where PyYAML has it
    """Makes values of YAML; an impossible date (2025-02-30) stays a text, which the schema then refuses."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own name for a table of the class

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in names:
                raise DuplicateKeyError(None, None, key.value, key.start_mark)
            names.add(str(key.value))
        return super().construct_mapping(node, deep)

    def construct_integer(self, node: Any) -> int:
        return int(self.construct_scalar(node).replace("_", ""))

    def construct_timestamp(self, node: Any) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


for _name, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_integer)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp)


def load_yaml(text: str) -> Any:
    """Return the data of a YAML text.

    Raises:
        yaml.YAMLError: it is no YAML.
        DuplicateKeyError: a key stands twice.
    """
    return yaml.load(text, _Loader)  # noqa: S506 - made of the safe loader


def line_in_yaml(text: str, keys: Sequence[Any]) -> int:
    """Return the line (from 1) of a key; that of the nearest known parent where the key itself is missing."""
    node: Any = yaml.compose(text, _Loader)
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((name, value) for name, value in node.value if _is_key(name, key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _is_key(node: Any, key: object) -> bool:
    return str(node.value).casefold() == str(key).casefold()
