"""Contract of the rules; a failure says which line of which rule to change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from rosterkit import rules
from rosterkit.language import catalogue
from rosterkit.report.explain import prose
from rosterkit.rules import BY_CODE, RENAMED, RULES, find_rule, match_rule
from rosterkit.rules.base import Rule
from rosterkit.rules.examples import cells
from tests.helpers import EXAMPLE_DECREE, findings_of, findings_of_example

FOLDER = Path(rules.__file__).parent
each = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_codes_are_unique_and_in_order():
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes)), "register rules in code order in rules/__init__.py, each once"


def test_every_rule_file_is_registered():
    files = {path.stem for path in FOLDER.glob("rk*.py")}
    named = {f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in RULES}
    assert files == named, "a rule's file is called after its code and name, and RULES lists it"


@each
def test_what_comes_before_is_known(rule: Rule):
    assert {name.partition(":")[0] for name in rule.before} <= set(BY_CODE), f"{rule.code}: before names no rule"


@each
def test_a_scope_is_said_in_full(rule: Rule):
    has_keys = rule.cells is not None and rule.cells.across is not None
    assert has_keys == (rule.scope == "key"), f"{rule.code}: the scope key has keys, and no other has"
    assert 1 <= len(rule.judges) <= 2, f"{rule.code}: one or two judges"
    assert len({type(judge) for judge in rule.judges}) == len(rule.judges), f"{rule.code}: one judge of a kind"
    if rule.needs in ("decree", "participants", "population") and rule.cells:
        assert rule.scope == "reference", f"{rule.code}: a row beside a list of the office is the scope reference"


@each
def test_a_code_is_in_its_band(rule: Rule):
    band = rule.code[2]
    assert re.fullmatch(r"RK[1-5]\d\d", rule.code), f"{rule.code}: RK and three digits"
    if rule.sheets and not rule.cells:
        assert band in "15", f"{rule.code}: a rule about a whole sheet belongs to 1xx, or 5xx for its reference"
    if rule.cells and (rule.cells.same or rule.cells.partners):
        assert band == "4", f"{rule.code}: a rule that brings rows together belongs to 4xx"
    if rule.needs in ("decree", "participants", "population"):
        assert band == "5", f"{rule.code}: a rule that needs a reference belongs to 5xx"


def test_codes_are_those_of_the_design():
    """A code never changes its meaning, so it never goes away either: give it a new name in RENAMED."""
    assert {rule.code: rule.name for rule in RULES}.items() >= {
        "RK101": "missing-column", "RK102": "unknown-column", "RK106": "hidden-rows", "RK109": "count-mismatch",
        "RK110": "shifted-cells", "RK113": "swallowed-lines", "RK204": "value-too-long",
        "RK206": "upload-field-missing", "RK212": "nik-precision-lost",
        "RK218": "nik-suspect-zero", "RK221": "date-ambiguous", "RK303": "nik-equals-kk",
        "RK403": "same-person-other-nik", "RK404": "near-nik", "RK406": "household-conflict",
        "RK502": "decree-name-mismatch", "RK503": "decree-not-in-force", "RK504": "decree-member-missing",
        "RK505": "already-participant", "RK506": "participation-lapsed", "RK507": "category-not-funded",
        "RK508": "quota-exceeded", "RK509": "population-mismatch",
    }.items()  # fmt: skip


def test_renamed_codes_redirect(monkeypatch):
    assert not RENAMED.keys() & BY_CODE.keys(), "a renamed code cannot be in use"
    assert set(RENAMED.values()) <= set(BY_CODE), "a renamed code leads to one in use"
    monkeypatch.setitem(RENAMED, "RK999", "RK401")
    assert find_rule("rk999") is BY_CODE["RK401"]
    assert find_rule("duplicate-nik") is BY_CODE["RK401"]
    assert find_rule("RK998") is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *((said, "RK402") for said in ("RK402", "rk402", "402", " RK 402 ", "rk-402", "402.0", "RK402 NIK ganda")),
        *((said, "RK402") for said in ("duplicate-nik-across-files", "duplicate nik across files", "antarberkas")),
        *((said, "RK508") for said in ("Melebihi kuota", "MELEBIHI  KUOTA.", "melebihi kouta", "quota exceeded")),
        *((said, "") for said in ("999", "RK40", "4020", "nik", "", "kuda", "duplicate")),
    ],
)
def test_a_rule_is_found_as_people_write_it(said, code):
    rule = find_rule(said)
    assert (rule.code if rule else "") == code


def test_a_text_that_could_mean_several_rules_is_not_guessed():
    rule, near = match_rule("versi")
    assert rule is None
    assert {one.code for one in near} >= {"RK408", "RK409"}
    assert match_rule("RK4O2").rule is None
    assert match_rule("kuda").near == ()


@each
def test_prose_has_its_sections(rule: Rule):
    found = re.findall(r"^(What|Why|Example|Instead)$", prose(rule), re.MULTILINE)
    assert found == ["What", "Why", "Example", "Instead"], f"{rule.code}: docstring sections in this order"


@pytest.fixture(scope="module")
def english():
    with catalogue().open("rb") as source:
        return read_po(source, locale="en")


@each
def test_texts_exist_in_both_languages(rule: Rule, english):
    for text in rule.texts():
        message = english.get(text)
        assert message is not None, f"{rule.code}: not in the English catalogue: {text}"
        assert message.string, f"{rule.code}: no English for: {text}"
        assert message.string != text, f"{rule.code}: not translated: {text}"
        fields = re.compile(r"\{\w+\}")
        assert set(fields.findall(text)) == set(fields.findall(message.string)), text


@each
def test_texts_hold_only_the_middle(rule: Rule):
    """Whoever shows a text adds the cell and the person."""
    for text in rule.texts():
        assert "{cell}" not in text, f"{rule.code}: {text}"


# What only the lists of the office say, or somebody else's list.
_NOT_HERS = {"candidate", "decree_nik", "decree_name", "named", "source", "since", "until", "grace", "word", "size"}
_OFFICE_ONLY = (
    "unggah",
    "bpjs (",
    "formulir bpjs",
    "rosterkit",
    "skema",
    "folder",
    "kuota",
    "anggaran",
    "schemas",
    "rk",
)


@each
def test_a_sender_reads_words_for_her(rule: Rule):
    if rule.sender is None:
        return
    for text in rule.sender.texts():
        found = set(re.findall(r"\{(\w+)\}", text))
        assert not found & _NOT_HERS, f"{rule.code}: not the sender's own: {text}"
        assert not [word for word in _OFFICE_ONLY if re.search(rf"\b{re.escape(word)}", text.lower())], text
    office = {rule.message, *(rule.variants or {}).values()}
    assert rule.code[2] not in "45" or office.isdisjoint(rule.sender.texts()) or rule.code in ("RK403",), rule.code


@each
def test_wrong_example_is_found_in_every_row(rule: Rule):
    found = [finding for finding in findings_of_example(rule, rule.wrong) if finding.code == rule.code]
    if rule.sheets or rule.files or rule.listed:
        assert found, f"{rule.code}: the wrong example is not found"
        return
    rows = {finding.place.row for finding in found}
    expected = set(range(1, len(cells(rule.wrong))))
    expected = {
        "RK111": {0},  # one finding, at the header
        "RK205": {2},  # the first row of a merged cell has its own value
        "RK218": {1},  # the number beside it is RK212
        "RK409": {4},  # the others are in the newer version
        "RK508": {0},  # one finding for each quota, at the header
    }.get(rule.code, expected)
    assert rows == expected, f"{rule.code}: rows {expected - rows} of the wrong example are not found"


@each
def test_good_example_is_silent(rule: Rule):
    assert [finding.code for finding in findings_of_example(rule, rule.good) if finding.code == rule.code] == []


@each
def test_message_and_hint_can_be_filled(rule: Rule):
    from rosterkit.report.words import Words

    for finding in findings_of_example(rule, rule.wrong):
        for words in (Words({"nik": "NIK"}), Words({"nik": "NIK"}, unmask=True, to_sender=True)):
            said = words.message(finding), words.hint(finding)
            assert "{" not in "".join(said)
            assert "None" not in "".join(said)
            assert bool(said[0]) or not said[1], "nothing is asked where nothing is said"


def test_one_cause_gives_one_error():
    wrong = "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n| {} | Contoh | 01-01-1985 | Pemulung |"
    for nik, code in (
        ("1111111111111111", "RK217"),
        ("n:3571010101859900", "RK212"),
        ("35710101O185990", "RK211"),
        ("357101010185990", "RK210"),
        ("-", "RK201"),
        ("e:#REF!", "RK108"),
        ("9971010101859901", "RK214"),
        ("3571013501859901", "RK213"),
    ):
        found = findings_of(wrong.format(nik), decree=EXAMPLE_DECREE)
        assert [finding.code for finding in found] == [code], nik


def test_duplicates_name_each_other():
    table = (
        "| NIK | Nama | Tanggal Lahir | Kategori |\n|---|---|---|---|\n"
        "| 3571010101859901 | Contoh Satu | 01-01-1985 | Pemulung |\n"
        "| 3571010201859902 | Contoh Dua | 02-01-1985 | Pemulung |\n"
        "| 3571010101859901 | Contoh Tiga | 01-01-1985 | Pemulung |"
    )
    found = {finding.place.cell: finding.related[0].cell for finding in findings_of(table) if finding.code == "RK401"}
    assert found == {"A2": "A4", "A4": "A2"}


@pytest.mark.slow
def test_findings_do_not_depend_on_the_order_of_rows_or_columns():
    rows = [
        row
        for rule in RULES
        if not rule.sheets and not rule.files and rule.scope != "total"
        for row in cells(rule.wrong)[1:]
        if len(row) == 4
    ]
    head = ["NIK", "Nama", "Tanggal Lahir", "Kategori"]

    def found(order: list[int], columns: list[int]) -> set[tuple[str, str | None, int]]:
        lines = [head, ["---"] * 4, *(rows[number] for number in order)]
        table = "\n".join("| " + " | ".join(line[column] for column in columns) + " |" for line in lines)
        return {
            (finding.code, finding.field, order[(finding.place.row or 1) - 1])
            for finding in findings_of(table, decree=EXAMPLE_DECREE)
        }

    straight = list(range(len(rows)))
    wanted = found(straight, [0, 1, 2, 3])
    assert len(wanted) > 30
    assert found(straight[::-1], [0, 1, 2, 3]) == wanted
    assert found(straight, [3, 1, 0, 2]) == wanted
