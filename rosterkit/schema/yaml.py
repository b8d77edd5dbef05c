"""Reads YAML, and finds the lines of its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import MappingNode, SequenceNode

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Constructor(SafeConstructor):
    """Makes values of YAML; an impossible date (2025-02-30) stays a text, which the schema then refuses."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return node.value


_Constructor.add_constructor(_TIMESTAMP, _Constructor.construct_yaml_timestamp)


def load_yaml(text: str) -> Any:
    """Return the data of a YAML text.

    Raises:
        YAMLError: it is no YAML.
    """
    yaml = YAML(typ="safe", pure=False)
    yaml.Constructor = _Constructor
    return yaml.load(text)


def line_in_yaml(text: str, keys: Sequence[Any]) -> int:
    """Return the line (from 1) of a key; that of the nearest known parent where the key itself is missing."""
    node: Any = YAML(typ="safe", pure=False).compose(text)
    line = 1
    for key in keys:
        if isinstance(node, MappingNode):
            found = next(((name, value) for name, value in node.value if _is_key(name, key)), None)
        elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _is_key(node: Any, key: object) -> bool:
    return str(node.value).casefold() == str(key).casefold()
