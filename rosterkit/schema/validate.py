"""Checks data of schema files with pydantic, which only this file loads; ``mistakes.py`` tells of a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, TypeAdapter, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from rosterkit.schema.model import REQUIRED, Key, MistakeError, Strict

Model = TypeVar("Model", bound=Strict)


def validate(model: type[Model], data: Any, context: Mapping[str, Any] | None = None) -> Model:
    """Return a model of data as YAML holds them.

    Raises:
        pydantic.ValidationError: there are mistakes in the data.
    """
    kind: Any = model
    made: Model = adapter(kind).validate_python(data, context=dict(context or {}))
    return made


@cache
def adapter(model: type[Strict]) -> TypeAdapter[Any]:
    """What checks the data of a model."""
    return TypeAdapter(model)


def _core_schema(cls: type[Strict], _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic checks a model: key by key, then as a whole."""
    hints = get_type_hints(cls, include_extras=True)
    fields = {name: _field(one, hints[name], handler) for name, one in cls.model_keys.items()}
    written = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
    return core_schema.no_info_wrap_validator_function(partial(_make, cls), written)


setattr(Strict, "__get_pydantic_core_schema__", classmethod(_core_schema))  # noqa: B010 - models do without pydantic


def _field(one: Key, hint: Any, handler: GetCoreSchemaHandler) -> core_schema.TypedDictField:
    kind = Annotated[hint, Field(**one.limits)] if one.limits else hint
    if one.before:
        kind = Annotated[kind, BeforeValidator(partial(_before, one.before))]
    schema = handler.generate_schema(kind)
    if one.check:
        schema = core_schema.with_info_after_validator_function(partial(_checked, one.check), schema)
    return core_schema.typed_dict_field(schema, required=one.default is REQUIRED, validation_alias=one.alias)


def _before(turn: Callable[[object], object], value: object) -> object:
    try:
        return turn(value)
    except MistakeError as wrong:
        raise _error(wrong) from wrong


def _checked(check: Callable[[Any, Any], None], value: Any, info: ValidationInfo) -> Any:
    try:
        check(value, info.context or {})
    except MistakeError as wrong:
        raise _error(wrong) from wrong
    return value


def _make(cls: type[Strict], value: Any, check_keys: Callable[[Any], dict[str, Any]]) -> Strict:
    if isinstance(value, cls):
        return value
    made = cls(**check_keys(value))
    try:
        made.check()
    except MistakeError as wrong:
        raise _error(wrong) from wrong
    return made


def _error(wrong: MistakeError) -> PydanticCustomError:
    return PydanticCustomError(wrong.kind, "{text}", {"text": wrong.text, "at": wrong.keys})
