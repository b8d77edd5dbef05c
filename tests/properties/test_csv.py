"""Properties of CSV files with quotes: nobody vanishes, nobody's line is joined to another's, no error leaves."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from rosterkit.read.csv_text import read_csv
from tests.helpers import examples

HEAD = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "Kategori"]
NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
WORDS = st.sampled_from(["Jl. Contoh", "RT 3", "Gg. Misal, No 2", "janda", "lansia; sakit", 'Mbah "Contoh"', "", " "])
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """One to three words, some with a line break between them."""
    text = draw(WORDS)
    for word in draw(st.lists(WORDS, max_size=2)):
        text += draw(st.sampled_from([" ", ", ", "\n"])) + word
    return text


@st.composite
def files(draw: st.DrawFn, stray: int) -> str:
    """A CSV file of up to 12 people, with stray quotes at any place."""
    separator = draw(st.sampled_from(";,\t|"))
    end = draw(BREAKS)
    blank = draw(st.sampled_from(["", "", " "]))

    def cell(value: str, quoted: bool) -> str:
        if quoted or re.search(f'[\r\n"{re.escape(separator)}]', value):
            return blank + '"' + value.replace('"', '""') + '"'
        return value

    people = [
        [f"357101{number + 1:02}0185{9900 + number}", f"Contoh {number}", "01-01-1985", draw(addresses()), "Pemulung"]
        for number in range(draw(st.integers(1, 12)))
    ]
    quoted = draw(st.sampled_from([(), (3,), range(5)]))
    rows = [[cell(value, column in quoted) for column, value in enumerate(row)] for row in [HEAD, *people]]
    text = end.join(separator.join(row) for row in rows) + draw(st.sampled_from(["", end, end * 2]))
    for _ in range(draw(st.integers(0, stray))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + '"' + text[place:]
    head = draw(st.sampled_from(["", "\ufeff", f"sep={separator}{end}"]))
    return head + text


def numbers(rows: list[list[str]]) -> Counter[str]:
    return Counter(number for row in rows for cell in row for number in NUMBER.findall(cell.replace('"', "")))


@examples(100, derandomize=False)
@given(text=files(stray=0))
def test_lines_within_quotes_stay_one_cell(text):
    sheet = read_csv("a", text.encode())
    people = [row for row in sheet.rows if NUMBER.search(row[0])]
    assert sheet.extras.swallowed == ()
    assert (
        sum(map(len, map(NUMBER.findall, text.splitlines())))
        == len(people)
        == len([r for r in sheet.rows if any(r)]) - 1
    )
    assert all(row[4:] == ["Pemulung"] for row in people)


@examples(250, derandomize=False)
@given(text=files(stray=3))
@example(text='NIK,Nama,Kategori\n3571010101859901,Contoh A,"janda\n3571010201859902,Contoh B,lansia" \n')
def test_every_person_of_the_file_is_in_a_row_of_her_own(text):
    sheet = read_csv("a", text.encode())
    assert numbers(sheet.rows) == Counter(NUMBER.findall(text.replace('"', "")))
    held = {place.row for place in sheet.extras.swallowed}
    for number, row in enumerate(sheet.rows):
        assert number in held or len(numbers([row])) <= 1, "two people are in one row, and nothing says so"


@examples(100, derandomize=False)
@given(
    text=st.text(st.sampled_from('";,\t|\r\n\0 a1=\ufeff'), max_size=60),
    head=st.sampled_from(["", "sep=;\n", 'sep="\n']),
)
def test_no_text_is_an_error(text, head):
    rows = read_csv("a", (head + text).encode()).rows
    assert len({len(row) for row in rows}) <= 1


@examples(100, derandomize=False)
@given(text=files(stray=2))
def test_undecided_lines_are_lines_of_the_file(text):
    lines = re.split(r"\r\n|\r|\n", text)
    for place in read_csv("a", text.encode()).extras.swallowed:
        assert '"' in lines[place.line - 1]
        assert place.line + place.count <= len(lines)
