"""The words that values are written with: ``schemas/words.yaml``, and what an office adds to it."""

from __future__ import annotations

from typing import Literal

from rosterkit.schema.model import Strict, key

Sex = Literal["L", "P"]
VersionMeaning = Literal["older", "newer", "copy", "added"]
Match = Literal["matching", "mismatching", "missing", "deceased"]
Membership = Literal["active", "inactive"]


class WordsSpec(Strict):
    """Word -> meaning.

    Args:
        sex: of the sexes.
        labels: in the cell of a number, and which number they announce.
        ditto: that say "as above", everywhere or in remarks alone.
        mother_name: what is no mother's name.
        two_people: between the names of two people in one cell, or at the end of a name.
        versions: in a file's name, and what they say of its version.
        population, membership: what an office adds to the words of Dukcapil's results and of BPJS's statuses.
    """

    kind: Literal["words"] = "words"  # of a file; never written in a programme
    sex: dict[str, Sex] = key(default={})
    labels: dict[str, Literal["nik", "kk", "number"]] = key(default={})
    ditto: dict[str, Literal["ditto", "remark"]] = key(default={})
    mother_name: dict[str, Literal["unknown"]] = key(default={})
    two_people: dict[str, Literal["between", "last"]] = key(default={})
    versions: dict[str, VersionMeaning] = key(default={})
    population: dict[str, Match] = key(default={})
    membership: dict[str, Membership] = key(default={})
