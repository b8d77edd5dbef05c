"""The words that values are written with: ``schemas/words.yaml``, and what an office adds to it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rosterkit.schema.programme import Strict

Sex = Literal["L", "P"]
VersionMeaning = Literal["older", "newer", "copy", "added"]
Match = Literal["matching", "mismatching", "missing", "deceased"]
Membership = Literal["active", "inactive"]


class WordsSpec(Strict):
    """Word -> meaning.

    Args:
        sex: of the sexes.
        labels: in the cell of a number, and which number they announce.
        mother_name: what is no mother's name.
        two_people: between the names of two people in one cell, or at the end of a name.
        above: in the place of what stands above, as ditto marks do.
        versions: in a file's name, and what they say of its version.
        population, membership: what an office adds to the words of Dukcapil's results and of BPJS's statuses.
    """

    kind: Literal["words"] = "words"  # of a file; never written in a programme
    sex: dict[str, Sex] = Field(default={})
    labels: dict[str, Literal["nik", "kk", "number"]] = Field(default={})
    mother_name: dict[str, Literal["unknown"]] = Field(default={})
    two_people: dict[str, Literal["between", "last"]] = Field(default={})
    above: dict[str, Literal["same"]] = Field(default={})
    versions: dict[str, VersionMeaning] = Field(default={})
    population: dict[str, Match] = Field(default={})
    membership: dict[str, Membership] = Field(default={})
