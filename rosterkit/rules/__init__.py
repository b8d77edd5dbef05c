"""The rules, in code order. What is not in ``RULES`` does not exist."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from rosterkit.reference.names import comparison_keys, initials
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
    rk113_swallowed_lines,
    rk201_missing_value,
    rk202_stray_characters,
    rk203_unreadable_value,
    rk204_value_too_long,
    rk205_merged_value,
    rk206_upload_field_missing,
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
    rk301_nik_date_mismatch,
    rk302_nik_sex_mismatch,
    rk303_nik_equals_kk,
    rk304_age_limit,
    rk305_age_limit_within_period,
    rk306_address_incomplete,
    rk401_duplicate_nik,
    rk402_duplicate_nik_across_files,
    rk403_same_person_other_nik,
    rk404_near_nik,
    rk405_resubmitted_file,
    rk406_household_conflict,
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
from rosterkit.rules.base import Context, Rule

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
    rk113_swallowed_lines.RULE,
    rk201_missing_value.RULE,
    rk202_stray_characters.RULE,
    rk203_unreadable_value.RULE,
    rk204_value_too_long.RULE,
    rk205_merged_value.RULE,
    rk206_upload_field_missing.RULE,
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
    rk301_nik_date_mismatch.RULE,
    rk302_nik_sex_mismatch.RULE,
    rk303_nik_equals_kk.RULE,
    rk304_age_limit.RULE,
    rk305_age_limit_within_period.RULE,
    rk306_address_incomplete.RULE,
    rk401_duplicate_nik.RULE,
    rk402_duplicate_nik_across_files.RULE,
    rk403_same_person_other_nik.RULE,
    rk404_near_nik.RULE,
    rk405_resubmitted_file.RULE,
    rk406_household_conflict.RULE,
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


def find_rule(text: str, among: Collection[Rule] = RULES) -> Rule | None:
    """A rule by its code, by a code that it had before, or by its name."""
    code = RENAMED.get(text.strip().upper(), text.strip().upper())
    return next((rule for rule in among if code == rule.code or text.strip().lower() == rule.name), None)


def derive(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """A normalised frame with the columns that rules add to it before they judge, and keys of names."""
    keys = comparison_keys(frame["name"])
    frame = frame.with_columns(name_key=keys, name_initials=initials(keys))
    if "_level" not in frame.columns:
        frame = frame.with_columns(_level=pl.lit(None, pl.UInt8))
    for rule in sorted(RULES, key=lambda rule: rule.files is None):  # what is known of files is asked by the others
        if rule.derive is not None and not frame.is_empty():
            frame = rule.derive(frame, context)
    return frame if "copy_of" in frame.columns else frame.with_columns(copy_of=pl.lit(None, pl.UInt32))
