"""Finds and reads schema files; whatever is wrong in one is told with file, line, key and what is allowed."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rosterkit.errors import SchemaError
from rosterkit.language import _
from rosterkit.schema.spec import RosterSpec, UploadSpec

DEFAULT = "pekerja-rentan"
Model = TypeVar("Model", bound=BaseModel)


def shipped() -> Path:
    """The folder of the schema files that come with rosterkit (in a wheel or in a checkout)."""
    package = Path(__file__).parent.parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def load_roster(name: str) -> RosterSpec:
    """A roster schema by name or by path, joined with what it extends.

    Raises:
        SchemaError: no such schema, or a mistake in it.
    """
    path = _find(name, "rosters")
    return _model(RosterSpec, path, _joined(path, ()))


def load_upload(name: str) -> UploadSpec:
    """An upload form by name or by path.

    Raises:
        SchemaError: no such form, or a mistake in it.
    """
    path = _find(name, "uploads")
    return _model(UploadSpec, path, _read(path))


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


def _joined(path: Path, seen: tuple[Path, ...]) -> Any:
    """The data of a schema laid over what it extends: columns key by key, everything else as a whole."""
    if path in seen:
        raise SchemaError(_("{path}: extends berputar; hapus salah satunya.").format(path=path))
    data = _read(path)
    base_name = data.get("extends") if isinstance(data, dict) else None
    if not isinstance(base_name, str):
        return data
    base = dict(_joined(_find(base_name, "rosters", path.parent), (*seen, path)))
    base_columns = base.get("columns")
    own_columns = data.get("columns")
    merged = {**base, **data}
    if isinstance(base_columns, dict) and isinstance(own_columns, dict):
        columns = dict(base_columns)
        for key, value in own_columns.items():
            known = columns.get(key)
            columns[key] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
        merged["columns"] = columns
    return merged


def _read(path: Path) -> Any:
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


def _model(model: type[Model], path: Path, data: Any) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SchemaError("\n".join(_explain(model, path, problem) for problem in error.errors())) from error


def _explain(model: type[BaseModel], path: Path, problem: Any) -> str:
    keys = [part for part in problem["loc"] if part != "[key]"]
    where = ".".join(map(str, keys)) or "-"
    line = _line(path, keys)
    if problem["type"] == "extra_forbidden":
        allowed = _allowed(model, keys[:-1])
        near = difflib.get_close_matches(str(keys[-1]), allowed, 1)
        told = _("kunci ini tidak dikenal.") + (_(' Maksudnya "{near}"?').format(near=near[0]) if near else "")
        told += " " + _("Yang boleh: {allowed}.").format(allowed=", ".join(allowed))
    elif problem["type"] == "missing":
        told = _("kunci ini wajib ada; tambahkan.")
    elif problem["type"] == "literal_error":
        told = _("nilai {value} tidak dikenal. Yang boleh: {allowed}.").format(
            value=repr(problem["input"]), allowed=problem["ctx"]["expected"].replace(" or ", ", ")
        )
    else:
        told = str(problem["msg"]).removeprefix("Value error, ") + "."
    return _("{path}, baris {line}, kunci {key}: {told}").format(path=path, line=line, key=where, told=told)


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
