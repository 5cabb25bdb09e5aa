"""Document symbols as they stand on real pages: read, printed, compared, found in text."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.errors import BadRecord
from goodoffices.core.symbols import Symbol, find_symbols, read_symbol, roman

# As found -> family, as printed, the number as a number.
REAL = {
    "S/RES/2584 (2021)": ("resolution", "S/RES/2584 (2021)", 2584),
    "S/RES/2584(2021)": ("resolution", "S/RES/2584 (2021)", 2584),
    "s/res/2584\u00a0(2021)": ("resolution", "S/RES/2584 (2021)", 2584),
    "S/RES/50 (1948)": ("resolution", "S/RES/50 (1948)", 50),
    "S/RES/788": ("resolution", "S/RES/788", 788),
    "A/RES/75/287": ("resolution", "A/RES/75/287", None),
    "A/RES/ES-11/1": ("resolution", "A/RES/ES-11/1", None),
    "A/RES/S-26/2": ("resolution", "A/RES/S-26/2", None),
    "A/RES/396 (V)": ("resolution", "A/RES/396(V)", None),
    "A/RES/1000 (ES-I)": ("resolution", "A/RES/1000(ES-I)", None),
    "A/RES/1752 (XVII)": ("resolution", "A/RES/1752(XVII)", None),
    "S/PRST/2020/10": ("statement", "S/PRST/2020/10", 10),
    "S/PV.9082": ("record", "S/PV.9082", 9082),
    "S/PV.9082 (Resumption 1)": ("record", "S/PV.9082 (Resumption 1)", 9082),
    "A/76/PV.54": ("record", "A/76/PV.54", 54),
    "SC/14532": ("press release", "SC/14532", 14532),
    "SG/SM/20211": ("press release", "SG/SM/20211", 20211),
    "GA/12322": ("press release", "GA/12322", 12322),
    "S/2023/36": ("document", "S/2023/36", 36),
    "S/2023/36/Add.1": ("document", "S/2023/36/Add.1", 36),
    "s/2023/36/add.1": ("document", "S/2023/36/Add.1", 36),
    "S/1466": ("document", "S/1466", 1466),
    "A/520/Rev.20": ("document", "A/520/Rev.20", 520),
    "A/77/L.11": ("document", "A/77/L.11", None),
    "A/C.3/77/L.12": ("document", "A/C.3/77/L.12", None),
    "A/HRC/S-32/L.1": ("document", "A/HRC/S-32/L.1", None),
    "A/HRC/RES/46/21": ("document", "A/HRC/RES/46/21", None),
    "ST/SGB/2007/6": ("document", "ST/SGB/2007/6", 6),
    "A/76/328-S/2021/759": ("document", "A/76/328-S/2021/759", None),
    "A/67/775–S/2013/110": ("document", "A/67/775-S/2013/110", None),
    "a/67/775-s/2013/110": ("document", "A/67/775-S/2013/110", None),
    "PSC/PR/COMM.1168 (2023)": ("communique", "PSC/PR/COMM.1168 (2023)", 1168),
    "PSC/PR/COMM. 1030(2021)": ("communique", "PSC/PR/COMM.1030 (2021)", 1030),
    "PSC/PR/COMM.1168": ("communique", "PSC/PR/COMM.1168", 1168),
    "PSC/PR/COMM.1/1057 (2022)": ("communique", "PSC/PR/COMM.1/1057 (2022)", 1057),
    "PSC/MIN/COMM.1/1233(2024)": ("communique", "PSC/MIN/COMM.1/1233 (2024)", 1233),
    "PSC/PR/COMM.1180.1 (2023)": ("communique", "PSC/PR/COMM.1180.1 (2023)", 1180),
    "PSC/HoSG/COMM.1156 (2023)": ("communique", "PSC/HoSG/COMM.1156 (2023)", 1156),
    "PSC/AHG/COMM. 1218 (2024)": ("communique", "PSC/AHG/COMM.1218 (2024)", 1218),
    "PSC/PR/COMM.(CMXLI)": ("communique", "PSC/PR/COMM.(CMXLI)", 941),
    "PSC/PR/COMM(CDLXV)": ("communique", "PSC/PR/COMM.(CDLXV)", 465),
    "PSC/PR/COMM (DCCCLXXXIV)": ("communique", "PSC/PR/COMM.(DCCCLXXXIV)", 884),
    "PSC/BR/COMM.2(CMXCIII)": ("communique", "PSC/BR/COMM.2(CMXCIII)", 993),
    "PSC/PR/COMM/3.(DXLIV)": ("communique", "PSC/PR/COMM.3(DXLIV)", 544),
    "Assembly/AU/Dec.269(XIV)": ("decision", "Assembly/AU/Dec.269(XIV)", None),
    "Ext/Assembly/AU/Decl.(XVI)": ("decision", "Ext/Assembly/AU/Decl.(XVI)", None),
    "EX.CL/Dec.1031(XXXIV)": ("decision", "EX.CL/Dec.1031(XXXIV)", None),
}


@pytest.mark.parametrize("found", REAL)
def test_real_symbols(found: str) -> None:
    family, printed, ordinal = REAL[found]
    symbol = read_symbol(found)
    assert (symbol.family, symbol.printed, symbol.ordinal) == (family, printed, ordinal)
    assert str(symbol) == printed


@pytest.mark.parametrize("found", REAL)
def test_printing_and_normalising_are_read_back(found: str) -> None:
    symbol = read_symbol(found)
    assert read_symbol(symbol.printed) == symbol
    assert read_symbol(symbol.normal) == symbol
    assert symbol.normal == symbol.normal.upper() and " " not in symbol.normal


@pytest.mark.parametrize("found", REAL)
def test_found_in_a_sentence(found: str) -> None:
    if found == found.upper() or "Res" in found or "Ho" in found or "Dec" in found:  # text keeps the usual spelling
        (symbol,) = find_symbols(f"The Council (see {found}, para. 3) decided.")
        assert symbol == read_symbol(found)


def test_parts_of_a_joint_symbol() -> None:
    joint = read_symbol("A/76/328-S/2021/759")
    assert joint.number == "76/328" and joint.other == Symbol("document", "S", "759", "2021")


@pytest.mark.parametrize(
    ("found", "link"),
    [
        ("S/RES/2584 (2021)", "https://docs.un.org/S/RES/2584(2021)"),
        ("S/2023/36/Add.1", "https://docs.un.org/S/2023/36/Add.1"),
        ("A/76/328-S/2021/759", "https://docs.un.org/A/76/328"),
        ("SC/14532", ""),
        ("PSC/PR/COMM.1168 (2023)", ""),
        ("Assembly/AU/Dec.269(XIV)", ""),
    ],
)
def test_links(found: str, link: str) -> None:
    assert read_symbol(found).link == link


@pytest.mark.parametrize(
    "text",
    [
        *("", "S", "S/", "S/RES", "S/RES/", "S/RES/2584 (1821)", "S/RES/2584 (2021", "S/RES/2584)", "S/RES/2584:"),
        *("A/SP1/12/01", "A/79", "A/-5/3", "A/RES/75", "75/287", "XS/RES/2584", "S/PRST/20/10", "PSC/PR/COMM.", "SC/x"),
        *("PSC/PR/COMM.(IIX)", "PSC/PR/COMM.(IIII)", "PSC/PR/COMM.(VX)", "PSC/PR/COMM.()", "PSC/PR/COMM.1168 (2023"),
        *("S/RES/٢٥٨٤", "ſ/RES/2584", "S/RES/2584 (2021)-S/RES/2585 (2021)", "A/76/328-S/x", "javascript:alert(1)"),
        *("S/RES/2584 (2021) <script>", "Decree 2022-0335/PT-RM", "S/RES/2584 (2021) and S/RES/2585 (2021)"),
    ],
)
def test_garbage_is_refused(text: str) -> None:
    with pytest.raises(BadRecord, match="line 4") as caught:
        read_symbol(text, "x.yaml, line 4")
    assert "S/RES/2584 (2021)" in str(caught.value)


@given(st.text(max_size=20) | st.text(alphabet="SAPRECOMV/.()-0123 ", max_size=24))
def test_any_text_is_a_symbol_or_a_bad_record(text: str) -> None:
    try:
        symbol = read_symbol(text)
    except BadRecord:
        return
    assert read_symbol(symbol.printed) == symbol
    assert symbol.ordinal is None or symbol.ordinal >= 0


def test_symbols_in_a_text_come_in_order_and_once() -> None:
    text = """By S/RES/2584 (2021) and S/PRST/2020/10 (cf. A/76/328-S/2021/759), the Council, S/RES/2584(2021); see
    https://undocs.org/S/2023/36/Add.1, PSC/PR/COMM. 1030(2021), PSC/PR/COMM.(CMXLI). SC/14532 tells of S/PV.9082.
    USC/14532, A/SP1/12/01, and/or 1/2, S/RES/ and PSC/PR/COMM. are none; nor is PSC/PR/COMM.(IIX)."""
    assert [symbol.printed for symbol in find_symbols(text)] == [
        "S/RES/2584 (2021)",
        "S/PRST/2020/10",
        "A/76/328-S/2021/759",
        "S/2023/36/Add.1",
        "PSC/PR/COMM.1030 (2021)",
        "PSC/PR/COMM.(CMXLI)",
        "SC/14532",
        "S/PV.9082",
    ]
    assert find_symbols("") == find_symbols("Nothing here.") == ()


def test_a_long_text_is_searched_quickly() -> None:
    assert find_symbols("S/RES/" * 20_000 + "PSC/PR/COMM." * 20_000 + "A/" * 100_000) == ()


def test_roman_numbers() -> None:
    assert [roman(text) for text in ("I", "IV", "ix", "XL", "CMXLI", "MMXXI")] == [1, 4, 9, 40, 941, 2021]
    for text in ("", "IIII", "VX", "IIX", "IC", "A", "10", "X I", "VIV"):
        with pytest.raises(BadRecord):
            roman(text)


def test_symbols_are_values() -> None:
    symbol = read_symbol("S/RES/2584 (2021)")
    assert {symbol, read_symbol("s/res/2584(2021)")} == {symbol}
    with pytest.raises(dataclasses.FrozenInstanceError):
        symbol.number = "1"  # type: ignore[misc]
