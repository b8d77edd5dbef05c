"""What the office decides of duplicates, applied: which row is used, which people are not the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

import polars as pl

from rosterkit.frame.name_keys import comparison_keys
from rosterkit.language import _
from rosterkit.model.finding import ONE_NIK, OTHER_NIK, SENT_UNDER_OTHER_NIK, Accepted, Decision, Severity
from rosterkit.records import dataclass

_Key = tuple[str, str, str]  # file, NIK as typed, key of the name


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions as far as they fit the rows of a run.

    Args:
        accepted: what they accept, as lines of exceptions.
        lines: (id of a row, code) -> position in ``accepted``.
        out: ids of rows in whose place another one is used.
        unfit: the names in decisions that no longer fit, about which the office is asked again.
    """

    accepted: tuple[Accepted, ...] = ()
    lines: Mapping[tuple[int, str], int] = field(default_factory=dict)
    out: frozenset[int] = frozenset()
    unfit: tuple[str, ...] = ()


def decide(decisions: Sequence[Decision], frame: pl.DataFrame, findings: pl.DataFrame, names: Sequence[str]) -> Decided:
    """Apply decisions to the rows of a run.

    A decision is about the rows that it names, wherever they stand in their files by now. Where a further row came, or
    one is twice by now, nothing was decided of it: the office is asked again.

    Args:
        decisions: with who decided; the others are not applied.
        frame: the people (see ``frame``).
        findings: see ``check.findings.FINDINGS``.
        names: the paths of the files within the run.
    """
    made = [decision for decision in decisions if decision.who]
    if not made:
        return Decided()
    keys = {row.name for decision in made for row in decision.rows}
    name_keys = dict(zip(keys, comparison_keys(pl.Series(list(keys), dtype=pl.String)).fill_null(""), strict=True))
    niks = {row.nik for decision in made for row in decision.rows}
    rows = frame.filter(pl.col("nik_digits").is_in(list(niks))).select("_id", "_file", "nik_digits", "name_key")
    places: dict[_Key, list[int]] = defaultdict(list)
    shared: dict[str, set[int]] = defaultdict(set)
    for id_, file, nik, key in rows.iter_rows():
        places[names[file], nik, key or ""].append(id_)
        shared[nik].add(id_)
    found = _found(findings)
    lines: dict[tuple[int, str], int] = {}
    out: set[int] = set()
    open_: dict[str, set[int]] = {}  # name in a decision that does not fit -> the rows of which the office is asked
    for position, decision in enumerate(made):
        ids = _match(decision, places, name_keys)
        if ids is None or not _covers(decision, ids, shared, found):
            open_[decision.rows[0].name] = _alike_now(decision, places, name_keys, shared, found)
            continue
        here = [id_ for id_ in ids if id_ is not None]
        chosen = None if decision.chosen is None else ids[decision.chosen]
        used = here if chosen is None else [chosen]
        codes: tuple[str, ...] = ONE_NIK if decision.is_one_nik else OTHER_NIK
        if chosen is None:  # nor is the one who was uploaded already the other
            codes = (*codes, SENT_UNDER_OTHER_NIK)
        lines |= {(id_, code): position for id_ in used for code in codes}
        out |= {id_ for id_ in here if id_ not in used}
    settled = out | {id_ for id_, _code in lines}
    unfit = tuple(name for name, rows in open_.items() if len(rows) > 1 and not rows <= settled)
    return Decided(tuple(map(_as_line, made)), lines, frozenset(out), unfit)


def _match(
    decision: Decision, places: Mapping[_Key, list[int]], name_keys: Mapping[str, str]
) -> list[int | None] | None:
    """The ids of the rows of a decision, None for rows that are gone; None as a whole where it does not fit."""
    keys = [(row.file, row.nik, name_keys[row.name]) for row in decision.rows]
    free = {key: iter(places.get(key, ())) for key in keys}
    ids = [next(free[key], None) for key in keys]
    more = any(next(rest, None) is not None for rest in free.values())
    fewer = any(ids[at] is None and key in places for at, key in enumerate(keys))  # which of the equal ones is gone?
    lost = decision.chosen is not None and ids[decision.chosen] is None
    return None if more or fewer or lost else ids


def _covers(
    decision: Decision,
    ids: Iterable[int | None],
    shared: Mapping[str, set[int]],
    found: Mapping[int, set[int]],
) -> bool:
    """Whether a decision is about all rows that are alike now."""
    known = {id_ for id_ in ids if id_ is not None}
    if decision.is_one_nik:
        return shared[decision.rows[0].nik] <= known
    return all(found.get(id_, set()) <= known for id_ in known)


def _alike_now(
    decision: Decision,
    places: Mapping[_Key, list[int]],
    name_keys: Mapping[str, str],
    shared: Mapping[str, set[int]],
    found: Mapping[int, set[int]],
) -> set[int]:
    """The rows that are alike now, of which a decision was once made."""
    if decision.is_one_nik:
        return shared.get(decision.rows[0].nik, set())
    here = {id_ for row in decision.rows for id_ in places.get((row.file, row.nik, name_keys[row.name]), ())}
    return set().union(*({id_, *found[id_]} for id_ in here if id_ in found))


def _found(findings: pl.DataFrame) -> dict[int, set[int]]:
    """Row -> the rows that it is alike with by the rules about other NIKs."""
    alike = findings.filter(pl.col("code").is_in(OTHER_NIK)).select("_id", "partners")
    found: dict[int, set[int]] = defaultdict(set)
    for id_, partners in alike.iter_rows():
        found[id_] |= set(partners or ())
    return found


def _as_line(decision: Decision) -> Accepted:
    reason = _("orang berbeda") if decision.chosen is None else _("baris ini yang dipakai")
    text = _("{reason}, menurut ganda.xlsx").format(reason=reason)
    return Accepted(0, decision.code, None, None, None, text, decision.who, decision.when, None)


def hold_the_others(findings: pl.DataFrame, out: frozenset[int]) -> pl.DataFrame:
    """Make errors of the warnings about rows in whose place another one is used: that is why they are not uploaded."""
    if not out:
        return findings
    findings = findings.filter(
        ~(pl.col("_id").is_in(list(out)) & (pl.col("code") == SENT_UNDER_OTHER_NIK)).fill_null(False)
    )
    is_out = pl.col("_id").is_in(list(out)) & pl.col("code").is_in(OTHER_NIK)
    return findings.with_columns(severity=pl.when(is_out).then(pl.lit(str(Severity.ERROR))).otherwise("severity"))
