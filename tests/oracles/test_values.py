"""Phones, RT and RW, money, sexes and postal codes in every dress, against the value that was dressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import polars as pl
import pytest

from rosterkit.frame.normalise import money, phone, rt_rw, sex, text
from rosterkit.model.cells import Kind
from tests.helpers import SPEC

NUMBERS = range(1, 1000)


def column(field: str, texts: Iterable[str | None], kind: int = Kind.TEXT) -> dict[str, pl.Series]:
    """The raw columns of a field."""
    cells = pl.Series(texts, dtype=pl.String)
    kinds = pl.repeat(kind, len(cells), dtype=pl.UInt8, eager=True)
    return {f"{field}_raw": cells, f"{field}_text": cells, f"{field}_kind": kinds}


def read_rt_rw(
    rt: Iterable[str | None], rw: Iterable[str | None] | None = None, joined: bool = False, kind: int = Kind.TEXT
) -> tuple[list[str | None], list[str | None]]:
    """RT and RW of cells; without ``rw`` there is no such column, ``joined`` is one column for both."""
    first = column("rt", rt, kind)
    size = len(first["rt_raw"])
    second = column("rw", first["rt_raw"] if joined else [None] * size if rw is None else rw, kind)
    if rw is None and not joined:
        second["rw_kind"] = pl.repeat(Kind.ABSENT, size, dtype=pl.UInt8, eager=True)
    found = rt_rw.add_columns(
        pl.DataFrame({**first, **second}).with_columns(_rt_rw_joined=pl.lit(joined), _date_1904=pl.lit(False))
    )
    return found["rt"].to_list(), found["rw"].to_list()


ALONE = ["{n}", "{n:02}", "{n:03}", "{n:04}", "{n}.0", "{n}.00", " {n}", "{WORD} {n}", "{WORD}{n:03}", "{WORD}. {n:03}",
         "{word} {n}", "No. {n}", "{WORD}.{n:02}"]  # fmt: skip
TOGETHER = ["{a:03}/{b:03}", "{a}/{b}", "{a:02}-{b:02}", "RT {a} RW {b}", "RT.{a:03}/RW.{b:03}", "RT{a:03}RW{b:03}",
            "{a:03} / {b:03}", "{a}.{b:03}", "RT {a:03}, RW {b:03}", "{a} {b}", "rt {a}/rw {b}",
            "{a:04}/{b:04}"]  # fmt: skip


@pytest.mark.parametrize("dress", ALONE)
def test_every_rt_and_rw_has_three_digits(dress: str) -> None:
    """1 to 999 are three digits however they are written, in columns of their own and in one for both."""
    texts = {word: [dress.format(n=n, WORD=word, word=word.lower()).strip() for n in NUMBERS] for word in ("RT", "RW")}
    right = [f"{n:03}" for n in NUMBERS]
    assert read_rt_rw(texts["RT"], texts["RW"]) == (right, right)
    assert read_rt_rw(texts["RT"]) == (right, [None] * 999)
    assert read_rt_rw(texts["RT"], joined=True) == (right, [None] * 999)


@pytest.mark.parametrize("dress", TOGETHER)
def test_every_pair_of_rt_and_rw_gives_each_its_half(dress: str) -> None:
    """A cell with both gives the first number to the RT and the second to the RW, wherever it stands."""
    few = (*range(1, 13), 31, 99, 100, 101, 999)
    pairs = sorted({(a, b) for a in few for b in few} | {(1, n) for n in NUMBERS} | {(n, 1) for n in NUMBERS})
    texts = [dress.format(a=a, b=b) for a, b in pairs]
    right = [f"{a:03}" for a, _b in pairs], [f"{b:03}" for _a, b in pairs]
    assert read_rt_rw(texts) == right
    assert read_rt_rw(texts, joined=True) == right
    assert read_rt_rw(texts, texts) == right


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.NUMBER])
def test_a_pair_that_became_a_date_is_its_day_and_its_month(kind: int) -> None:
    """3/5 is a day of May for Excel, every third day from 2000 to 2040, as a date cell and as its number."""
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=number) for number in range(0, 41 * 365, 3)]
    texts = [f"{36_526 + (day - days[0]).days}" if kind == Kind.NUMBER else f"{day:%Y-%m-%d}" for day in days]
    right = [f"{day.day:03}" for day in days], [f"{day.month:03}" for day in days]
    assert read_rt_rw(texts, kind=kind) == right
    assert read_rt_rw(texts, joined=True, kind=kind) == right
    assert read_rt_rw(texts, texts, kind=kind) == right


def test_a_number_cell_is_its_rt() -> None:
    """Numbers are RTs up to 999, days from 30000 to 69999, and nothing between, before and after."""
    rest = [0, *range(1000, 30_000, 7), *range(70_000, 100_000, 7), 100_000, 1_000_000, 2**31, 2**63]
    texts = [str(number) for number in (*NUMBERS, *rest)]
    right = [f"{n:03}" for n in NUMBERS] + [None] * len(rest)
    assert read_rt_rw(texts, kind=Kind.NUMBER) == (right, [None] * len(texts))
    assert read_rt_rw(texts, texts, kind=Kind.NUMBER) == (right, right)


MOBILE = "8123456789012345"
LOCAL = [first + MOBILE[1:length] for first in ("8", "3", "2") for length in range(1, 17)]  # without the 0


def read_phones(texts: Iterable[str], kind: int = Kind.TEXT) -> list[str | None]:
    """The phone numbers of cells."""
    return pl.DataFrame(column("phone", texts, kind)).select(phone.make_columns("phone"))["phone"].to_list()


@pytest.mark.parametrize("dress", ["0{n}", "+62{n}", "62{n}", "+62 {n}", "+62-{n}", "(0){n}", "+620{n}", "+62 (0){n}",
                                   "0{n} / 081299999999", "0{n} atau 0812-9999-9999", "+62{n}, 0812"])  # fmt: skip
def test_a_phone_number_is_the_same_in_every_dress(dress: str) -> None:
    """9 to 14 digits with the 0 are a number, with 0 or 62 before them; shorter and longer ones are none."""
    right = [f"0{number}" if 9 <= len(number) + 1 <= 14 else None for number in LOCAL]
    assert read_phones(dress.format(n=number) for number in LOCAL) == right


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER])
@pytest.mark.parametrize("end", ["", ".0"])
def test_a_mobile_number_without_its_0_gains_it(kind: int, end: str) -> None:
    """Excel drops the 0 of a number cell, and programs write .0 behind it; no digit is gained or lost."""
    numbers = [number for number in LOCAL if number[0] == "8"]
    right = [f"0{number}" if 9 <= len(number) + 1 <= 14 else None for number in numbers]
    assert read_phones((f"{number}{end}" for number in numbers), kind) == right


def test_separators_anywhere_change_no_digit_of_a_phone_number() -> None:
    """A dot, dash, space, underscore or bracket between any two digits leaves the number as it is."""
    number = "081234567890"
    signs = [".", "-", "_", "(", ")", " ", " - "]
    texts = [f"{number[:at]}{sign}{number[at:]}" for at in range(1, 12) for sign in signs]
    assert set(read_phones(texts)) == {number}


AMOUNTS = sorted({
    *range(300), 999, 1000, 1001,
    *(digit * 10**zeros for digit in range(1, 10) for zeros in range(19) if digit * 10**zeros < 2**63),
    *range(999_000, 1_001_000, 97), 1_234_567, 12_345_678, 2**31 - 1, 2**31, 2**32, 2**53 + 1, 2**63 - 1,
})  # fmt: skip


def read_money(texts: Iterable[str], kind: int = Kind.TEXT) -> list[int | None]:
    """The amounts of cells."""
    return pl.DataFrame(column("income", texts, kind)).select(money.make_columns("income"))["income"].to_list()


def grouped(amount: int, sign: str) -> str:
    """An amount with a sign between thousands."""
    return f"{amount:,}".replace(",", sign)


@pytest.mark.parametrize("end", ["", ",-", ".-", "/bln", "/bulan", " / bulan", ",-/bulan"])
@pytest.mark.parametrize("start", ["", "Rp", "Rp ", "Rp. ", "rp.", "RP "])
def test_every_amount_is_the_same_in_every_dress(start: str, end: str) -> None:
    """Plain, with dots or commas between thousands, with Rp before and a unit behind."""
    texts = [text for amount in AMOUNTS for text in (str(amount), grouped(amount, "."), grouped(amount, ","))]
    assert read_money(f"{start}{text}{end}" for text in texts) == [amount for amount in AMOUNTS for _dress in range(3)]


@pytest.mark.parametrize("start", ["", "Rp "])
def test_decimals_are_no_rupiah(start: str) -> None:
    """Two decimals behind an amount, grouped or not, change nothing."""
    texts = [
        text
        for amount in AMOUNTS
        for text in (f"{amount}.00", f"{amount},00", f"{grouped(amount, '.')},00", f"{grouped(amount, ',')}.99")
    ]
    assert read_money(f"{start}{text}" for text in texts) == [amount for amount in AMOUNTS for _dress in range(4)]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["juta", "jt", " juta", " JT"])
def test_every_part_of_a_million_is_counted_to_the_rupiah(unit: str) -> None:
    """0,001 to 999,999 million, with one to three decimals and either sign."""
    thousandths = [*range(3000), *range(3000, 1_000_000, 37), 999_999]
    for sign in ",.":
        texts = [f"{n // 1000}{sign}{n % 1000:03}{unit}" for n in thousandths]
        assert read_money(texts) == [n * 1000 for n in thousandths]
        assert read_money(f"{n // 10}{sign}{n % 10}{unit}" for n in range(10_000)) == [
            n * 100_000 for n in range(10_000)
        ]
        assert read_money(f"{n // 100}{sign}{n % 100:02}{unit}" for n in range(0, 100_000, 7)) == [
            n * 10_000 for n in range(0, 100_000, 7)
        ]
    assert read_money(f"{n}{unit}" for n in range(1000)) == [n * 1_000_000 for n in range(1000)]


@pytest.mark.parametrize("unit", ["ribu", "rb", " ribu", " RB"])
def test_every_number_of_thousands_is_counted(unit: str) -> None:
    """0 to 9999 thousand."""
    assert read_money(f"{n}{unit}" for n in range(10_000)) == [n * 1000 for n in range(10_000)]


def test_what_no_amount_can_be_is_none() -> None:
    """Amounts beyond 64 bits, below nothing and in other words are null, never something else."""
    assert set(
        read_money([str(2**63), str(10**19), str(10**30), "-1", "-1.000", "1e6", "x", "1 miliar", "1-2 juta"])
    ) == {None}


MEN = ["L", "LK", "LL", "LK2", "LAKI", "PRIA", "COWOK", "LELAKI", "M", "MALE", "LAKI-LAKI", "LAKI2", "LAKILAKI"]
WOMEN = ["P", "PR", "PP", "PRM", "PRP", "PEREMPUAN", "WANITA", "WNT", "CEWEK", "F", "FEMALE"]


def read_sexes(texts: Sequence[str | None], women: Sequence[bool | None] | None = None) -> pl.DataFrame:
    """The sexes of cells; ``women`` is what their NIKs say (None: nothing)."""
    says = [None] * len(texts) if women is None else list(women)
    zero = pl.repeat(0, len(texts), dtype=pl.UInt32, eager=True)
    frame = pl.DataFrame(column("sex", texts)).with_columns(
        nik_female=pl.Series(says, dtype=pl.Boolean),
        nik_date=pl.Series([None if woman is None else dt.date(1985, 1, 1) for woman in says], dtype=pl.Date),
        _file=zero,
        _table=zero,
    )
    return sex.add_columns(frame, "sex", SPEC.words.sex).select("sex", "sex_fixed")


@pytest.mark.parametrize("dress", ["{}", "{} ", "{}.", " {}", "({})", "{word} ({letter})", "{letter} ({word})",
                                   "{letter}/{word}", "{number}. {word}", "{number} {word}"])  # fmt: skip
@pytest.mark.parametrize("case", [str, str.lower, str.title])
def test_every_word_of_a_sex_is_that_sex(dress: str, case: Callable[[str], str]) -> None:
    """Case, signs, the letter and the number of the same sex change nothing."""
    for sex_of, letter, number, words in (("L", "L", 1, MEN), ("P", "P", 2, WOMEN)):
        texts = [case(dress.format(word, word=word, letter=letter, number=number)) for word in words if len(word) > 1]
        assert read_sexes(texts)["sex"].to_list() == [sex_of] * len(texts)


def test_words_that_disagree_are_no_sex() -> None:
    texts = ["L Perempuan", "P Laki-laki", "W Pria", "Laki-laki/Perempuan", "L P", "L/P", "Pria Wanita", "L 3", "12"]
    assert set(read_sexes(texts)["sex"].to_list()) == {None}
    assert read_sexes(["P (Pria)", "W (Wanita)"])["sex"].to_list() == ["L", "P"]


def test_one_typing_error_is_read_where_it_leads_to_one_sex() -> None:
    """A letter more, less, other or swapped with the next in PEREMPUAN and LAKI-LAKI, told; two are not read."""
    for right, word in (("P", "PEREMPUAN"), ("L", "LAKI-LAKI"), ("P", "WANITA"), ("L", "LELAKI")):
        wrong = [word[:at] + word[at + 1 :] for at in range(1, len(word))]
        wrong += [word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in "AIUX"]
        wrong += [word[:at] + "X" + word[at + 1 :] for at in range(1, len(word))]
        found = read_sexes(wrong)
        assert set(found["sex"]) == {right}
    assert set(read_sexes(["PEREMPXXN", "LXXI-LAKI", "WANXXA", "PEREM", "LAKU"])["sex"]) == {None}


def test_no_other_two_letters_are_a_sex() -> None:
    """Of all texts of one or two letters and digits, only the known ones are a sex."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    texts = [*signs, *(one + other for one in signs for other in signs)]
    men, women = ("L", "LK", "LL", "M", "1", "01"), ("P", "PR", "PP", "W", "F", "2", "02")
    known = dict.fromkeys(men, "L") | dict.fromkeys(women, "P")
    assert read_sexes(texts)["sex"].to_list() == [known.get(one) for one in texts]


@pytest.mark.parametrize("codes", [("1", "2"), ("1.0", "2.0"), ("01", "02")])
def test_1_and_2_are_decided_by_the_niks_of_the_column(codes: tuple[str, str]) -> None:
    """Of up to 8 people with every number whose NIK says the opposite: the opposite takes 5 of them and 80 percent."""
    for size in range(1, 9):
        for against in range(size + 1):
            women = [number % 2 == 0 for number in range(size)]
            texts = [codes[woman != (number < against)] for number, woman in enumerate(women)]
            found = read_sexes(texts, women)
            usual = ["LP"[text == codes[1]] for text in texts]
            turned = against >= 5 and against / size >= 0.8
            assert found["sex"].to_list() == (["PL"[one == "P"] for one in usual] if turned else usual)
            assert (found["sex_fixed"].null_count() == size) == (against < size / 2)
    assert read_sexes([*codes])["sex_fixed"].to_list() == ["L", "P"]  # nothing proves it: told


def test_p_beside_w_is_pria_unless_the_niks_object() -> None:
    """W is wanita; P is pria where no other man stands in the column and no more NIKs of P are women's than men's."""
    for men in range(5):
        for women in range(5):
            texts = ["W", *["P"] * (men + women)]
            says = [True, *[False] * men, *[True] * women]
            meant = "L" if men >= women else "P"
            assert read_sexes(texts, says)["sex"].to_list() == ["P", *[meant] * (men + women)]
            assert set(read_sexes([*texts, "Lk"], [*says, False])["sex"][:-1]) == {"P"}
            assert set(read_sexes(texts[1:], says[1:])["sex"]) <= {"P"}
    assert read_sexes(["W", "P"])["sex"].to_list() == ["P", "L"]


@pytest.mark.parametrize("dress", ["{}", "{}.0", " {}", "{} "])
def test_every_postal_code_is_its_digits(dress: str) -> None:
    """10000 to 99999 keep their five digits, zeros at the end too."""
    codes = [str(code) for code in range(10_000, 100_000)]
    frame = pl.DataFrame(column("postal_code", (dress.format(code).strip() for code in codes)))
    assert frame.select(text.make_digit_columns("postal_code"))["postal_code"].to_list() == codes
