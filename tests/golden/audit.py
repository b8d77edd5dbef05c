"""What a port of the Open XML SDK's validation says of a package, with what Excel would repair or rewrite."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from openxml_audit import OpenXmlValidator


def audit(path: Path) -> Counter[tuple[str, str]]:
    """Return the findings of a package: part and text, without the numbers in it."""
    result = OpenXmlValidator().validate(str(path))
    return Counter((error.part_uri, re.sub(r"\d+", "N", error.description)) for error in result.errors)
