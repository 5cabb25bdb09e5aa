"""Document symbols of the United Nations and the African Union: parse, normalise, print, link.

UN symbols: S/RES/2584 (2021), S/PRST/2020/10, S/2023/36, S/PV.9082, A/RES/75/287, A/76/328-S/2021/759, SC/14532,
SG/SM/20211, ST/SGB/2007/6. AU: PSC/PR/COMM.1168 (2023) and, for older communiqués, Roman numbers:
PSC/PR/COMM.(CMXLI); Assembly/AU/Dec.269(XIV).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from goodoffices.core.errors import BadRecord, Problem

DOCUMENTS: Final = "https://docs.un.org/"
_ROMAN: Final = "IVXLCDM"
_ROMAN_PARTS: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_YEAR: Final = r"(?:19|20)\d{2}"

_ADDENDUM: Final = r"(?P<addendum>/(?:Add|Corr|Rev)\.\d+)?"
_COMMUNIQUE: Final = r"(?P<series>PSC/(?:PR|BR|MIN|AHG|HSG|HoSG)/COMM)"
_PRESS: Final = "SC|SG/SM|GA|PKO|AFR|DSG/SM|SG/A"

# One pattern a family; named groups series, number, year, addendum. Tried in this order, on text without spaces.
# Digits and letters are ASCII ones: an Arabic-Indic digit or a long s is no part of a symbol.
_FAMILIES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (family, re.compile(pattern + r"\Z", re.IGNORECASE | re.ASCII))
    for family, pattern in (
        ("resolution", rf"(?P<series>S/RES)/(?P<number>\d+)(?:\((?P<year>{_YEAR})\))?"),
        ("resolution", r"(?P<series>A/RES)/(?P<number>(?:E?S-)?\d+/\d+|\d+\((?:ES-)?[IVXLC]+\))"),
        ("statement", rf"(?P<series>S/PRST)/(?P<year>{_YEAR})/(?P<number>\d+)"),
        ("record", r"(?P<series>[SA]/(?:\d+/)?PV)\.(?P<number>\d+)(?P<addendum>\(Resumption\d\))?"),
        ("press release", rf"(?P<series>{_PRESS})/(?P<number>\d+)"),
        ("document", rf"(?P<series>S|E|ST/SGB|ST/AI)/(?P<year>{_YEAR})/(?P<number>\d+){_ADDENDUM}"),
        ("document", rf"(?P<series>S)/(?P<number>\d{{2,5}}){_ADDENDUM}"),  # before 1994 the Council counted on
        ("document", r"(?P<series>A)/(?P<number>\d+)(?P<addendum>/Rev\.\d+)"),
        (
            "document",
            rf"(?P<series>A)/(?P<number>(?:C\.\d/|HRC/(?:RES/)?)?(?:E?S-)?\d+/(?:[LC]\.)?\d+){_ADDENDUM}",
        ),
        ("communique", rf"{_COMMUNIQUE}[./]?(?P<addendum>\d)?\.?\((?P<number>[IVXLCDM]+)\)(?:\((?P<year>{_YEAR})\))?"),
        ("communique", rf"{_COMMUNIQUE}\.?(?P<addendum>\d/)(?P<number>\d+)(?:\((?P<year>{_YEAR})\))?"),
        ("communique", rf"{_COMMUNIQUE}\.?(?P<number>\d+)(?P<addendum>\.\d)?(?:\((?P<year>{_YEAR})\))?"),
        ("decision", r"(?P<series>(?:(?:Ext/)?Assembly/AU|EX\.CL)/Decl?)\.(?P<number>\d*\([IVXLC]+\))"),
    )
)
# How the African Union spells what is not in capitals.
_SPELLED: Final = {"HOSG": "HoSG", "ASSEMBLY": "Assembly", "EXT": "Ext", "DEC": "Dec", "DECL": "Decl"}
_TAIL: Final = r"(?:/(?:Add|Corr|Rev)\.\d+)?"
_IN_TEXT: Final = re.compile(
    r"\b(?:"
    rf"S/RES/\d+(?:\s?\({_YEAR}\))?"
    r"|A/RES/(?:(?:E?S-)?\d+/\d+|\d+\s?\((?:ES-)?[IVXLC]+\))"
    r"|S/PRST/\d{4}/\d+"
    r"|[SA]/(?:\d+/)?PV\.\d+(?:\s?\(Resumption\s?\d\))?"
    rf"|A/(?:C\.\d/|HRC/(?:RES/)?)?(?:E?S-)?\d+/(?:L\.)?\d+{_TAIL}(?:[-‑–]S/\d{{4}}/\d+{_TAIL})?"
    r"|A/\d+/Rev\.\d+"
    rf"|(?:S|E|ST/SGB|ST/AI)/\d{{4}}/\d+{_TAIL}"
    r"|S/\d{4,5}(?![\d/])"
    rf"|(?:{_PRESS})/\d+"
    rf"|PSC/(?:PR|BR|MIN|AHG|HSG|HoSG)/COMM[./]?\s?(?:\d\.?)?\([IVXLCDM]+\)(?:\s?\({_YEAR}\))?"
    rf"|PSC/(?:PR|BR|MIN|AHG|HSG|HoSG)/COMM\.?\s?(?:\d/)?\d+(?:\.\d)?(?:\s?\({_YEAR}\))?"
    r"|(?:(?:Ext/)?Assembly/AU|EX\.CL)/Decl?\.\s?\d*\s?\([IVXLC]+\)"
    r")"
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A parsed symbol.

    `number` is as printed, Roman where the document prints Roman. `addendum` is what is added to it: /Add.1,
    (Resumption1), or the part of a meeting that an AU communiqué names. `other` is the second half of a joint symbol.
    """

    family: str
    series: str
    number: str
    year: str = ""
    addendum: str = ""
    other: Symbol | None = None

    @property
    def ordinal(self) -> int | None:
        """The number as a number, Roman ones read; None for two-part numbers such as 75/287."""
        if self.number.isdigit():
            return int(self.number)
        return roman(self.number) if set(self.number) <= set(_ROMAN) else None

    @property
    def normal(self) -> str:
        """The one form we compare and search by: upper case, no spaces."""
        return self.printed.replace(" ", "").upper()

    @property
    def printed(self) -> str:
        """As the organisation prints it, with its space before a year in brackets."""
        return self._alone + (f"-{self.other.printed}" if self.other else "")

    @property
    def _alone(self) -> str:
        year = f" ({self.year})" if self.year else ""
        if self.series == "S/RES":
            return f"S/RES/{self.number}{year}"
        if self.family == "communique":
            return f"{self.series}.{self._of_meeting}{year}"
        if self.family in ("statement", "document") and self.year:
            return f"{self.series}/{self.year}/{self.number}{self.addendum}"
        if self.family == "record":
            resumed = self.addendum.replace("(Resumption", " (Resumption ")
            return f"{self.series}.{self.number}{resumed}"
        mark = "." if self.family == "decision" else "/"
        return f"{self.series}{mark}{self.number}{self.addendum}"

    @property
    def _of_meeting(self) -> str:
        """Number and part of an AU communiqué: 1168, 1/1057, 1180.1, (CMXLI), 2(CMXCIII)."""
        if not self.number.isdigit():
            return f"{self.addendum}({self.number})"
        return self.number + self.addendum if self.addendum.startswith(".") else self.addendum + self.number

    @property
    def link(self) -> str:
        """Address of the document at its publisher, or nothing where no stable address follows from the symbol. A joint
        symbol leads there by its first half.

        Printed for the reader to follow; the program never fetches it.
        """
        if self.family in ("press release", "communique", "decision"):
            return ""
        return DOCUMENTS + self._alone.replace(" ", "")

    def __str__(self) -> str:
        return self.printed


def roman(text: str) -> int:
    """Read a Roman number as old AU communiqués print it (CMXLI is 941). BadRecord where it is none."""
    rest, total = text.upper(), 0
    for value, letters in _ROMAN_PARTS:
        while rest.startswith(letters):
            rest, total = rest[len(letters) :], total + value
    if rest or _to_roman(total) != text.upper() or not total:
        raise BadRecord([Problem("symbol", f"{text!r} is no Roman number.", "Compare it with the document.")])
    return total


def _to_roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN_PARTS:
        count, number = divmod(number, value)
        written += letters * count
    return written


def read_symbol(text: str, where: str = "symbol") -> Symbol:
    """Parse one symbol, loosely spaced. Raises BadRecord where it follows no known pattern."""
    squeezed = re.sub(r"\s+", "", text).replace("‑", "-").replace("–", "-")
    joint = re.match(r"(A/.+)-(S/\d.+)\Z", squeezed, re.IGNORECASE)
    symbol = _read_joint(joint) if joint else _read_alone(squeezed)
    if symbol is None:
        remedy = "Examples: S/RES/2584 (2021), S/PRST/2020/10, PSC/PR/COMM.1168 (2023)."
        raise BadRecord([Problem(where, f"{text!r} is no document symbol we know.", remedy)])
    return symbol


def _read_joint(halves: re.Match[str]) -> Symbol | None:
    front, back = _read_alone(halves[1]), _read_alone(halves[2])
    return replace(front, other=back) if front and back else None


def _read_alone(squeezed: str) -> Symbol | None:
    for family, pattern in _FAMILIES:
        match = pattern.match(squeezed)
        if match is None:
            continue
        parts = match.groupdict()
        number = parts["number"].upper()
        if set(number) <= set(_ROMAN) and not _is_roman(number):
            return None
        series = "/".join(_SPELLED.get(part, part) for part in parts["series"].upper().split("/"))
        return Symbol(family, series, number, parts.get("year") or "", (parts.get("addendum") or "").title())
    return None


def _is_roman(text: str) -> bool:
    try:
        return bool(roman(text))
    except BadRecord:
        return False


def find_symbols(text: str) -> tuple[Symbol, ...]:
    """Symbols that stand in a text, in order, each once."""
    found: dict[str, Symbol] = {}
    for match in _IN_TEXT.finditer(text):
        try:
            symbol = read_symbol(match.group())
        except BadRecord:  # looked like one, is none
            continue
        found.setdefault(symbol.normal, symbol)
    return tuple(found.values())
