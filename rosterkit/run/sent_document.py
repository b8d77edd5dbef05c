"""What ``terunggah.json`` may hold; pydantic is loaded only where somebody has such a file."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_Text = Annotated[str, Field(min_length=1, max_length=255)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
_Hashes = Annotated[str, Field(pattern=r"^[0-9a-f]*$", max_length=16_384)]


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: _Text
    when: dt.date
    columns: tuple[Annotated[str, Field(max_length=255)], ...] = ()
    people: dict[_Hash, _Hashes]
    named: tuple[_Hash, ...] = ()


class Document(BaseModel):
    """The whole file: the key of its hashes, SHA-256 of an upload sheet -> what is remembered of it."""

    model_config = ConfigDict(extra="forbid")
    version: Literal[3]
    key: str = Field(pattern=r"^[0-9a-f]{32}$")
    sheets: dict[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], _Sheet]


class _Older(BaseModel):
    """An upload sheet as rosterkit remembered it before it knew what was sent of somebody."""

    name: _Text
    when: dt.date
    people: list[_Hash]


def read_document(content: str) -> Document:
    """Return what a file says.

    Raises:
        ValueError: it is damaged, or of a newer rosterkit.
    """
    return Document.model_validate(_from_older(json.loads(content)))


def _from_older(document: object) -> object:
    """A document of an older version in the form of this one.

    The first did not know what was sent of somebody, the second nobody's name.
    """
    if not isinstance(document, dict) or not isinstance(document.get("sheets"), dict):
        return document
    if document.get("version") == 2:
        return {**document, "version": 3}
    if document.get("version") != 1:
        return document
    older = {key: _Older.model_validate(one) for key, one in document["sheets"].items()}
    sheets = {
        key: {"name": one.name, "when": one.when, "people": dict.fromkeys(one.people, "")} for key, one in older.items()
    }
    return {**document, "version": 3, "sheets": sheets}
