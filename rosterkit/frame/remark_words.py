"""Reads what a remark, a status or the words in a name say of the person, by the words of ``schemas/remarks.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from rosterkit.frame.phrases import Phrases, pattern_of, plain_words, spans
from rosterkit.schema.load import load_remarks
from rosterkit.schema.remarks import MEANINGS, MeaningSpec, RemarkWords

OTHER = "other"  # a remark that decides nothing
_CLAUSE = re.compile(r"[,;|\n]| / | [-–—] |(?<=[a-z]{5})[.]\s", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)(?:[)\]}]|$)")
_BEHIND_DASH = re.compile(r"(?:\s[-–—]+|[-–—]+\s|[–—])\s*([^-–—()\[\]{}]+)$")
_TITLES = r"(?:(?:h|hj|dr|drs|dra|ir|kh|ust|prof|sdr|sdri|bpk|bapak|ibu) )*"
_BRACKETS = re.compile(r"[()\[\]{}]")
_TICKS = frozenset("✓✔√☑")
_NOT_BEFORE = 3  # words before another one in which "not" is looked for


class _Meaning:
    """The compiled words of one meaning."""

    def __init__(self, name: str, parts: Sequence[MeaningSpec]) -> None:
        def of(key: str) -> list[str]:
            return [word for part in parts for word in getattr(part, key)]

        self.name = name
        self.signs, self.last_signs = tuple(of("signs")), tuple(of("last_signs"))
        self.words, self.beside, self.unless = (pattern_of(of(key)) for key in ("words", "beside", "unless"))
        self.alone = frozenset(plain_words(word) for word in (*of("alone"), *of("words")) if "*" not in word)
        self.last = [plain_words(word) for word in of("last")]
        self.titles = [plain_words(word) for word in of("titles")]
        self.elsewhere = pattern_of(of("elsewhere"))

    def has_sign(self, text: str) -> bool:
        """Whether a remark has one of the signs, or is one."""
        return text.strip() in self.last_signs or any(sign in text for sign in self.signs)

    def fits(self, clause: str) -> bool:
        """Whether the words that must or must not stand beside it are as they should be."""
        return not (self.beside and not self.beside.search(clause)) and not (self.unless and self.unless.search(clause))


class RemarkReader:
    """Says of a remark or a name what it means: one of ``MEANINGS``, ``other``, or None for nothing.

    Args:
        more: the words that a programme adds to those of ``schemas/remarks.yaml``.
    """

    def __init__(self, more: RemarkWords) -> None:
        parts: tuple[RemarkWords, ...] = (load_remarks(), more)

        def of(key: str) -> list[str]:
            return [word for part in parts for word in getattr(part, key)]

        self._meanings = [_Meaning(name, [getattr(part, name) for part in parts]) for name in MEANINGS]
        self._unrelated, self._not = pattern_of(of("unrelated")), pattern_of(of("negations"))
        self._else = pattern_of(of("somebody_else"), "(?:nya|ku)?")
        self._fillers = pattern_of([*of("fillers")])
        self._name_of_other = pattern_of(of("name_of_other"))
        self._nothing = frozenset(map(plain_words, of("nothing")))
        self._of_others, self._things = pattern_of(of("other_columns")), pattern_of(of("things"))
        self._colours, self._conditions = pattern_of(of("colours")), pattern_of(of("conditions"))
        self._answers = [
            (one, pattern_of(one.headers), frozenset(map(plain_words, one.says)) - {plain_words("")})
            for part in parts
            for one in part.answers
        ]
        self.in_a_name = self._make_hint()
        words = {word.split()[0] for one in self._meanings for word in one.alone if word.strip()}
        signs = {sign for one in self._meanings for sign in one.signs}
        self.anything = re.compile("|".join(map(re.escape, sorted(words | signs))) or "(?!)", re.IGNORECASE)
        elsewhere = (word for part in parts for name in MEANINGS for word in getattr(part, name).elsewhere)
        self.anywhere = f"(?i){'|'.join(re.escape(plain_words(word).split()[0]) for word in elsewhere) or '^$a'}"

    def _make_hint(self) -> str:
        """Return a pattern (of polars) for the names in which anything can stand."""
        last = "|".join(word.strip().replace(" ", "[^a-z0-9]+") for one in self._meanings for word in one.last)
        first = "|".join(word.strip() for one in self._meanings for word in one.titles)
        signs = "|".join(re.escape(sign) for one in self._meanings for sign in one.signs)
        ends = [rf"(?:^|[^a-z])(?:{last})[^a-z]*$", rf"(?:^|[^a-z])(?:{first})[^a-z]"]
        ends += [rf"{re.escape(sign)}[ .]*$" for one in self._meanings for sign in one.last_signs]
        parts = [r"[(\[{]", r"\s[-–—]|[-–—]\s|[–—]", *ends]
        return f"(?i){'|'.join(filter(None, (*parts, signs)))}"

    def read_remark(self, text: str) -> str | None:
        """Return what a remark or a status says of the person."""
        clauses = [clause for part in _CLAUSE.split(text) if (clause := plain_words(part)).strip()]
        for meaning in self._meanings:
            if meaning.has_sign(text) or any(self._says(meaning, clause) for clause in clauses):
                return meaning.name
        return OTHER if any(self._is_remark(clause) for clause in clauses) else None

    def read_bare(self, text: str, whole: str) -> str | None:
        """Return what a text says where it is nothing but the words of one meaning; None for any other text.

        Args:
            text: the text.
            whole: the one that it was cut from, which may say that these words are about something else.
        """
        if self._unrelated and self._unrelated.search(plain_words(whole)):
            return None
        bare = self._without_fillers(plain_words(text))
        return next((meaning.name for meaning in self._meanings if bare in meaning.alone), None)

    def read_elsewhere(self, text: str) -> str | None:
        """Return what a cell says of the person whose field is made for something else, such as an address."""
        clauses = [plain_words(part) for part in _CLAUSE.split(_BRACKETS.sub(",", text))]
        bare = [self._without_fillers(clause) for clause in clauses]
        for meaning in self._meanings:
            for clause, rest in zip(clauses, bare, strict=True):
                begins = meaning.elsewhere.match(rest, 1) if meaning.elsewhere else None
                if begins and self._says(meaning, clause):
                    return meaning.name
        return None

    def read_mother(self, text: str) -> str | None:
        """Return what stands in place of a mother's name; what stands behind her name is hers."""
        return self.read_elsewhere(_CLAUSE.split(_BRACKETS.sub(",", text.strip("([{ ")))[0])

    def read_cell(self, text: str, header: str) -> str | None:
        """Return what a cell in a column that is no field's says of the person; nothing where that is about others."""
        head, said = plain_words(header), self.read_answer(text, header) or self.read_remark(text)
        if said not in MEANINGS or not head.strip():
            return said
        is_thing = said != "insured" and self._things and self._things.search(head)
        if self._is_about_others(head) or (is_thing and not self._has_died(text)):
            return None
        joined = f"{head}{plain_words(text)[1:]}"
        across = any(first < len(head) - 1 < last for first, last in spans(self._unrelated, joined))
        return None if across else said

    def _has_died(self, text: str) -> bool:
        """Whether a text says it in words that are said of people alone."""
        words = self._meanings[0].words
        return bool(words and words.search(plain_words(text))) and self.read_remark(text) == self._meanings[0].name

    def read_answer(self, text: str, header: str) -> str | None:
        """Return what a short answer says of the person under the header of its column."""
        if not self.is_question(header):
            return None
        head = plain_words(header)
        answer = plain_words("v" if text.strip() in _TICKS else text)
        is_number = not self._without_fillers(answer).strip() and any(sign in "123456789" for sign in answer)
        for spec, headers, says in self._answers:
            if (answer in says or (is_number and "#" in spec.says)) and self._asks(headers, head):
                return spec.meaning
        return None

    def is_question(self, header: str) -> bool:
        """Whether short answers mean something under a header."""
        head = plain_words(header)
        return not self._is_about_others(head) and any(self._asks(one, head) for _spec, one, _says in self._answers)

    def _asks(self, headers: Phrases | None, head: str) -> bool:
        """Whether a header has one of some words, without a "not" before it, and not as part of something unrelated."""
        for start, _end in spans(headers, self._without_unrelated(head)):
            before = " ".join(["", *head[:start].split()[-1:], ""])
            if not (self._not and self._not.search(before)):
                return True
        return False

    def _is_about_others(self, head: str) -> bool:
        return any(one and one.search(self._without_unrelated(head)) for one in (self._else, self._of_others))

    def is_legend(self, text: str) -> bool:
        """Whether a line says that rows of some colour are taken off."""
        has_colour = self._colours and self._colours.search(plain_words(text)) and re.search("[=:]", text)
        return bool(has_colour) and any(self.read_remark(part) in MEANINGS for part in re.split("[=:,;/]", text))

    def is_condition(self, text: str) -> bool:
        """Whether a line says what would be, not what is."""
        return bool(self._conditions and self._conditions.search(plain_words(text)))

    def read_occupation(self, text: str) -> str | None:
        """Return ``excluded`` for an occupation that is none of a vulnerable worker, else None."""
        excluded = next(one for one in self._meanings if one.name == "excluded")
        clauses = [plain_words(part) for part in _CLAUSE.split(text.replace("/", ","))]
        return excluded.name if any(self._says(excluded, clause) for clause in clauses) else None

    def read_name(self, name: str) -> str | None:
        """Return what the words in brackets, behind a dash, at the end or at the beginning of a name say.

        ``other``: they may be about somebody else, whom the name mentions before them (bin, istri).
        """
        best: tuple[int, str] | None = None
        for start, meaning in self._name_parts(name):
            links = spans(self._name_of_other, self._without_unrelated(plain_words(name[:start])))
            found = (len(MEANINGS), OTHER) if any(links) else (MEANINGS.index(meaning), meaning)
            best = min(best, found) if best else found
        return best[1] if best else None

    def _name_parts(self, name: str) -> Iterator[tuple[int, Any]]:
        """Yield where in a name something is said of the person, and what."""
        for pattern in (_IN_BRACKETS, _BEHIND_DASH):
            for match in pattern.finditer(name):
                said = self.read_remark(match[1])
                if said in MEANINGS:
                    yield match.start(), said
        words = plain_words(name)
        for meaning in self._meanings:
            yield from ((0, meaning.name) for sign in meaning.signs if sign in name)
            yield from ((len(name), meaning.name) for sign in meaning.last_signs if name.rstrip(" .").endswith(sign))
            if any(words.endswith(word) and words != word for word in meaning.last):
                yield len(name), meaning.name
            if any(re.match(f" {_TITLES}{word[1:]}", words) for word in meaning.titles):
                yield 0, meaning.name

    def _says(self, meaning: _Meaning, clause: str) -> bool:
        """Whether a clause says it of the person: not of somebody else, and without a "not"."""
        if not meaning.fits(clause):
            return False
        if not meaning.beside and {clause, self._without_fillers(clause)} & meaning.alone:
            return True
        unrelated = list(spans(self._unrelated, clause))
        others = list(spans(self._else, self._without_unrelated(clause)))
        for start, end in spans(meaning.words, clause):
            if any(first <= start and end <= last and last - first > end - start for first, last in unrelated):
                continue
            if any(first < start or first == end + 1 for first, _last in others):
                continue
            before = " ".join(["", *clause[:start].split()[-_NOT_BEFORE:], ""])
            if not (self._not and self._not.search(before)):
                return True
        return False

    def _is_remark(self, clause: str) -> bool:
        bare = self._without_fillers(clause)
        return bool(bare.strip()) and clause not in self._nothing and bare not in self._nothing

    def _without_fillers(self, clause: str) -> str:
        bare = self._fillers.sub("", clause) if self._fillers else clause
        return f" {' '.join(word for word in bare.split() if not word.isdecimal())} "

    def _without_unrelated(self, clause: str) -> str:
        """Return a clause with the same length, the unrelated phrases replaced by digits."""
        return self._unrelated.sub(lambda match: "0" * len(match[0]), clause) if self._unrelated else clause


@lru_cache(maxsize=4)
def remark_reader(more: RemarkWords) -> RemarkReader:
    """Return the reader for the words that a programme adds."""
    return RemarkReader(more)
