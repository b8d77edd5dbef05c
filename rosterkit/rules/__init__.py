"""The rules, in code order. What is not in ``RULES`` does not exist."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from rosterkit.language import _
from rosterkit.rules import (
    rk101_missing_column,
    rk102_unknown_column,
    rk103_duplicate_header,
    rk104_no_roster,
    rk105_empty_roster,
    rk106_hidden_rows,
    rk107_formula_without_value,
    rk108_error_cell,
    rk109_count_mismatch,
    rk110_shifted_cells,
    rk111_wrong_column,
    rk112_people_outside_table,
    rk113_swallowed_lines,
    rk114_ambiguous_column,
    rk115_category_from_heading,
    rk116_typed_over_example,
    rk117_one_column,
    rk120_file_of_the_gone,
    rk121_words_outside_table,
    rk201_missing_value,
    rk202_stray_characters,
    rk203_unreadable_value,
    rk204_value_too_long,
    rk205_merged_value,
    rk206_upload_field_missing,
    rk207_taken_from_nik,
    rk208_value_goes_on,
    rk209_ditto_mark,
    rk210_nik_length,
    rk211_nik_characters,
    rk212_nik_precision_lost,
    rk213_nik_birth_date,
    rk214_nik_province,
    rk215_nik_region,
    rk216_nik_region_retired,
    rk217_nik_placeholder,
    rk218_nik_suspect_zero,
    rk220_date_unreadable,
    rk221_date_ambiguous,
    rk222_date_impossible,
    rk230_unknown_category,
    rk231_several_categories,
    rk232_category_synonym,
    rk240_phone_invalid,
    rk241_phone_normalised,
    rk250_rt_rw_format,
    rk260_name_characters,
    rk261_name_deceased,
    rk262_withdrawn,
    rk263_remark_for_office,
    rk301_nik_date_mismatch,
    rk302_nik_sex_mismatch,
    rk303_nik_equals_kk,
    rk304_age_limit,
    rk305_age_limit_within_period,
    rk306_address_incomplete,
    rk307_occupation_excluded,
    rk308_mother_name_doubtful,
    rk309_age_below_minimum,
    rk310_nik_of_neighbour,
    rk401_duplicate_nik,
    rk402_duplicate_nik_across_files,
    rk403_same_person_other_nik,
    rk404_near_nik,
    rk405_resubmitted_file,
    rk406_household_conflict,
    rk407_shared_phone,
    rk408_superseded_file,
    rk409_only_in_older_version,
    rk410_sent_under_other_nik,
    rk501_not_in_decree,
    rk502_decree_name_mismatch,
    rk503_decree_not_in_force,
    rk504_decree_member_missing,
    rk505_already_participant,
    rk506_participation_lapsed,
    rk507_category_not_funded,
    rk508_quota_exceeded,
    rk509_population_mismatch,
)
from rosterkit.rules.base import Rule

RULES: tuple[Rule, ...] = (
    rk101_missing_column.RULE,
    rk102_unknown_column.RULE,
    rk103_duplicate_header.RULE,
    rk104_no_roster.RULE,
    rk105_empty_roster.RULE,
    rk106_hidden_rows.RULE,
    rk107_formula_without_value.RULE,
    rk108_error_cell.RULE,
    rk109_count_mismatch.RULE,
    rk110_shifted_cells.RULE,
    rk111_wrong_column.RULE,
    rk112_people_outside_table.RULE,
    rk113_swallowed_lines.RULE,
    rk114_ambiguous_column.RULE,
    rk115_category_from_heading.RULE,
    rk116_typed_over_example.RULE,
    rk117_one_column.RULE,
    rk120_file_of_the_gone.RULE,
    rk121_words_outside_table.RULE,
    rk201_missing_value.RULE,
    rk202_stray_characters.RULE,
    rk203_unreadable_value.RULE,
    rk204_value_too_long.RULE,
    rk205_merged_value.RULE,
    rk206_upload_field_missing.RULE,
    rk207_taken_from_nik.RULE,
    rk208_value_goes_on.RULE,
    rk209_ditto_mark.RULE,
    rk210_nik_length.RULE,
    rk211_nik_characters.RULE,
    rk212_nik_precision_lost.RULE,
    rk213_nik_birth_date.RULE,
    rk214_nik_province.RULE,
    rk215_nik_region.RULE,
    rk216_nik_region_retired.RULE,
    rk217_nik_placeholder.RULE,
    rk218_nik_suspect_zero.RULE,
    rk220_date_unreadable.RULE,
    rk221_date_ambiguous.RULE,
    rk222_date_impossible.RULE,
    rk230_unknown_category.RULE,
    rk231_several_categories.RULE,
    rk232_category_synonym.RULE,
    rk240_phone_invalid.RULE,
    rk241_phone_normalised.RULE,
    rk250_rt_rw_format.RULE,
    rk260_name_characters.RULE,
    rk261_name_deceased.RULE,
    rk262_withdrawn.RULE,
    rk263_remark_for_office.RULE,
    rk301_nik_date_mismatch.RULE,
    rk302_nik_sex_mismatch.RULE,
    rk303_nik_equals_kk.RULE,
    rk304_age_limit.RULE,
    rk305_age_limit_within_period.RULE,
    rk306_address_incomplete.RULE,
    rk307_occupation_excluded.RULE,
    rk308_mother_name_doubtful.RULE,
    rk309_age_below_minimum.RULE,
    rk310_nik_of_neighbour.RULE,
    rk401_duplicate_nik.RULE,
    rk402_duplicate_nik_across_files.RULE,
    rk403_same_person_other_nik.RULE,
    rk404_near_nik.RULE,
    rk405_resubmitted_file.RULE,
    rk406_household_conflict.RULE,
    rk407_shared_phone.RULE,
    rk408_superseded_file.RULE,
    rk409_only_in_older_version.RULE,
    rk410_sent_under_other_nik.RULE,
    rk501_not_in_decree.RULE,
    rk502_decree_name_mismatch.RULE,
    rk503_decree_not_in_force.RULE,
    rk504_decree_member_missing.RULE,
    rk505_already_participant.RULE,
    rk506_participation_lapsed.RULE,
    rk507_category_not_funded.RULE,
    rk508_quota_exceeded.RULE,
    rk509_population_mismatch.RULE,
)

BY_CODE = {rule.code: rule for rule in RULES}
# Codes of earlier versions -> the code that took their place; they stay valid for ever.
RENAMED: dict[str, str] = {}


_CODE = re.compile(r"(?:RK)?[\s.:_-]*(\d{3})(?:\.0)?", re.IGNORECASE)  # a cell of Excel gives 402.0
_CODE_AND_TITLE = re.compile(r"(RK\s?\d{3})\b.+", re.IGNORECASE)
_MOST = 6  # rules that a text could mean
_NEAR = 0.85  # of a name or title that is meant in spite of a typing error


class RuleMatch(NamedTuple):
    """The rule that a text means, or the ones that it could mean."""

    rule: Rule | None
    near: tuple[Rule, ...] = ()


def find_rule(text: str) -> Rule | None:
    """The rule that a text means (see ``match_rule``); None where there is none, or more than one."""
    return match_rule(text).rule


def match_rule(text: str) -> RuleMatch:
    """Find a rule by its code (RK402, rk 402, 402), a code that it had before, its name, or its title, also nearly.

    A code is never guessed; words are where one rule has them all in its title, or one typing error apart.
    """
    said = _CODE_AND_TITLE.sub(r"\1", text.strip())
    code = _CODE.fullmatch(said)
    if code:
        return RuleMatch(BY_CODE.get(RENAMED.get(f"RK{code[1]}", f"RK{code[1]}")))
    words = _words(said)
    exact = [rule for rule in RULES if words in _names(rule)]
    partly = [rule for rule in RULES if words and any(set(words) <= set(name) for name in _names(rule))]
    found = exact or partly or [rule for rule in RULES if _is_near(words, rule)]
    if len(found) == 1:
        return RuleMatch(found[0])
    return RuleMatch(None, tuple(found[:_MOST]) or _near_codes(said.upper()))


def rule_codes(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The code of the rule that a text means, or the codes of those that it could mean."""
    rule, near = match_rule(text)
    return rule.code if rule else None, tuple(other.code for other in near)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold().replace("_", " ")))


def _names(rule: Rule) -> tuple[tuple[str, ...], ...]:
    """The words of the name of a rule, and of its title in both languages."""
    return _words(rule.name), _words(rule.title), _words(_(rule.title))


def _is_near(words: tuple[str, ...], rule: Rule) -> bool:
    text = " ".join(words)
    return any(difflib.SequenceMatcher(None, text, " ".join(name)).ratio() >= _NEAR for name in _names(rule))


def _near_codes(code: str) -> tuple[Rule, ...]:
    return tuple(BY_CODE[near] for near in difflib.get_close_matches(code, list(BY_CODE), 2))
