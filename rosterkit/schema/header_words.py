"""How headers are written, and whose their columns are: ``schemas/headers.yaml``."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.model import Strict, key
from rosterkit.schema.spec import FieldName


class HeaderWords(Strict):
    """Words of headers, in upper case; the file says what each list is for."""

    kind: Literal["headers"]
    others: tuple[str, ...] = ()
    others_beside_a_person: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    mothers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: dict[str, str] = key(default={})
    aliases: dict[FieldName, tuple[str, ...]] = key(default={})
    former: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    no_category: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    list_words: tuple[str, ...] = ()
    neutral_headings: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    not_gone: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    sheets_of_others: tuple[str, ...] = ()
    older_sheets: tuple[str, ...] = ()
    not_older: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
