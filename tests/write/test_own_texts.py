"""What is ours in a cell of remarks, and what is the sender's."""

from __future__ import annotations

import pytest

from rosterkit.language import in_every_language
from rosterkit.rules import RULES
from rosterkit.write.copies.own_texts import OwnTexts


class Facts(dict[str, str]):
    """A fact for every name; some end as sentences do, or hold several words."""

    def __missing__(self, name: str) -> str:
        return {"cell": "AB12", "signs": "( )", "written": 'Gang "1", belakang', "named": "Contoh Satu"}.get(name, "17")


def test_all_that_rules_say_to_a_sender_is_recognised() -> None:
    """In both languages: a copy may have been made in the other one."""
    texts = [text for rule in RULES if rule.sender for text in rule.sender.texts()]
    messages = [translated.format_map(Facts()) for text in texts for translated in in_every_language(text)]
    assert len(messages) > 200
    assert [message for message in messages if OwnTexts().remove_from(message)] == []
    assert [
        message for message in messages if OwnTexts().remove_from(f"{message} Sudah benar.") != "Sudah benar."
    ] == []


@pytest.mark.parametrize(
    "text", ["lihat A9", "NIK salah, cek KTP", "B3: sudah pindah", "Nama ibu di G3 benar", "lunas."]
)
def test_words_of_the_sender_are_hers(text: str) -> None:
    mine = "NIK hanya 15 digit, seharusnya 16."
    assert OwnTexts().remove_from(text) == text
    assert OwnTexts().remove_from(f"{mine} {text}") == text
    assert OwnTexts([mine, mine[:9]]).remove_from(f"{mine} {mine} {text}") == text
