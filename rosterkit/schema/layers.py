"""Layers of settings: a schema file, the files that it extends, and ``rosterkit.toml``, merged key by key.

A mistake in the merged data is reported with the file, line and key of the layer that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rosterkit.errors import SchemaError
from rosterkit.language import _
from rosterkit.records import dataclass
from rosterkit.schema.find import SUFFIXES, find_schema
from rosterkit.schema.kept import key_of, recall, remember


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings and the file that holds them."""

    path: Path
    data: Mapping[str, Any]


def read_layers(path: Path, seen: tuple[Path, ...] = ()) -> list[Layer]:
    """Return a schema file and the files that it extends, the file itself first.

    Args:
        path: the file of a roster schema.
        seen: the files that extend it; ``extends`` must not go round in a circle.

    Raises:
        SchemaError: one of the files cannot be read or found, or they extend each other.
    """
    if path.resolve() in seen:
        raise SchemaError(
            _message_at_line(path, line_of(path, ("extends",)), _("extends berputar; hapus salah satunya"))
        )
    layer = read_layer(path)
    base = layer.data.get("extends")
    if not isinstance(base, str):
        return [layer]
    try:
        base_path = find_schema(base, "rosters", [path.parent], path.parent)
    except SchemaError as error:
        raise SchemaError(message_at_key([layer], ("extends",), str(error))) from error
    return [layer, *read_layers(base_path, (*seen, path.resolve()))]


def read_layer(path: Path) -> Layer:
    """Return one YAML file as a layer.

    Raises:
        SchemaError: it cannot be read, is no YAML, or does not hold keys and values.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        text = _("{path} tidak bisa dibaca. Cek apakah berkasnya masih ada dan boleh dibuka.")
        raise SchemaError(text.format(path=path)) from error
    key = key_of("yaml", content)
    data = recall(key)
    if not isinstance(data, dict):
        data = _parse(path, content)
        remember(key, data)
    if not isinstance(data, dict):
        raise SchemaError(_message_at_line(path, 1, _("skema harus berisi kunci dan isinya (kunci: isi)")))
    return Layer(path, data)


def _parse(path: Path, content: bytes) -> Any:
    """Return what the YAML of a file holds.

    Raises:
        SchemaError: it is no YAML.
    """
    from yaml import MarkedYAMLError, YAMLError

    from rosterkit.schema.yaml import DuplicateKeyError, load_yaml

    try:
        return load_yaml(content.decode("utf-8-sig"))
    except DuplicateKeyError as error:
        text = _("kunci {key} ditulis dua kali; hapus satu").format(key=error.problem)
        raise SchemaError(_message_at_line(path, _error_line(error), text)) from error
    except MarkedYAMLError as error:
        text = _("bukan YAML yang benar. Cek spasi di awal baris, titik dua, tanda kurung dan tanda kutip")
        raise SchemaError(_message_at_line(path, _error_line(error), text)) from error
    except (YAMLError, RecursionError, UnicodeDecodeError) as error:
        raise SchemaError(_message_at_line(path, 1, _("bukan teks YAML. Simpan ulang sebagai teks UTF-8"))) from error


def merge_layers(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return the data of all layers merged; the first layer overrides the next ones."""
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged = _merge(merged, _write_out_headers(layer.data))
    return merged


def _write_out_headers(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data with ``columns: {name: "NAMA LENGKAP"}`` written as ``columns: {name: {header: ...}}``."""
    columns = data.get("columns")
    if not isinstance(columns, Mapping) or not any(isinstance(value, str) for value in columns.values()):
        return data
    written = {field: {"header": value} if isinstance(value, str) else value for field, value in columns.items()}
    return {**data, "columns": written}


def _merge(base: Mapping[str, Any], override: Mapping[str, Any]) -> dict[str, Any]:
    """Merge key by key; lists and values are replaced as a whole."""
    merged = dict(base)
    for key, value in override.items():
        known = merged.get(key)
        merged[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def message_at_key(layers: Sequence[Layer], keys: Sequence[Any], text: str) -> str:
    """Return a message about a key, with the file and line of the layer that holds it."""
    layer = _find_owner(layers, keys)
    return _("{path}, baris {line}, kunci {key}: {told}").format(
        path=layer.path, line=line_of(layer.path, keys), key=".".join(map(str, keys)) or "-", told=text
    )


def line_of(path: Path, keys: Sequence[Any]) -> int:
    """Return the line (from 1) of a key in a file; that of the nearest known parent where the key itself is missing."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".toml":
        return _line_in_toml(text.splitlines(), keys)
    from rosterkit.schema.yaml import line_in_yaml

    return line_in_yaml(text, keys)


def _find_owner(layers: Sequence[Layer], keys: Sequence[Any]) -> Layer:
    """Return the layer to correct: the first one that has a value at a key, as ``merge_layers`` merges them."""
    owner = next((layer for layer in layers if layer.path.suffix in SUFFIXES), layers[0])
    values: list[tuple[Layer, Any]] = [(layer, layer.data) for layer in layers]
    for key in keys:
        values = [(layer, data[key]) for layer, data in values if isinstance(data, Mapping) and key in data]
        if not values:
            break
        owner = values[0][0]
        if not isinstance(values[0][1], Mapping):  # it replaces what the other layers have below the key
            break
    return owner


def _error_line(error: Any) -> int:
    """Return the line (from 1) of an error in YAML."""
    position = error.problem_mark or error.context_mark
    return int(position.line) + 1 if position else 1


def _message_at_line(path: Path, line: int, text: str) -> str:
    return _("{path}, baris {line}: {told}.").format(path=path, line=line, told=text)


def _line_in_toml(lines: Sequence[str], keys: Sequence[Any]) -> int:
    """Return the line of a key: the first one that names it, searched from the line of its parent on."""
    found = 0
    for parent, key in zip(("", *keys), keys, strict=False):
        pattern = re.compile(rf"(?<![\w-]){re.escape(str(key))}(?![\w-])")
        if isinstance(key, int):  # a table of a list of tables
            tables = [n for n, line in enumerate(lines) if line.strip().startswith(f"[[{parent}")]
            found = tables[key] if key < len(tables) else found
        else:
            found = next((n for n, line in enumerate(lines[found:], found) if pattern.search(line)), found)
    return found + 1
