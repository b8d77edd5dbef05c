"""What all models of schema files are made of: plain classes that say which keys they have.

No class needs pydantic: ``validate.py`` makes its checks of these keys where a file is new, ``compiled.py`` reads
what was checked before.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Self, dataclass_transform

REQUIRED: Any = object()  # the default of a key that must be there


class MistakeError(ValueError):
    """What a check of our own has found.

    Args:
        text: for the clerk.
        keys: below the value, to what is wrong there.
        kind: the name of another mistake in ``mistakes.py``, which has a text there.
    """

    def __init__(self, text: str, *keys: int | str, kind: str = "mistake") -> None:
        super().__init__(text)
        self.text, self.keys, self.kind = text, keys, kind


class Key:
    """A key of a model.

    Args:
        default: its value where it is not written.
        alias: how it is written, where that is no name of Python's.
        before: turns what is written into what is checked.
        check: ``(value, context)``; returns nothing, raises ``MistakeError``.
        limits: ``ge``, ``le``, ``min_length``, ``max_length``, ``pattern``.
    """

    __slots__ = ("alias", "before", "check", "default", "limits")

    def __init__(
        self,
        default: Any = REQUIRED,
        alias: str | None = None,
        before: Callable[[object], object] | None = None,
        check: Callable[[Any, Any], None] | None = None,
        **limits: Any,
    ) -> None:
        self.default, self.alias, self.before, self.check, self.limits = default, alias, before, check, limits


def key(*, default: Any = REQUIRED, **said: Any) -> Any:
    """A ``Key``, whose type is that of its values."""
    return Key(default, **said)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
class Strict:
    """The base of all models of schema files: frozen, and unknown keys are errors."""

    model_keys: ClassVar[dict[str, Key]] = {}

    def __init_subclass__(cls) -> None:
        cls.model_keys = dict(cls.model_keys)
        for name in cls.__annotations__:
            given = cls.__dict__.get(name, REQUIRED)
            cls.model_keys[name] = given if isinstance(given, Key) else Key(given)

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.model_keys.keys()
        values = {name: values.get(name, one.default) for name, one in self.model_keys.items()}
        missing = [name for name, value in values.items() if value is REQUIRED]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {sorted(unknown)}, missing {missing}")
        self.__dict__.update(values)

    def check(self) -> None:
        """See that its values go together.

        Raises:
            MistakeError: they do not.
        """

    @classmethod
    def written_keys(cls) -> dict[str, str]:
        """Return each key as it is written -> as it is called here."""
        return {one.alias or name: name for name, one in cls.model_keys.items()}

    def replaced(self, **values: Any) -> Self:
        """Return it with other values, which nobody checks."""
        return type(self)(**{**self.__dict__, **values})

    def as_data(self) -> dict[str, Any]:
        """Return its keys and values as texts, numbers, days, lists and mappings, as a file would hold them."""
        return {one.alias or name: _as_data(self.__dict__[name]) for name, one in self.model_keys.items()}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    __delattr__ = __setattr__  # type: ignore[assignment] # it raises, whatever it is given

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def _as_data(value: object) -> object:
    if isinstance(value, Strict):
        return value.as_data()
    if isinstance(value, dict):
        return {name: _as_data(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_as_data(one) for one in value]
    return str(value) if isinstance(value, Enum | Decimal) else value
