"""How dates are written: month names, and the patterns of a date in a text (Rust's regular expressions)."""

from __future__ import annotations

_MONTHS = {
    1: "JANUARI JANUARY JAN",
    2: "FEBRUARI PEBRUARI FEBRUARY FEB PEB FEBUARI PEBUARI",
    3: "MARET MARCH MAR MRT",
    4: "APRIL APR",
    5: "MEI MAY",
    6: "JUNI JUNE JUN",
    7: "JULI JULY JUL",
    8: "AGUSTUS AUGUST AGT AGS AGUST AUG AGU AGTS AGSTS",
    9: "SEPTEMBER SEP SEPT",
    10: "OKTOBER OCTOBER OKT OCT",
    11: "NOVEMBER NOPEMBER NOV NOP",
    12: "DESEMBER DECEMBER DES DEC",
}
MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}
ROMANS = {
    word: month
    for month, word in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_NAME = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_SEP = r"[\s./,\\\-'’]*"
WORDED = rf"\b(\d{{1,2}}){_SEP}({_NAME})\b{_SEP}(\d{{4}}|\d{{2}})\b|\b(\d{{1,2}}){_SEP}({_NAME})(\d{{4}}|\d{{2}})\b"
MONTH_FIRST = rf"\b({_NAME})\b[\s.]*(\d{{1,2}})(?:ST|ND|RD|TH)?(?:\s*,\s*|\s+)(\d{{4}})\b"  # January 1st, 1964
_GAP = r"(?:\s*[./,\\\-]+\s*|\s+)"
ROMAN = rf"\b(\d{{1,2}}){_GAP}(I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}}){_GAP}['’‘]?(\d{{4}}|\d{{2}})\b"
NUMERIC = rf"\b(\d{{1,2}}){_GAP}(\d{{1,2}})(?:{_GAP}['’‘]?|['’‘])(\d{{4}}|\d{{2}})\b"
ISO = r"\b(\d{4})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{1,2})\b"
TIME = r"(?:\s*T|\s*\b)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?\b"
_AGE = r"\(?\s*\b\d{1,3}\s*(?:TH|THN|TAHUN)\b\.?\s*\)?$"
# Other signs and words than those of a date, and the date without them; hours only where they cannot change the day.
DRESSES = (
    (rf"(?i){_AGE}", ""),
    (r"(?i)([A-Z][\s,./;:\-]*)\b(\d\d)(\d\d)((?:19|20)\d\d)$", "$1 $2-$3-$4"),
    (r"[–—‐‑‒−|_=]+", "-"),
    (r"\b(\d{1,2}):(\d{1,2}):(\d{4})\b", "$1-$2-$3"),
    (r"(?i)T00:00(?::00(?:\.0+)?)?Z$", ""),
    (r"(?i)(\d{4})\s+\d{1,2}\.\d{2}(?:\.\d{2})?(?:\s*WI(?:B|TA|T))?$", "$1"),
    (r"(?i)\b(?:TGL|TANGGAL|BULAN|BLN|TAHUN|THN)\b\.?\s*:?\s*", " "),
)

OTHER_DIGITS = {chr(first + digit): str(digit) for first in (0xFF10, 0x0660, 0x06F0) for digit in range(10)}
