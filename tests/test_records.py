"""Our dataclasses are those of Python in all that anybody sees of them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from rosterkit import records
from tests.helpers import ROOT


def of(decorate: Callable[..., Any]) -> tuple[type, type]:
    @decorate(frozen=True, slots=True)
    class Mixed:
        """A class with every kind of field."""

        first: int
        second: str = "two"
        third: dict[str, int] = field(default_factory=dict)
        aside: int = field(default=7, compare=False)
        last: int = field(default=8, kw_only=True)

        @property
        def double(self) -> int:
            return 2 * self.first

    @decorate(frozen=True, slots=True, kw_only=True)
    class Named:
        """A class whose values are all named."""

        first: int | None = None
        second: tuple[int, ...]

    return Mixed, Named


Ours, OursNamed = of(records.dataclass)
Theirs, TheirsNamed = of(dataclasses.dataclass)
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "b", {"c": 3}, 4), {"last": 5}),
    ((), {"first": 1, "aside": 9}),
    ((), {}),
    ((1, 2, 3, 4, 5), {}),
    ((1,), {"first": 1}),
    ((1,), {"unknown": 2}),
    ((), {"second": (1, 2)}),
    (((1, 2),), {}),
]


def outcome(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except Exception as error:
        return type(error), str(error)


@pytest.mark.parametrize(("ours", "theirs"), [(Ours, Theirs), (OursNamed, TheirsNamed)], ids=["mixed", "named"])
@pytest.mark.parametrize(("given", "named"), CALLS)
def test_they_are_made_and_told_as_those_of_python(ours, theirs, given, named):
    one, other = (outcome(lambda kind=kind: kind(*given, **named)) for kind in (ours, theirs))
    if isinstance(other, tuple):
        assert one == other
        return
    assert repr(one) == repr(other)
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert outcome(lambda: hash(one)) == outcome(lambda: hash(other))
    for value in (one, other):
        for changed in (copy.copy(value), copy.deepcopy(value), dataclasses.replace(value)):
            assert (changed, changed is value) == (value, False)
    assert not hasattr(one, "__dict__")
    assert ours.__match_args__ == theirs.__match_args__


def test_they_are_compared_as_those_of_python():
    for kind in (Ours, Theirs):
        assert kind(1) == kind(1, aside=9)
        assert kind(1) != kind(1, last=9)
        assert kind(1) != dataclasses.replace(kind(1), second="b")
        assert kind(1) != 1
        assert kind(1).third is not kind(1).third
        assert kind(2).double == 4
    assert Ours(1) != Theirs(1)


def test_they_cannot_be_changed():
    for kind in (Ours, Theirs):
        with pytest.raises(dataclasses.FrozenInstanceError):
            kind(1).first = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del kind(1).first


@records.dataclass(frozen=True, slots=True)
class Sent:
    """A class that goes to another process."""

    first: int
    second: tuple[Sent, ...] = ()


def test_they_go_to_another_process():
    assert pickle.loads(pickle.dumps(Sent(1, (Sent(2),)))) == Sent(1, (Sent(2),))


def test_frozen_classes_are_made_here():
    """One that is Python's own takes half a millisecond of every start."""
    for path in (ROOT / "rosterkit").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "@dataclass(frozen=True, slots=True" not in text or "from rosterkit.records import dataclass" in text, (
            path
        )
