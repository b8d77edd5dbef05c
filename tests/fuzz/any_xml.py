"""Faults anywhere in the XML of a package: an attribute, an element, a letter."""

from __future__ import annotations

import random
import re

from tests.fuzz.package_changes import XML, Change, Parts
from tests.fuzz.sheet_changes import ODD


def _any_part(chance: random.Random, parts: Parts) -> str:
    return chance.choice(parts.names(*XML) or ["x"]).lower()


def _replace(chance: random.Random, parts: Parts, pattern: bytes, change: str) -> None:
    """Change one match in one part."""

    def put(data: bytes) -> bytes:
        found = list(re.finditer(pattern, data, re.S))
        if not found:
            return data
        match = chance.choice(found)
        odd = chance.choice(ODD)
        new = {
            "value": match[0].partition(b"=")[0] + b'="' + odd + b'"', "out": b"", "twice": match[0] * 2,
            "text": b">" + odd + b"<", "name": match[0].replace(b"<", b"<x", 1).replace(b"</", b"</x"),
            "capital": match[0].swapcase(), "deep": b"<x>" * 3000 + match[0] + b"</x>" * 3000,
        }[change]  # fmt: skip
        return data[: match.start()] + new + data[match.end() :]

    parts.change(_any_part(chance, parts), put)


def odd_attribute(chance: random.Random, parts: Parts) -> None:
    for _ in range(chance.choice([1, 1, 4])):
        _replace(chance, parts, rb'(?<= )[\w:]+="[^"]*"', chance.choice(["value", "value", "value", "out", "capital"]))


def odd_element(chance: random.Random, parts: Parts) -> None:
    for _ in range(chance.choice([1, 1, 3])):
        _replace(
            chance,
            parts,
            rb"<(\w+)[^<>]*(?:/>|>[^<]*</\1>)",
            chance.choice(["out", "twice", "name", "capital", "deep"]),
        )


def odd_text(chance: random.Random, parts: Parts) -> None:
    _replace(chance, parts, rb">[^<]+<", "text")


def block_out(chance: random.Random, parts: Parts) -> None:
    _replace(chance, parts, rb"<(\w+)[ >].*?</\1>", chance.choice(["out", "twice"]))


def odd_bytes(chance: random.Random, parts: Parts) -> None:
    def put(data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(chance.choice([1, 3])):
            if changed:
                changed[chance.randrange(len(changed))] = chance.choice([0, 32, 38, 60, 62, 34, 39, 47, 65, 255, 128])
        return bytes(changed)

    parts.change(_any_part(chance, parts), put)


FAULTS: list[Change] = [odd_attribute, odd_attribute, odd_element, odd_element, odd_text, block_out, odd_bytes]
