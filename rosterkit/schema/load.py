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
from rosterkit.schema.mistakes import find_mistakes
from rosterkit.schema.population import PopulationSpec
from rosterkit.schema.spec import RosterSpec
from rosterkit.schema.upload_spec import UploadSpec

DEFAULT = "pekerja-rentan"
SUFFIXES = (".yaml", ".yml")


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
    spec = _model(RosterSpec, layers, data, {"codes": codes} if codes else {})
    uploads = tuple(_find_form(name, number, layers) for number, name in enumerate(spec.uploads))
    return spec if uploads == spec.uploads else spec.model_copy(update={"uploads": uploads})


def load_upload(name: str, schema: str | None = None) -> UploadSpec:
    """An upload form by name or by path.

    Args:
        name: the form's name, or a path to a ``.yaml``.
        schema: a programme; a name is looked for beside its file and those that it extends before the shipped forms.

    Raises:
        SchemaError: no such form, or a mistake in it.
    """
    by_name = schema is not None and Path(name).suffix not in SUFFIXES
    path = _find(name, "uploads", _form_folders(_layers(_find(schema, "rosters"), ())) if schema and by_name else ())
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


def _find(name: str, kind: str, folders: Sequence[Path] = (), at: Path = Path()) -> Path:
    """The file of a schema: a path from ``at`` on, or a name in one of the folders, the shipped one last."""
    given = Path(name)
    if given.suffix in SUFFIXES:
        if (at / given).is_file():
            return at / given
        raise SchemaError(_("Berkas skema {path} tidak ada. Periksa nama dan foldernya.").format(path=at / given))
    searched = (*folders, shipped() / kind)
    for folder in searched:
        path = folder / f"{name}.yaml"
        if _is_kind(path, kind):
            return path
    known = sorted({path.stem for folder in searched for path in folder.glob("*.yaml") if _is_kind(path, kind)})
    near = difflib.get_close_matches(name, known, 1)
    told = (
        _('Formulir unggah "{name}" tidak dikenal.{near} Yang ada: {known}; atau tulis letak berkas .yaml.')
        if kind == "uploads"
        else _('Skema "{name}" tidak dikenal.{near} Yang ada: {known}; atau tulis letak berkas .yaml.')
    )
    near_text = _(' Maksudnya "{near}"?').format(near=near[0]) if near else ""
    raise SchemaError(told.format(name=name, near=near_text, known=", ".join(known)))


def _is_kind(path: Path, kind: str) -> bool:
    """Whether a file is there and does not say that it is of another kind: form and programme may have one name."""
    if not path.is_file():
        return False
    said = re.search(r"^kind:\s*[\"']?(\w+)", path.read_text(encoding="utf-8-sig", errors="replace"), re.MULTILINE)
    return said is None or f"{said[1]}s" == kind


def _form_folders(layers: Sequence[Layer]) -> list[Path]:
    """Where the upload forms of a programme may lie: beside its file, in ``uploads`` there, in ``uploads`` above."""
    folders = [layer.path.parent for layer in layers if layer.path.suffix in SUFFIXES]
    return [place for folder in folders for place in (folder, folder / "uploads", folder.parent / "uploads")]


def _find_form(name: str, number: int, layers: Sequence[Layer]) -> str:
    """An upload form that a programme names: its path, or its name where it is a shipped one."""
    at = next(layer for layer in layers if "uploads" in layer.data).path.parent
    try:
        path = _find(name, "uploads", _form_folders(layers), at)
    except SchemaError as error:
        raise SchemaError(_at(layers, ("uploads", number), str(error))) from error
    return name if path.resolve().parent == shipped().resolve() / "uploads" else str(path)


def _layers(path: Path, seen: tuple[Path, ...]) -> list[Layer]:
    """A schema file and what it extends, the file itself first."""
    if path.resolve() in seen:
        told = _("extends berputar; hapus salah satunya")
        raise SchemaError(_at_line(path, line_of(path, ("extends",)), told))
    layer = Layer(path, _read(path))
    base = layer.data.get("extends")
    if not isinstance(base, str):
        return [layer]
    try:
        below = _find(base, "rosters", [path.parent], path.parent)
    except SchemaError as error:
        raise SchemaError(_at([layer], ("extends",), str(error))) from error
    return [layer, *_layers(below, (*seen, path.resolve()))]


def _laid(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    """Settings laid over others key by key; lists and values as a whole."""
    laid = dict(base)
    for key, value in top.items():
        known = laid.get(key)
        laid[key] = _laid(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return laid


def _read(path: Path) -> dict[str, Any]:
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    from rosterkit.schema.yaml import load_yaml

    try:
        data = load_yaml(path.read_text(encoding="utf-8-sig"))
    except DuplicateKeyError as error:
        key = re.search(r'duplicate key "(.*?)"', str(error.problem))
        told = _("kunci {key} ditulis dua kali; hapus satu").format(key=key[1] if key else "")
        raise SchemaError(_at_line(path, _marked_line(error), told)) from error
    except MarkedYAMLError as error:
        told = _("bukan YAML yang benar. Periksa spasi di awal baris, titik dua, tanda kurung dan tanda kutip")
        raise SchemaError(_at_line(path, _marked_line(error), told)) from error
    except (YAMLError, RecursionError, UnicodeDecodeError) as error:
        told = _("bukan teks YAML. Simpan ulang sebagai teks UTF-8")
        raise SchemaError(_at_line(path, 1, told)) from error
    except OSError as error:
        told = _("{path} tidak bisa dibaca. Periksa apakah berkasnya masih ada dan boleh dibuka.")
        raise SchemaError(told.format(path=path)) from error
    if not isinstance(data, dict):
        raise SchemaError(_at_line(path, 1, _("skema harus berisi kunci dan nilai (kunci: nilai)")))
    return data


def _marked_line(error: Any) -> int:
    """The line (from 1) at which YAML is broken."""
    mark = error.problem_mark or error.context_mark
    return int(mark.line) + 1 if mark else 1


def _at_line(path: Path, line: int, told: str) -> str:
    return _("{path}, baris {line}: {told}.").format(path=path, line=line, told=told)


def _model(model: type[Model], layers: Sequence[Layer], data: Any, context: Mapping[str, Any]) -> Model:
    try:
        return model.model_validate(data, context=dict(context))
    except ValidationError as error:
        mistakes = find_mistakes(model, error, data)
        raise SchemaError("\n".join(_at(layers, mistake.keys, mistake.text) for mistake in mistakes)) from error


def _at(layers: Sequence[Layer], keys: Sequence[Any], told: str) -> str:
    """What is wrong at a key, with the file and line where it stands."""
    layer = _owner(layers, keys)
    return _("{path}, baris {line}, kunci {key}: {told}").format(
        path=layer.path, line=line_of(layer.path, keys), key=".".join(map(str, keys)) or "-", told=told
    )


def _owner(layers: Sequence[Layer], keys: Sequence[Any]) -> Layer:
    """The file to mend: the topmost that says something at a key, as settings are laid over each other (``_laid``)."""
    owner = next((layer for layer in layers if layer.path.suffix in SUFFIXES), layers[0])
    here: list[tuple[Layer, Any]] = [(layer, layer.data) for layer in layers]
    for key in keys:
        here = [(layer, data[key]) for layer, data in here if isinstance(data, Mapping) and key in data]
        if not here:
            break
        owner = here[0][0]
        if not isinstance(here[0][1], Mapping):  # it stands for all below
            break
    return owner


def line_of(path: Path, keys: Sequence[Any]) -> int:
    """Return the line (from 1) of a key in a file; that of the nearest known parent where the key itself is missing."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".toml":
        return _line_in_toml(text.splitlines(), keys)
    from rosterkit.schema.yaml import line_in_yaml

    return line_in_yaml(text, keys)


def _line_in_toml(lines: Sequence[str], keys: Sequence[Any]) -> int:
    """The line of a key: the first one that names it, searched from the line of its parent on."""
    found = 0
    for parent, key in zip(("", *keys), keys, strict=False):
        pattern = re.compile(rf"(?<![\w-]){re.escape(str(key))}(?![\w-])")
        if isinstance(key, int):  # a table of a list of tables
            tables = [n for n, line in enumerate(lines) if line.strip().startswith(f"[[{parent}")]
            found = tables[key] if key < len(tables) else found
        else:
            found = next((n for n, line in enumerate(lines[found:], found) if pattern.search(line)), found)
    return found + 1
