"""Loads schema files into their models; a mistake is reported with file, line, key and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from rosterkit.errors import SchemaError
from rosterkit.schema.compiled import read_model
from rosterkit.schema.contributions import Contributions
from rosterkit.schema.find import SUFFIXES, find_schema, shipped_folder
from rosterkit.schema.header_words import HeaderWords
from rosterkit.schema.kept import key_of, recall, remember
from rosterkit.schema.layers import Layer, merge_layers, message_at_key, read_layer, read_layers
from rosterkit.schema.model import Strict
from rosterkit.schema.population import MembershipSpec, PopulationSpec
from rosterkit.schema.remarks import RemarkSpec
from rosterkit.schema.spec import CodeOf, RosterSpec
from rosterkit.schema.upload_spec import UploadSpec
from rosterkit.schema.words import WordsSpec

DEFAULT = "pekerja-rentan"

Model = TypeVar("Model", bound=Strict)


def load_roster(name: str, code_of: CodeOf | None = None, override: Layer | None = None) -> RosterSpec:
    """Load a roster schema, merged with the schemas that it extends.

    Args:
        name: the schema's name, or a path to a ``.yaml``.
        code_of: returns the code of the rule that a key of ``rules`` means (``rules.rule_codes``); settings of others
            are refused. None: every code is allowed.
        override: settings of ``rosterkit.toml``, which override the schema's.

    Raises:
        SchemaError: there is no such schema, or a mistake in it.
    """
    words = Layer(shipped_folder() / "words.yaml", {"words": load_words().as_data()})
    layers = [*read_layers(find_schema(name, "rosters")), words]
    if override is not None:
        layers.insert(0, override)
    if code_of:
        layers = [_with_codes(layer, code_of) for layer in layers]
    spec = _validate(RosterSpec, layers, {"code_of": code_of})
    uploads = tuple(_find_upload(name, number, layers) for number, name in enumerate(spec.uploads))
    return spec if uploads == spec.uploads else spec.replaced(uploads=uploads)


def _with_codes(layer: Layer, code_of: CodeOf) -> Layer:
    """The layer with the settings of rules under their codes, whatever they are called there, so that layers merge."""
    rules = layer.data.get("rules")
    if not isinstance(rules, Mapping):
        return layer
    return Layer(layer.path, {**layer.data, "rules": {code_of(str(key))[0] or key: rules[key] for key in rules}})


def load_upload(name: str, schema: str | None = None) -> UploadSpec:
    """Load an upload form.

    Args:
        name: the form's name, or a path to a ``.yaml``.
        schema: a programme; a name is looked for beside its file and those that it extends before the shipped forms.

    Raises:
        SchemaError: there is no such form, or a mistake in it.
    """
    folders: list[Path] = []
    if schema and Path(name).suffix not in SUFFIXES:
        folders = _upload_folders(read_layers(find_schema(schema, "rosters")))
    return _validate(UploadSpec, [read_layer(find_schema(name, "uploads", folders))])


def load_contributions() -> Contributions:
    """Load the contributions (``schemas/contributions.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(Contributions, [read_layer(shipped_folder() / "contributions.yaml")])


def load_header_words() -> HeaderWords:
    """Load the words of headers (``schemas/headers.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(HeaderWords, [read_layer(shipped_folder() / "headers.yaml")])


def load_population() -> PopulationSpec:
    """Load the words of Dukcapil's matching results (``schemas/population.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(PopulationSpec, [read_layer(shipped_folder() / "population.yaml")])


def load_membership() -> MembershipSpec:
    """Load the words of the statuses of participants (``schemas/membership.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(MembershipSpec, [read_layer(shipped_folder() / "membership.yaml")])


def load_remarks() -> RemarkSpec:
    """Load the words of remarks (``schemas/remarks.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(RemarkSpec, [read_layer(shipped_folder() / "remarks.yaml")])


def load_words() -> WordsSpec:
    """Load the words that values are written with (``schemas/words.yaml``).

    Raises:
        SchemaError: there is a mistake in the file.
    """
    return _validate(WordsSpec, [read_layer(shipped_folder() / "words.yaml")])


def _upload_folders(layers: Sequence[Layer]) -> list[Path]:
    """Return where the upload forms of a programme may be: beside its file, in ``uploads`` there, or one folder up."""
    parents = [layer.path.parent for layer in layers if layer.path.suffix in SUFFIXES]
    return [folder for parent in parents for folder in (parent, parent / "uploads", parent.parent / "uploads")]


def _find_upload(name: str, number: int, layers: Sequence[Layer]) -> str:
    """Return the path of an upload form that a programme names; its name where it is a shipped one."""
    base = next(layer for layer in layers if "uploads" in layer.data).path.parent
    try:
        path = find_schema(name, "uploads", _upload_folders(layers), base)
    except SchemaError as error:
        raise SchemaError(message_at_key(layers, ("uploads", number), str(error))) from error
    return name if path.resolve().parent == shipped_folder().resolve() / "uploads" else str(path)


def _validate(model: type[Model], layers: Sequence[Layer], context: Mapping[str, Any] | None = None) -> Model:
    """Make a model of merged layers, without pydantic where the same data were checked before."""
    data = merge_layers(layers)
    key = key_of(model.__name__, repr(data).encode("utf-8", "surrogatepass"))
    known = read_model(model, recall(key), context or {})
    if known is None:
        known = _check(model, data, layers, context or {})
        remember(key, known.as_data())
    return known


def _check(model: type[Model], data: Mapping[str, Any], layers: Sequence[Layer], context: Mapping[str, Any]) -> Model:
    """Make a model of data that nobody has checked yet; every mistake is one line of the error."""
    from pydantic import ValidationError

    from rosterkit.schema.mistakes import find_mistakes
    from rosterkit.schema.validate import validate

    try:
        return validate(model, data, context)
    except ValidationError as error:
        mistakes = find_mistakes(model, error, data)
        lines = [message_at_key(layers, mistake.keys, mistake.text) for mistake in mistakes]
        raise SchemaError("\n".join(lines)) from error
