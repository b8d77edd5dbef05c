"""One word for one thing: no text holds a word that the glossary (``docs/istilah.md``) has another one for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages.extract import extract_from_dir

from tests.command_line import ROOT

GLOSSARY = ROOT / "docs" / "istilah.md"
_WRITTEN_IN = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
NAMES = (
    r"\{\w+\}|--[\w-]+|`[^`]*`|\b\w+\.(?:toml|yaml|xlsx|txt)\b|\"[^\"]*\"|\b(?:File|Data|Tools) >"  # no words of ours
)


def unwanted() -> list[str]:
    """The words of the column "not", without those in italics and without what stands in brackets."""
    rows = [line.strip("|").split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if "|" in line]
    cells = [re.sub(r"\([^)]*\)", "", row[2]) for row in rows if len(row) == 4]
    words = [word.strip() for cell in cells for word in cell.split(",")]
    return [word for word in words if re.match(r"\w", word) and word != "not"]


def texts() -> Iterator[tuple[str, str]]:
    """Each text of the package and its pages with the file that says it."""
    for file, _line, text, _comments, _context in extract_from_dir(
        ROOT / "rosterkit", _WRITTEN_IN, keywords={"_": None, "N_": None}
    ):
        yield file, text if isinstance(text, str) else text[0]


def test_the_glossary_has_words() -> None:
    assert len(unwanted()) > 80
    assert {"ditahan", "lembar unggah", "temuan", "mustahil"} <= set(unwanted())


def test_no_text_holds_a_word_that_is_called_otherwise() -> None:
    words = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, unwanted()))})\b")
    found = [(file, hits, text) for file, text in texts() if (hits := words.findall(re.sub(NAMES, "", text)))]
    assert found == [], "docs/istilah.md names the word to use"
