"""Days and spans as the record knows them: EDTF, with an earliest and a latest possible day.

Invariant: files write spans with both ends included; inside, a span is half-open, [first day, day after the last).
A day is a range of possible days; a precise day is a range of one.
"""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.verdicts import Verdict

NEVER: Final = date.max
ALWAYS: Final = date.min

# "About" widens a day by what a reader would grant: one unit of its precision. (The edtf library grants "about 24 May
# 2021" a day, a month and a year on each side, which no reader would.)
_PLAIN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z", re.ASCII)
# "In the twenties of July 2023" (2023-07-2X), "in the last months of 2021" (2021-1X): the edtf library reads neither.
_LAST_DIGIT: Final = re.compile(r"(\d{4})-(?:(\d)|(\d{2})-(\d))X\Z", re.ASCII)
# "On one of these days" ([2001-12-21..2008-02-20]): the edtf library reads it, and takes a thousand times as long.
_ONE_OF: Final = re.compile(r"\[(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})\]\Z", re.ASCII)
_SEASONS: Final = range(21, 33)  # as EDTF writes them; 33 to 41 are quarters and the like
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOIS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day, perhaps known only coarsely.

    `text` is EDTF as written; `earliest` and `latest` bound the day, both included; `precision` is day, month,
    year, other or unknown; `approximate` and `uncertain` are EDTF's ~ and ? (% sets both).
    """

    text: str
    earliest: date
    latest: date
    precision: str = "day"
    approximate: bool = False
    uncertain: bool = False

    @property
    def precise(self) -> bool:
        """Whether exactly one day is possible and nobody doubts it."""
        return self.earliest == self.latest and not (self.approximate or self.uncertain)

    @property
    def shown(self) -> date:
        """The day at which to draw or sort it: the earliest day of the unpadded reading."""
        if self.earliest == self.latest:
            return self.earliest
        if self.precision == "unknown":
            return self.latest
        return _shown(self.text) or self.earliest

    def words(self, language: str = "en") -> str:
        """The day for people: "24 May 2021", "about November 2021"; of a day that is one of several, the first and the
        last of them: "between 11 November 2012 and 12 November 2012". French with language "fr"."""
        if self.precision == "unknown":
            return "date non connue" if language == "fr" else "date not known"
        match = _PLAIN.match(self.text)
        if match is None:
            return self._between(language)
        year, month, day, _ = match.groups()
        names = _MOIS if language == "fr" else _MONTHS
        parts = [str(int(day))] if day else []
        if day == "01" and language == "fr":
            parts = ["1er"]
        if month:
            parts.append(names[int(month) - 1])
        said = " ".join([*parts, str(int(year))])
        if self.approximate and language == "fr":
            said = ("vers le " if day else "vers ") + said
        elif self.approximate:
            said = "about " + said
        return said + ("\u202f(?)" if self.uncertain else "")

    @property
    def _one_of_several(self) -> bool:
        """Whether it is written as a choice of days, not as a day, a month or a year."""
        return self.precision != "unknown" and _PLAIN.match(self.text) is None

    def _between(self, language: str) -> str:
        first, last = on(self.earliest).words(language), on(self.latest).words(language)
        if first == last:
            return first
        return f"entre le {first} et le {last}" if language == "fr" else f"between {first} and {last}"

    def words_since(self) -> str:
        """The English day after "since" or "from": "some day between ..." where it is one of several."""
        return f"some day {self.words()}" if self._one_of_several and self.earliest < self.latest else self.words()

    def words_after(self, preposition: str) -> str:
        """The French day after "depuis", "de" or "à", with the article and contraction it asks for: "du 24 mai 2021",
        "d'avril 2021", "à 2023"."""
        if self._one_of_several and self.earliest < self.latest:
            return ("d\u2019" if preposition == "de" else f"{preposition} ") + f"un jour {self.words('fr')}"
        said = replace(self, approximate=False).words("fr") + (" environ" if self.approximate else "")
        if self.precision == "day":
            return {"de": "du ", "à": "au "}.get(preposition, f"{preposition} le ") + said
        if preposition == "de" and said[0] in "ao":
            return "d\u2019" + said
        return f"{preposition} {said}"

    def __str__(self) -> str:
        return self.text


def is_zone(name: str) -> bool:
    """Whether the time zone database has a zone of this name, such as Africa/Bamako."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # no such key, or one that is no name at all
        return False
    return True


@functools.lru_cache(maxsize=8192)
def _shown(text: str) -> date | None:
    match = _PLAIN.match(text)
    if match is None:
        return None
    year, month, day, _ = match.groups()
    return date(int(year), int(month or 1), int(day or 1))


UNKNOWN_DAY: Final = Day("unknown", ALWAYS, NEVER, "unknown")


def on(day: date) -> Day:
    """The precise day."""
    return Day(day.isoformat(), day, day)


def _remedy() -> str:
    return "Write 2021-06-01, 2021-06, 2021, 2021-06-01~ (about), 2021? (uncertain), or a span 2021-05-24/2021-06-01."


def _refuse(text: str, where: str, why: str = "is no date") -> BadRecord:
    return BadRecord([Problem(where, f"{text!r} {why}.", _remedy())])


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shifted(day: date, days: int) -> date:
    """`days` later, or earlier; the calendar's first and last day where it ends before."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return NEVER if days > 0 else ALWAYS


@functools.lru_cache(maxsize=8192)
def _plain(text: str) -> Day | None:
    match = _PLAIN.match(text)
    if match is None:
        return None
    year_text, month_text, day_text, mark = match.groups()
    year, month = int(year_text), int(month_text or 1)
    if day_text:
        precision, earliest = "day", date(year, month, int(day_text))
        latest, before, after = earliest, _shifted(earliest, -1), _shifted(earliest, 1)
    elif month_text:
        if month >= _SEASONS.stop:
            return None
        if month in _SEASONS:
            raise ValueError
        precision, earliest, latest = "month", date(year, month, 1), _month_end(year, month)
        before, next_month = add_months(earliest, -1), add_months(earliest, 1)
        after = _month_end(next_month.year, next_month.month)
    else:
        precision, earliest, latest = "year", date(year, 1, 1), date(year, 12, 31)
        before, after = date(max(year - 1, ALWAYS.year), 1, 1), date(min(year + 1, NEVER.year), 12, 31)
    approximate, uncertain = mark in ("~", "%"), mark in ("?", "%")
    if approximate:
        earliest, latest = before, after
    return Day(text, earliest, latest, precision, approximate, uncertain)


def read_day(text: str, where: str = "date") -> Day:
    """Read an EDTF day. The common forms are read here; the rarer ones (202X, [2021-05,2021-07]) by the edtf library.

    Raises BadRecord, naming `where`, when it is none: impossible days, seasons, hours, other formats, spans.
    """
    text = text.strip()
    if text == "unknown":
        return UNKNOWN_DAY
    try:
        day = _plain(text)
    except (ValueError, OverflowError):
        season = re.match(r"\d{4}-(2[1-9]|3[0-2])\b(?!-)", text)
        why = "is a season, whose months depend on the place" if season else "is no day of the calendar"
        raise _refuse(text, where, why) from None
    if day is not None:
        return day
    if "/" in text or text in ("", ".."):
        raise _refuse(text, where, "is no single day" if text else "is empty where a date was expected")
    return _rare(text, where)


def _last_digit(text: str) -> Day | None:
    match = _LAST_DIGIT.match(text)
    if match is None:
        return None
    year, tens_of_month, month, tens = match.groups()
    possible: list[date] = []
    for unit in range(10):
        try:
            if month:
                possible.append(date(int(year), int(month), int(tens) * 10 + unit))
            else:
                first = date(int(year), int(tens_of_month) * 10 + unit, 1)
                possible += [first, _month_end(first.year, first.month)]
        except ValueError:  # 30 February, month 13
            continue
    return Day(text, min(possible), max(possible), "other") if possible else None


def _one_of(text: str) -> Day | None:
    match = _ONE_OF.match(text)
    if match is None:
        return None
    try:
        first, last = (date.fromisoformat(one) for one in match.groups())
    except ValueError:
        return None  # the library words the refusal
    return Day(text, first, last, "other") if first <= last else None


def _rare(text: str, where: str) -> Day:
    if not text.isascii() or " " in text:
        raise _refuse(text, where)
    if "T" in text or "{" in text:  # an hour belongs to a time zone; braces mean all of several days
        raise _refuse(text, where, "is no single day")
    day = _last_digit(text) or _one_of(text)
    if day is not None:
        return day
    import edtf  # heavy, and needed by few files

    approximate, uncertain = bool(set("~%") & set(text)), bool(set("?%") & set(text))
    try:
        value = edtf.parse_edtf(text)
        low, high = value.lower_strict(), value.upper_strict()
        if approximate:
            low, high = value.lower_fuzzy(), value.upper_fuzzy()
        earliest = date(low.tm_year, low.tm_mon, low.tm_mday)
        latest = date(high.tm_year, high.tm_mon, high.tm_mday)
    except Exception as fault:  # the library raises many kinds, some of them plain AttributeError
        raise _refuse(text, where) from fault
    return Day(text, earliest, latest, "other", approximate, uncertain)


@dataclass(frozen=True, slots=True)
class Span:
    """When something was so: from `begins` up to, not including, the day after `ends`.

    `period` says that it lasted (a status, a mission); otherwise it is an act of one day. `ends` is None for a
    period still open. An act of a coarse date happened on one day of the range.
    """

    text: str
    begins: Day
    ends: Day | None
    period: bool

    @property
    def end_earliest(self) -> date:
        """First day on which it may be over (exclusive end, earliest reading)."""
        return _shifted(self.ends.earliest, 1) if self.ends else NEVER

    @property
    def end_latest(self) -> date:
        """First day on which it is surely over (exclusive end, latest reading)."""
        return _shifted(self.ends.latest, 1) if self.ends else NEVER

    def begun_by(self, day: date) -> Verdict:
        """Whether it had begun on or before `day`."""
        if self.begins.latest <= day:
            return Verdict.HOLDS
        return Verdict.FAILS if self.begins.earliest > day else Verdict.UNKNOWN

    def covers(self, day: date) -> Verdict:
        """Whether it was so on `day`."""
        if day < self.begins.earliest or (self.ends is not None and day > self.ends.latest):
            return Verdict.FAILS
        # Compared with the last day included: on the calendar's last day an open period still holds.
        if self.begins.latest <= day and (self.ends is None or day <= self.ends.earliest):
            return Verdict.HOLDS
        return Verdict.UNKNOWN

    def words(self, language: str = "en") -> str:
        """The span for people: "24 May 2021", "from 1 July 2013 to 31 December 2023", "since 16 June 2023"."""
        if not self.period:
            return self.begins.words(language)
        if language == "fr":
            if self.ends is None:
                return self.begins.words_after("depuis")
            return f"{self.begins.words_after('de')} {self.ends.words_after('à')}"
        if self.ends is None:
            return f"since {self.begins.words_since()}"
        return f"from {self.begins.words_since()} to {self.ends.words()}"

    def __str__(self) -> str:
        return self.text


def read_span(text: str, where: str = "when") -> Span:
    """Read `when` of a record: a day, or FIRST/LAST with both ends included, or FIRST/.. for an open period.

    Raises BadRecord for what is no date, an open or empty beginning, an empty end, or an end before its beginning.
    """
    text = text.strip()
    if "/" not in text:
        day = read_day(text, where)
        return Span(text, day, day, False)
    first_text, last_text = (part.strip() for part in text.split("/", 1))
    if first_text in ("", "..", "unknown"):
        raise _refuse(text, where, "has no beginning")
    if last_text in ("", "unknown"):
        raise _refuse(text, where, "has an empty end; an open end is written '..'")
    first = read_day(first_text, where)
    last = None if last_text == ".." else read_day(last_text, where)
    if last is not None and last.latest < first.earliest:
        raise _refuse(text, where, "ends before it begins")
    return Span(text, first, last, True)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; where that month is shorter, its last day.

    This is the rounding of terms counted in months unless a rule says otherwise (31 August + 6 months = 28 or 29
    February). Where the calendar ends before, its first or last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not ALWAYS.year <= year <= NEVER.year:
        return NEVER if months > 0 else ALWAYS
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def day_words(day: date, language: str = "en") -> str:
    """A plain calendar day for people."""
    return on(day).words(language)


def read_date(text: str, where: str) -> date:
    """A precise ISO 8601 day, as the options --as-of and --known-at take it. BadRecord where it is none."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadRecord(
            [Problem(where, f"{text!r} is no day of the calendar.", "Write it as year-month-day, such as 2021-06-15.")]
        ) from None
