"""Assigns the columns of a header to fields: the best match first, and nobody else's column to the person."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rosterkit.read.headers import HeaderMatch, Labels, Target, Vocabulary
from rosterkit.read.owners import MOTHER, PERSON, concerns
from rosterkit.records import dataclass
from rosterkit.schema.spec import plain

_NEAR = 2  # columns: a name so near to the NIK is beside it
_REMEMBERED = 1_000  # headers
_SURE = 0.5  # the score of a header that is more than a guess
_PER_COLUMN, _FARTHEST = 0.02, 0.1  # what the score of a name loses for each column farther away, and at most


@dataclass(frozen=True, slots=True)
class Assigned:
    """What the columns of a header are.

    Args:
        targets: column -> field, or joined fields.
        duplicates: columns that repeat a header: field, first column, column that repeats it.
        score: the sum of the scores.
        rivals: field -> other columns that are nearly as good for it.
        niks: the columns of persons whose headers may say NIK.
    """

    targets: dict[int, Target]
    duplicates: list[tuple[Target, int, int]]
    score: float
    rivals: Mapping[str, tuple[int, ...]]
    niks: frozenset[int]


def assign_columns(labels: Labels, vocabulary: Vocabulary, alone: bool | None = None) -> Assigned:
    """Assign each column to at most one field and each field to at most one column, the best match first.

    Args:
        labels: column (from 0) -> the texts that may be its header (lower row, all rows).
        vocabulary: the aliases of the schema, and the words that say whose a column is.
        alone: see ``Owners.find_owner``; None: where nobody else has a NIK and a name.
    """
    key = tuple((column, *texts) for column, texts in labels.items()), alone
    if key not in vocabulary.remembered:
        if len(vocabulary.remembered) >= _REMEMBERED:
            vocabulary.remembered.clear()
        vocabulary.remembered[key] = _assign(labels, vocabulary, alone)
    found: Assigned = vocabulary.remembered[key]
    return replace(found, targets=dict(found.targets))


def _assign(labels: Labels, vocabulary: Vocabulary, alone: bool | None) -> Assigned:
    options, understood = _find_options(labels, vocabulary, bool(alone))
    if alone is None and not {"nik", "name"} <= {part for _, _, target in options for part in target.split("+")}:
        again, more = _find_options(labels, vocabulary, alone=True)
        if {"nik", "name"} <= {target for _, _, target in again}:
            options, understood = again, more
    niks = frozenset(column for _, column, target in options if target == "nik")
    options = _prefer_near(_move_names(_drop_vague_names(options)), labels, vocabulary)
    options.sort(key=lambda option: (-option[0], option[1]))
    assigned: dict[int, Target] = {}
    owner: dict[str, int] = {}
    duplicates: list[tuple[Target, int, int]] = []
    total = understood
    for score, column, target in options:
        parts = target.split("+")
        if column in assigned or column in {repeated for _, _, repeated in duplicates}:
            continue
        if not any(part in owner for part in parts):
            assigned[column] = target
            owner.update(dict.fromkeys(parts, column))
            total += min(score, 1) * (1 + 0.5 * (len(parts) - 1))
        elif parts[0] in owner and _has_same_header(labels[column], labels[owner[parts[0]]]):
            total -= 0 if any(field == parts[0] for field, *_ in duplicates) else 0.5  # three lists are as good as two
            duplicates.append((parts[0], owner[parts[0]], column))
    return Assigned(assigned, duplicates, total, _find_rivals(options, owner, duplicates, vocabulary), niks)


Option = tuple[float, int, Target]


def _find_options(labels: Labels, vocabulary: Vocabulary, alone: bool) -> tuple[list[Option], float]:
    """Return what each column of the person may be (score, column, field), and the score of the others' columns."""
    options: list[Option] = []
    understood = 0.0
    for column, texts in labels.items():
        owner = vocabulary.owners.find_owner(texts, vocabulary.is_alias(texts[0]), alone)
        best = 0.0
        for weight, text in zip((1.0, 0.98), texts, strict=False):
            for match in vocabulary.match(text):
                score = match.score * weight
                if owner == MOTHER and match.target == "name":
                    options.append((score, column, "mother_name"))
                elif _may_be(owner, match, text):
                    options.append((score, column, match.target))
                else:
                    best = max(best, score)
        understood += best if owner != PERSON else 0
    return options, understood


def _may_be(owner: str, match: HeaderMatch, text: str) -> bool:
    """Whether a column of an owner may be a field of the person; her mother's name is, not the mother's NIK or work."""
    if match.target == "mother_name" and owner in (MOTHER, "IBU", "MOTHER"):
        return owner == MOTHER or re.search(r"\b(NAMA|NAME)", text.upper()) is not None
    return not concerns(owner, match.target) or match.score > 1


def _drop_vague_names(options: list[Option]) -> list[Option]:
    """Return the options without NAMA and an unknown word, unless a single one of them is the only name."""
    names = {(score, column) for score, column, target in options if target == "name"}
    clear = {column for score, column in names if score > 0.5}
    vague = {column for _score, column in names} - clear
    if not vague or (not clear and len(vague) == 1):
        return options
    return [option for option in options if option[2] != "name" or option[1] not in vague]


def _move_names(options: list[Option]) -> list[Option]:
    """Return the options with names scored by how far they stand from the NIK."""
    niks = [(score, -column) for score, column, target in options if target == "nik"]
    if not niks or sum(target == "name" for _, _, target in options) < 2:
        return options
    nik = -max(niks)[1]
    return [
        (score - min(_FARTHEST, _PER_COLUMN * max(0, abs(column - nik) - _NEAR)), column, target)
        if target == "name"
        else (score, column, target)
        for score, column, target in options
    ]


def find_run(columns: Collection[int], column: int) -> range:
    """Return the columns around one that follow each other without a gap."""
    first = last = column
    while first - 1 in columns:
        first -= 1
    while last + 1 in columns:
        last += 1
    return range(first, last + 1)


def _prefer_near(options: list[Option], labels: Labels, vocabulary: Vocabulary) -> list[Option]:
    """Return the options without those behind a gap for fields that the columns around the NIK and the name have.

    What stands behind an empty column may be another table. A header that is repeated there stays: it is a duplicate.
    """
    niks = [(score, -column) for score, column, target in options if target == "nik"]
    run = find_run(labels, -max(niks)[1]) if niks else range(0)
    near = [(score, column, target) for score, column, target in options if column in run]
    if len(labels) == len(run) or not any(target == "name" for _, _, target in near):
        return options
    held = {part for score, _, target in near if score > _SURE for part in target.split("+")}
    words = {plain(labels[column][-1]) for _, column, _ in near}
    if "occupation" in held and vocabulary.categories:
        held.add("category")  # PEKERJAAN is the category of a list without another one
    return [
        option for option in options
        if option in near or held.isdisjoint(option[2].split("+")) or plain(labels[option[1]][-1]) in words
    ]  # fmt: skip


def _find_rivals(
    options: Sequence[Option],
    owner: Mapping[str, int],
    duplicates: Sequence[tuple[Target, int, int]],
    words: Vocabulary,
) -> dict[str, tuple[int, ...]]:
    """Return the columns that are nearly as good as those of NIK and name; their values decide whether to ask."""
    repeated = {column for _, _, column in duplicates}
    rivals: dict[str, tuple[int, ...]] = {}
    for field, distance in (("nik", 1.0), ("name", 0.06)):
        if field not in owner or field in words.chosen:
            continue
        best = max(score for score, column, target in options if (column, target) == (owner[field], field))
        near = (column for score, column, target in options if target == field and score > best - distance)
        rivals[field] = tuple(
            dict.fromkeys(
                column
                for column in near
                if column != owner[field] and column not in repeated and column not in owner.values()
            )
        )
    return rivals


def _has_same_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two columns have the same header, not only headers of the same field."""
    full = [plain(texts[1] if len(texts) > 1 else texts[0]) for texts in (first, second)]
    return full[0] == full[1]
