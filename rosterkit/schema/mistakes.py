"""Messages for the mistakes in a schema file: one text for each type of error that pydantic finds.

pydantic's messages (English, names of classes, addresses of web pages) are never shown: a type without a text gets
the general one.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_type_hints

from pydantic import ValidationError

from rosterkit.language import N_, _
from rosterkit.records import dataclass
from rosterkit.schema.model import Strict

Keys = tuple[Any, ...]

_TEXT = N_("harus teks; angka, tanggal, true dan false ditulis dalam tanda kutip")
_WHOLE = N_("harus angka bulat tanpa titik, misalnya 12")
_NUMBER = N_("harus angka, misalnya 12 atau 2.5")
_SWITCH = N_("harus true atau false")
_LIST = N_("harus daftar, misalnya [satu, dua]")
_MAPPING = N_("harus kunci dan isinya (kunci: isi)")
_DAY = N_("harus tanggal yang benar, tahun-bulan-hari, misalnya 2025-01-31")
_CHOICE = N_("isi {value} tidak dikenal. Yang boleh: {expected}")
GENERAL = N_("isi ini tidak bisa dipakai; contoh yang benar ada di skema bawaan rosterkit")

TEXTS = {
    "missing": N_("kunci ini wajib ada; tambahkan"),
    "string_type": _TEXT,
    "string_unicode": N_("berisi huruf yang tidak bisa dibaca; ketik ulang"),
    "string_too_short": N_("paling sedikit {min_length} huruf"),
    "string_too_long": N_("paling banyak {max_length} huruf"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": N_("angka ini terlalu besar"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "greater_than_equal": N_("paling kecil {ge}"),
    "less_than_equal": N_("paling besar {le}"),
    "greater_than": N_("harus lebih besar daripada {gt}"),
    "less_than": N_("harus lebih kecil daripada {lt}"),
    "too_short": N_("paling sedikit {min_length} isi"),
    "too_long": N_("paling banyak {max_length} isi"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "invalid_key": N_("nama kunci harus teks; tulis dalam tanda kutip"),
    "recursion_loop": N_("isi ini memuat dirinya sendiri (tanda & dan *)"),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
}
_COMPLETE = ("missing", "literal_error", "enum")  # their texts need no value after them
PATTERNS = {  # regular expression of a model -> what it asks for
    r"^[a-z0-9][a-z0-9-]*$": N_("hanya huruf kecil, angka dan tanda -, tanpa spasi, misalnya kediri-2025"),
    r"^[A-Z0-9][A-Z0-9-]*$": N_("hanya huruf besar, angka dan tanda -, tanpa spasi, misalnya BURUH-TANI"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a schema file: the path of keys to it, and the message."""

    keys: Keys
    text: str


def find_mistakes(model: type[Strict], error: ValidationError, data: Any) -> list[Mistake]:
    """Return the mistakes in the data of a schema file, each once.

    Args:
        model: the model that refused the data.
        error: what it raised.
        data: the data, as read from YAML.
    """
    problems: list[Any] = list(error.errors(include_url=False))
    kind_problems = [problem for problem in problems if problem["loc"] == ("kind",) and "kind" in data]
    found: dict[Keys, list[Any]] = {}
    for problem in kind_problems or problems:  # in a file of another kind everything else would be wrong, too
        found.setdefault(_keys(problem, data), []).append(problem)
    return [
        Mistake(keys, _message(model, keys, group))
        for keys, group in found.items()
        if not (any(_is_alternative(problem, keys) for problem in group) and _is_explained_below(keys, found))
    ]


def _is_explained_below(keys: Keys, found: Mapping[Keys, Any]) -> bool:
    """Whether there is also a mistake below a key."""
    return any(len(other) > len(keys) and other[: len(keys)] == keys for other in found)


def _keys(problem: Any, data: Any) -> Keys:
    """Return the path of keys to a problem as the file has them: pydantic also names the types that it has tried."""
    keys: list[Any] = []
    value = data
    for part in problem["loc"]:
        found: list[Any] = []
        if isinstance(value, Mapping):
            found = [key for key in value if key == part or str(key) == str(part)]
        elif isinstance(value, Sequence) and isinstance(part, int) and part < len(value):
            found = [part]
        if found:
            keys.append(found[0])
            value = value[found[0]]
        elif problem["type"] == "missing" and part == problem["loc"][-1]:
            keys.append(part)
    return (*keys, *(problem.get("ctx") or {}).get("at", ()))


def _is_alternative(problem: Any, keys: Keys) -> bool:
    """Whether a value may be of several types and this problem is about one of them."""
    return problem["type"] != "mistake" and len([part for part in problem["loc"] if part != "[key]"]) > len(keys)


def _message(model: type[Strict], keys: Keys, problems: Sequence[Any]) -> str:
    """Return the message for a key: everything that would be allowed, and the value there."""
    first = problems[0]
    context = first.get("ctx") or {}
    if first["type"] in ("value_error", "mistake"):  # raised by the models, with a message for the clerk
        return f"{context['error'] if 'error' in context else context['text']}."
    if first["type"] == "extra_forbidden":
        return _unknown_key_message(model, keys)
    wanted = _(", atau ").join(dict.fromkeys(map(_expectation, problems)))
    if first["type"] in _COMPLETE:
        return f"{wanted}."
    return _("{wanted}. Sekarang: {value}.").format(wanted=wanted, value=_format_value(first["input"]))


def _expectation(problem: Any) -> str:
    """Return what pydantic expected, in the texts of this file."""
    facts = dict(problem.get("ctx") or {})
    facts |= {
        "expected": str(facts.get("expected", "")).replace(" or ", ", "),
        "value": _format_value(problem["input"]),
    }
    return _(PATTERNS.get(facts.get("pattern", "")) or TEXTS.get(problem["type"], GENERAL)).format_map(facts)


def _unknown_key_message(model: type[Strict], keys: Keys) -> str:
    allowed = _allowed_keys(model, keys[:-1])
    near = difflib.get_close_matches(str(keys[-1]), allowed, 1)
    text = _("kunci ini tidak dikenal.") + (_(' Maksudnya "{near}"?').format(near=near[0]) if near else "")
    return text + " " + _("Yang boleh: {allowed}.").format(allowed=", ".join(allowed))


def _format_value(value: object) -> str:
    """Return a value as a short text, as it is written in YAML or TOML."""
    if value is None:
        return _("kosong")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 40 else f"'{value[:40]}...'"
    if isinstance(value, Mapping):
        return _("kunci dan isinya")
    if isinstance(value, Sequence):
        return _("daftar")
    return f"{value}"[:40] if isinstance(value, int | float | Decimal | dt.date) else _("isi lain")


def _allowed_keys(model: type[Strict], keys: Keys) -> list[str]:
    """Return the keys that the model at a path of keys has."""
    current = model
    for key in keys:
        if str(key) in current.written_keys():
            current = _inner_model(get_type_hints(current)[current.written_keys()[str(key)]]) or current
    return sorted(current.written_keys())


def _inner_model(annotation: Any) -> Any:
    """Return the first model in a type, such as that of the items of a tuple; None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    return next(filter(None, map(_inner_model, getattr(annotation, "__args__", ()))), None)
