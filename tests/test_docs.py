"""What is written down is true."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil

import pytest
from babel.messages.pofile import read_po

from rosterkit.language import catalogue
from rosterkit.rules import RULES, rule_codes
from rosterkit.schema.load import load_roster, load_upload
from tests.helpers import ROOT, SPEC, cli, write_book
from tests.test_across import HEAD, person
from tests.test_words import texts


def test_the_page_of_rules_is_as_they_are():
    made = runpy.run_path(str(ROOT / "docs" / "rules_page.py"))["page"]()
    assert made == (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), "run: python docs/rules_page.py"
    for rule in RULES:
        assert f"## {rule.code} {rule.name}\n" in made


def test_the_reference_of_schemas_is_as_the_models_are():
    made = runpy.run_path(str(ROOT / "docs" / "schema_page.py"))["page"]()
    assert made == (ROOT / "docs" / "schema.md").read_text(encoding="utf-8"), "run: python docs/schema_page.py"
    rows = [line for line in made.partition("## Reference")[2].splitlines() if line.startswith("| `")]
    unsaid = [row for row in rows if row.endswith("|  |")]
    assert unsaid == [], "write a comment beside the key in its model"


def test_the_schema_of_the_page_is_one(tmp_path):
    text = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(kind: roster\n.*?)```", text, re.S)
    (tmp_path / "own.yaml").write_text(block, encoding="utf-8")
    spec = load_roster(str(tmp_path / "own.yaml"), rule_codes)
    assert spec.ages.min == 18
    assert spec.rules["RK202"].ignore == ("address",)


def test_the_form_of_the_page_is_one(tmp_path):
    text = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(kind: upload\n.*?)```", text, re.S)
    (tmp_path / "own.yaml").write_text(block, encoding="utf-8")
    form = load_upload(str(tmp_path / "own.yaml"))
    assert f"gabungan.{form.output_name}.xlsx" in text


def test_every_text_has_its_english():
    with catalogue().open("rb") as source:
        known = {message.id for message in read_po(source, locale="en") if message.id and message.string}
    said = {text for _file, text in texts()}
    said |= set(SPEC.labels().values())
    assert said - known == set(), "translate in rosterkit/locale/en/rosterkit.po"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder that holds every file that the pages name."""
    folder = tmp_path_factory.mktemp("kerja")
    for name in ("masuk", "acuan"):
        (folder / name).mkdir()
    (folder / "rosterkit.toml").write_text('schema = "kediri-2025"\nout = "masuk/hasil"\n', encoding="utf-8")
    for name in (
        "masuk/Usulan RT 03.xlsx",
        "RT 03.xlsx",
        "lama.xlsx",
        "baru.xlsx",
        "RT 03 lama.xlsx",
        "RT 03 baru.xlsx",
    ):
        write_book(folder / name, [HEAD, person(1), [person(2)[0][:15], *person(2)[1:]]])
    for name in ("SK.xlsx", "SK 2025.xlsx", "SK lama.xlsx", "SK baru.xlsx", "peserta.xlsx", "padan.xlsx"):
        people = [[*person(n)[:2], "25000009901", "01-03-2019", "31-12-2019", "Padan"] for n in (1, 2)]
        write_book(folder / name, [["NIK", "NAMA", "KPJ", "TGL_KEPESERTAAN", "TGL_BERAKHIR", "STATUS"], *people])
    write_book(folder / "acuan" / "pengirim.xlsx", [["Kelurahan", "RT", "RW"], ["Umpamarejo", 3, 5]])
    form = load_upload("sipp-tk-baru")
    write_book(folder / "Template TK.xlsx", [[column.header for column in form.columns]])
    assert cli("check", "masuk", cwd=folder).returncode == 1
    shutil.copy(folder / "masuk" / "hasil" / "Usulan RT 03.periksa.xlsx", folder / "RT 03.periksa.xlsx")
    shutil.copytree(folder / "masuk" / "hasil", folder / "hasil")
    return folder


def commands() -> list[str]:
    """The commands of the README and the guide, as they are typed."""
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/panduan.md")]
    found = [text for page in pages for text in re.findall(r"`(rosterkit [^`]*)`", page.replace("\n", " "))]
    others = ("COMMAND", "PATH...", "rosterkit desk", "rosterkit watch")  # no commands, or without an end
    return [text for text in dict.fromkeys(found) if not any(other in text for other in others)]


@pytest.mark.bench
@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_pages_does_what_it_says(project, command):
    words = shlex.split(command.replace("\\", "/"))[1:]
    for left in ("lampiran.xlsx", "formulir.xlsx", "perubahan.xlsx"):
        (project / left).unlink(missing_ok=True)
    done = cli(*words, cwd=project)
    assert done.returncode in (0, 1), done.stderr
