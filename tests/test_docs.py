"""What is written down is true."""

from __future__ import annotations

import re
import runpy

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from rosterkit.language import catalogue
from rosterkit.rules import RULES, rule_codes
from rosterkit.schema.load import load_roster, load_upload
from tests.helpers import ROOT, SPEC


def test_the_readme_lists_the_rules_as_they_are():
    with_table = runpy.run_path(str(ROOT / "docs" / "readme.py"))["with_table"]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python docs/readme.py"


def test_the_page_of_rules_is_as_they_are():
    made = runpy.run_path(str(ROOT / "docs" / "readme.py"))["page"]()
    assert made == (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), "run: python docs/readme.py"
    for rule in RULES:
        assert f"## {rule.code} {rule.name}\n" in made


def test_the_schema_of_the_readme_is_one(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(kind: roster\n.*?)```", text, re.S)
    (tmp_path / "own.yaml").write_text(block, encoding="utf-8")
    spec = load_roster(str(tmp_path / "own.yaml"), rule_codes)
    assert spec.ages.min == 18
    assert spec.rules["RK202"].ignore == ("address",)


def test_the_form_of_the_readme_is_one(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(kind: upload\n.*?)```", text, re.S)
    (tmp_path / "own.yaml").write_text(block, encoding="utf-8")
    form = load_upload(str(tmp_path / "own.yaml"))
    assert f"gabungan.{form.output_name}.xlsx" in text


def test_every_text_has_its_english():
    with catalogue().open("rb") as source:
        known = {message.id for message in read_po(source, locale="en") if message.id and message.string}
    said = {found[2] for found in extract_from_dir(ROOT / "rosterkit", keywords={"_": None, "N_": None})}
    said |= set(SPEC.labels().values())
    assert said - known == set(), "translate in rosterkit/locale/en/rosterkit.po"
