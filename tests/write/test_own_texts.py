"""What is ours in a cell of remarks, and what is the sender's."""

from __future__ import annotations

import pytest

from rosterkit.language import in_every_language
from rosterkit.rules import RULES
from rosterkit.write.copies.own_texts import OwnTexts


class Facts(dict[str, str]):
    """A fact for every name; some end as sentences do, or hold several words."""

    def __missing__(self, name: str) -> str:
        return {"cell": "AB12", "signs": "( )", "written": 'Jl. Misal. No. "1"', "named": "Contoh Satu"}.get(name, "17")


def test_every_message_of_every_rule_is_recognised() -> None:
    """In both languages: a copy may have been made in the other one."""
    texts = [text for rule in RULES for text in (rule.message, *(rule.variants or {}).values())]
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
    mine = "NIK di A3 berisi 15 angka, seharusnya 16."
    assert OwnTexts().remove_from(text) == text
    assert OwnTexts().remove_from(f"{mine} {text}") == text
    assert OwnTexts([mine, mine[:9]]).remove_from(f"{mine} {mine} {text}") == text
