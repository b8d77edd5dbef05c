"""What most rows of a copy have in common, the cell of a text and the attributes of their tags, worked out once."""

from __future__ import annotations

import re
from functools import lru_cache

from rosterkit.model.cells import column_letters
from rosterkit.write.patch.edit import Change
from rosterkit.write.patch.mark_style import LINE_HEIGHT
from rosterkit.write.patch.texts import escape_cell_text

SPANS = re.compile(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""")
HEIGHT = re.compile(rb"""\sht\s*=\s*["']([\d.]+)["']""")
_SHARED = 256  # texts and tags that are remembered; what people are takes three texts


@lru_cache(_SHARED)
def make_text_cell(prefix: str, column: int, style: int, text: str) -> tuple[str, str]:
    """Return the cell of a text before and after the number of its row; the prefix is that of elements."""
    p = prefix
    inside = f'<{p}is><{p}t xml:space="preserve">{escape_cell_text(text)}</{p}t></{p}is>'
    return f'<{p}c r="{column_letters(column)}', f'" s="{style}" t="inlineStr">{inside}</{p}c>'


@lru_cache(_SHARED)
def change_row_attributes(attributes: bytes, last: int, lines: int) -> tuple[Change, ...]:
    """Return the changes to the attributes of a row, in order: the columns that it spans, and its height.

    Args:
        attributes: those of its tag, without the number where that stands first, and without the end of the tag.
        last: its last new column, from 0; -1 where it has none.
        lines: how many lines its texts take.
    """
    changes: list[Change] = []
    spans, height = SPANS.search(attributes), HEIGHT.search(attributes)
    if spans and int(spans[2]) <= last:
        changes.append((spans.start(2), spans.end(2), b"%d" % (last + 1)))
    wanted = b"%g" % min(lines * LINE_HEIGHT, 409)
    if lines and height:
        if float(wanted) > float(height[1]):
            changes.append((height.start(1), height.end(1), wanted))
    elif lines > 1:
        place = len(attributes) - attributes.endswith(b"/")
        changes.append((place, place, b' ht="' + wanted + b'"'))
    return tuple(sorted(changes))
