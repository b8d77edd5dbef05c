"""Files that were dropped on ``Periksa.bat``, from the command line as Windows wrote it.

``cmd /c ""C:\\kerja\\Periksa.bat" "C:\\RT 03.xlsx" C:\\RT&04.xlsx"``: names with spaces are quoted, others are not,
and cmd itself would break the second one at its ``&`` and replace ``%``. No name on Windows holds a quote.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

DROPPED, PROJECT = "ROSTERKIT_DROPPED", "ROSTERKIT_PROJECT"
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


def dropped_paths(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the files and folders that were dropped; none where it was a double click."""
    _cmd, _option, words = environment.get(DROPPED, "").partition("/c ")
    if not words:
        _cmd, _option, words = environment.get(DROPPED, "").partition("/C ")
    words = words.strip()
    if words.startswith('""') and words.endswith('"'):  # around the whole
        words = words[1:-1]
    return [quoted or plain for quoted, plain in _WORD.findall(words)][1:]
