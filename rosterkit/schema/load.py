"""Finds and reads schema files; whatever is wrong in one is told with file, line, key and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rosterkit.errors import SchemaError
from rosterkit.language import _
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.population import PopulationSpec
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec

DEFAULT = "pekerja-rentan"


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings and the file that they stand in."""

    path: Path
    data: Mapping[str, Any]


Model = TypeVar("Model", bound=BaseModel)


def shipped() -> Path:
    """The folder of the schema files that come with rosterkit (in a wheel or in a checkout)."""
    package = Path(__file__).parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def load_roster(name: str, codes: Collection[str] = (), over: Layer | None = None) -> RosterSpec:
    """A roster schema by name or by path, joined with what it extends.

    Args:
        name: the schema's name, or a path to a ``.yaml``.
        codes: the codes of the rules that there are; settings of others are refused.
        over: settings of ``rosterkit.toml`` that are laid over the schema's.

    Raises:
        SchemaError: no such schema, or a mistake in it.
    """
    layers = _layers(_find(name, "rosters"), ())
    if over is not None:
        layers.insert(0, over)
    data: dict[str, Any] = {}
    for layer in reversed(layers):
        data = _laid(data, layer.data)
    return _model(RosterSpec, layers, data, {"codes": codes} if codes else {})


def load_upload(name: str) -> UploadSpec:
    """An upload form by name or by path.

    Raises:
        SchemaError: no such form, or a mistake in it.
    """
    path = _find(name, "uploads")
    layer = Layer(path, _read(path))
    return _model(UploadSpec, [layer], layer.data, {})


def load_contributions() -> Contributions:
    """What membership costs.

    Raises:
        SchemaError: a mistake in the file.
    """
    path = shipped() / "contributions.yaml"
    layer = Layer(path, _read(path))
    return _model(Contributions, [layer], layer.data, {})


def load_population() -> PopulationSpec:
    """The words of Dukcapil's matching results.

    Raises:
        SchemaError: a mistake in the file.
    """
    path = shipped() / "population.yaml"
    layer = Layer(path, _read(path))
    return _model(PopulationSpec, [layer], layer.data, {})


def names(kind: str) -> list[str]:
    """The shipped schemas of a kind: ``rosters`` or ``uploads``."""
    return sorted(path.stem for path in (shipped() / kind).glob("*.yaml"))


def _find(name: str, kind: str, beside: Path | None = None) -> Path:
    given = Path(name)
    if given.suffix in (".yaml", ".yml"):
        path = beside / given if beside and not given.is_absolute() else given
        if path.is_file():
            return path
        raise SchemaError(_("Berkas skema {path} tidak ada. Periksa nama dan foldernya.").format(path=path))
    for folder in filter(None, (beside, shipped() / kind)):
        path = folder / f"{name}.yaml"
        if path.is_file():
            return path
    near = difflib.get_close_matches(name, names(kind), 1)
    raise SchemaError(
        _('Skema "{name}" tidak dikenal.{near} Yang ada: {known}; atau tulis letak berkas .yaml.').format(
            name=name,
            near=_(' Maksudnya "{near}"?').format(near=near[0]) if near else "",
            known=", ".join(names(kind)),
        )
    )


def _layers(path: Path, seen: tuple[Path, ...]) -> list[Layer]:
    """A schema file and what it extends, the file itself first."""
    if path in seen:
        raise SchemaError(_("{path}: extends berputar; hapus salah satunya.").format(path=path))
    layer = Layer(path, _read(path))
    base = layer.data.get("extends")
    return [layer, *(_layers(_find(base, "rosters", path.parent), (*seen, path)) if isinstance(base, str) else ())]


def _laid(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    """Settings laid over others key by key; lists and values as a whole."""
    laid = dict(base)
    for key, value in top.items():
        known = laid.get(key)
        laid[key] = _laid(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return laid


def _read(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        data = YAML(typ="safe", pure=False).load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SchemaError(
            _(
                "{path}, baris {line}: bukan YAML yang benar ({problem}). Periksa spasi di awal baris dan titik dua."
            ).format(path=path, line=line, problem=error.problem)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(_("{path} tidak bisa dibaca: {reason}.").format(path=path, reason=error)) from error
    if not isinstance(data, dict):
        raise SchemaError(_("{path}: skema harus berisi kunci dan nilai (kunci: nilai).").format(path=path))
    return data


def _model(model: type[Model], layers: Sequence[Layer], data: Any, context: Mapping[str, Any]) -> Model:
    try:
        return model.model_validate(data, context=dict(context))
    except ValidationError as error:
        raise SchemaError("\n".join(_explain(model, layers, problem) for problem in error.errors())) from error


def _explain(model: type[BaseModel], layers: Sequence[Layer], problem: Any) -> str:
    keys = [part for part in problem["loc"] if part != "[key]"]
    keys += (problem.get("ctx") or {}).get("at", ())
    where = ".".join(map(str, keys)) or "-"
    # The topmost file that says something there is the one to mend.
    layer = max(layers, key=lambda layer: _depth(layer.data, keys))
    if problem["type"] == "extra_forbidden":
        allowed = _allowed(model, keys[:-1])
        near = difflib.get_close_matches(str(keys[-1]), allowed, 1)
        told = _("kunci ini tidak dikenal.") + (_(' Maksudnya "{near}"?').format(near=near[0]) if near else "")
        told += " " + _("Yang boleh: {allowed}.").format(allowed=", ".join(allowed))
    elif problem["type"] == "missing":
        told = _("kunci ini wajib ada; tambahkan.")
    elif problem["type"] in ("literal_error", "enum"):
        told = _("nilai {value} tidak dikenal. Yang boleh: {allowed}.").format(
            value=repr(problem["input"]), allowed=problem["ctx"]["expected"].replace(" or ", ", ")
        )
    else:
        told = str(problem["msg"]).removeprefix("Value error, ") + "."
    return _("{path}, baris {line}, kunci {key}: {told}").format(
        path=layer.path, line=_line(layer.path, keys), key=where, told=told
    )


def _depth(data: Any, keys: Sequence[Any]) -> int:
    """How many of the keys lead somewhere in the data."""
    for depth, key in enumerate(keys):
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return depth
    return len(keys)


def _allowed(model: type[BaseModel], keys: list[Any]) -> list[str]:
    """The keys that the model at a place knows."""
    current: Any = model
    for key in keys:
        if isinstance(current, type) and issubclass(current, BaseModel):
            by_alias = {field.alias or name: field for name, field in current.model_fields.items()}
            current = _inner_model(by_alias[str(key)].annotation) or current if str(key) in by_alias else current
    return sorted(field.alias or name for name, field in current.model_fields.items())


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner_model, getattr(annotation, "__args__", ()))), None)


def _line(path: Path, keys: list[Any]) -> int:
    """The line (from 1) of a key in a file; the nearest known parent where the key itself is missing."""
    if path.suffix == ".toml":
        return _line_in_toml(path.read_text(encoding="utf-8").splitlines(), keys)
    from ruamel.yaml import YAML

    node: Any = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = 1
    for key in keys:
        try:
            marks: Any = node.lc
            position = marks.item(key) if isinstance(node, list) else marks.key(key)
            line = position[0] + 1
            node = node[key]
        except (KeyError, AttributeError, IndexError, TypeError):
            break
    return line


def _line_in_toml(lines: Sequence[str], keys: Sequence[Any]) -> int:
    """The line of a key: the first one that names it, searched from the line of its parent on."""
    found = 0
    for key in keys:
        pattern = re.compile(rf"(?<![\w-]){re.escape(str(key))}(?![\w-])")
        found = next((n for n, line in enumerate(lines[found:], found) if pattern.search(line)), found)
    return found + 1
