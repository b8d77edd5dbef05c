"""``dataclass``, as Python has it, for classes that cost next to nothing until one is made.

Python 3.11 compiles six methods of every frozen dataclass one by one, half a millisecond each class, and a start has
more than a hundred of them. Here they share their methods, and ``__init__`` alone is compiled, when the first is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """Return what makes a class a dataclass; one that is not frozen is Python's own."""
        if not (frozen and slots):
            return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only)
        return lambda cls: _make(cls, kw_only)


def _make(cls: type, kw_only: bool) -> type:
    for name, method in _METHODS.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)

    def init(self: Any, *given: Any, **named: Any) -> None:
        made.__init__ = _compile_init(made)
        made.__init__(self, *given, **named)

    made.__init__ = init
    return made  # type: ignore[no-any-return] # the class


def _compile_init(cls: Any) -> Callable[..., None]:
    """The ``__init__`` of a class, as Python would write it."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_made_anew": _MADE_ANEW}
    heads, keywords, body = ["self"], ["*"], [" pass"]
    for field in dataclasses.fields(cls):
        name, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            name = f"{name}=_default_{name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}() if {name} is _made_anew else {name}"
            name = f"{name}=_made_anew"
        (keywords if field.kw_only else heads).append(name)
        body.append(f" _set(self, {field.name!r}, {value})")
    head = ", ".join(heads + keywords if len(keywords) > 1 else heads)
    exec("\n".join([f"def __init__({head}):", *body]), known)  # noqa: S102 # as dataclasses does, of names of our own
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


_MADE_ANEW = object()  # stands for a default that is made for each
_compared: dict[type, Callable[[Any], Any]] = {}


def _values_of(one: Any) -> Any:
    """The values by which two are compared."""
    get = _compared.get(type(one))
    if get is None:
        names = [field.name for field in dataclasses.fields(one) if field.compare]
        get = _compared[type(one)] = attrgetter(*names) if names else lambda _one: ()
    return get(one)


def _eq(self: Any, other: object) -> bool:
    return _values_of(self) == _values_of(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values_of(self))


def _told(one: Any) -> Iterator[str]:
    return (f"{field.name}={getattr(one, field.name)!r}" for field in dataclasses.fields(one))


def _repr(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(_told(self))})"


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to or delete field {name!r}")


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_METHODS = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}
