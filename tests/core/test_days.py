"""Days and spans against the edtf library, against brute force on nine days, and at the ends of the calendar."""

import itertools
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.days import (
    ALWAYS,
    NEVER,
    UNKNOWN_DAY,
    Span,
    add_months,
    day_words,
    on,
    read_date,
    read_day,
    read_span,
)
from goodoffices.core.errors import BadRecord
from goodoffices.core.verdicts import Verdict

JUNE = date(2021, 6, 1)
NINE_DAYS = [JUNE + timedelta(number) for number in range(9)]


def as_date(found: object) -> date:
    return date(found.tm_year, found.tm_mon, found.tm_mday)  # type: ignore[attr-defined]


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.sampled_from([4, 7, 10]), st.sampled_from(["", "?"]))
def test_plain_days_are_those_of_the_edtf_library(day: date, length: int, mark: str) -> None:
    text = day.isoformat()[:length] + mark
    ours, theirs = read_day(text), edtf.parse_edtf(text)
    assert (ours.earliest, ours.latest) == (as_date(theirs.lower_strict()), as_date(theirs.upper_strict()))
    assert ours.uncertain == bool(mark)
    assert ours.precision == {4: "year", 7: "month", 10: "day"}[length]
    assert ours.precise == (length == 10 and not mark)


@given(st.integers(1001, 9998))
def test_about_a_year_is_that_of_the_edtf_library(year: int) -> None:
    ours, theirs = read_day(f"{year}~"), edtf.parse_edtf(f"{year}~")
    assert (ours.earliest, ours.latest) == (as_date(theirs.lower_fuzzy()), as_date(theirs.upper_fuzzy()))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021-05-24~", "2021-05-23", "2021-05-25"),
        ("2021-05~", "2021-04-01", "2021-06-30"),
        ("2021-01~", "2020-12-01", "2021-02-28"),
        ("2021-12~", "2021-11-01", "2022-01-31"),
        ("2021%", "2020-01-01", "2022-12-31"),
        ("0001-01-01~", "0001-01-01", "0001-01-02"),
        ("0001-01~", "0001-01-01", "0001-02-28"),
        ("0001~", "0001-01-01", "0002-12-31"),
        ("9999-12-31~", "9999-12-30", "9999-12-31"),
        ("9999-12~", "9999-11-01", "9999-12-31"),
        ("9999~", "9998-01-01", "9999-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        # the rarer forms
        ("2023-07-2X", "2023-07-20", "2023-07-29"),
        ("2023-07-0X", "2023-07-01", "2023-07-09"),
        ("2023-07-3X", "2023-07-30", "2023-07-31"),
        ("2023-02-2X", "2023-02-20", "2023-02-28"),
        ("2023-0X", "2023-01-01", "2023-09-30"),
        ("2023-1X", "2023-10-01", "2023-12-31"),
        ("2023-07-XX", "2023-07-01", "2023-07-31"),
        ("2023-XX", "2023-01-01", "2023-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2021-34", "2021-04-01", "2021-06-30"),  # second quarter
        ("[2021-05-24,2021-05-26]", "2021-05-24", "2021-05-26"),
        ("2021-06-~15", "2021-06-14", "2021-06-16"),
    ],
)
def test_bounds(text: str, earliest: str, latest: str) -> None:
    day = read_day(text)
    assert (day.earliest.isoformat(), day.latest.isoformat()) == (earliest, latest)
    assert str(day) == text
    assert not day.precise


def test_marks() -> None:
    marks = {
        text: (read_day(text).approximate, read_day(text).uncertain) for text in ("2021", "2021~", "2021?", "2021%")
    }
    assert marks == {"2021": (False, False), "2021~": (True, False), "2021?": (False, True), "2021%": (True, True)}
    assert read_day("2021-06-~15").approximate and read_day("2021-06-?15").uncertain


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2021-02-29",
            "1900-02-29",
            "2021-04-31",
            "2021-13",
            "2021-00",
            "2021-01-00",
            "2021-01-32",
            "0000",
            "2023-02-3X",
        ),
        *("2023-2X", "2021-20", "2021-21", "2021-24", "2021-42", "2021-99"),
        *("", "..", "/", "2021/2022", "24/05/2021", "May 2021", "24 mai 2021", "20210524", "2021-5-4", "21-05-24"),
        *("2021-05-24T12:00:00Z", "2021-05-24T23:30:00-05:00", "{2021-05,2021-06}", "[2021,..]", "-0100", "Y170000002"),
        *("٢٠٢١-٠٥-٢٤", "2021-05-24\n2022", "２０２１", "null", "NaN", "2021 ~", "2021~~", "2021-05-24\x00"),
    ],
)
def test_what_is_no_day_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(BadRecord) as caught:
        read_day(text, "mali-2021.yaml, line 7")
    (problem,) = caught.value.problems
    assert problem.where == "mali-2021.yaml, line 7"
    assert repr(text.strip()) in problem.found
    assert "2021-06-01" in problem.remedy


@given(st.text(max_size=12) | st.text(alphabet="0123456789-X~?%/.[]{}T", max_size=16))
def test_any_text_is_a_day_or_a_bad_record(text: str) -> None:
    try:
        day = read_day(text)
    except BadRecord:
        return
    assert day.earliest <= day.latest
    assert day.earliest <= day.latest and day.words() and day.words("fr")


def test_unknown() -> None:
    assert read_day(" unknown ") is UNKNOWN_DAY
    assert UNKNOWN_DAY.words() == "date not known" and UNKNOWN_DAY.words("fr") == "date non connue"
    assert UNKNOWN_DAY.shown == NEVER  # sorts last
    assert not UNKNOWN_DAY.precise


def test_where_a_day_is_drawn() -> None:
    assert read_day("2021-05~").shown == date(2021, 5, 1)
    assert read_day("2021").shown == date(2021, 1, 1)
    assert read_day("202X").shown == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2021-05-24", "24 May 2021", "24 mai 2021"),
        ("2021-08-01", "1 August 2021", "1er août 2021"),
        ("2021-11", "November 2021", "novembre 2021"),
        ("2021", "2021", "2021"),
        ("2021-11~", "about November 2021", "vers novembre 2021"),
        ("2021-05-24~", "about 24 May 2021", "vers le 24 mai 2021"),
        ("2021?", "2021\u202f(?)", "2021\u202f(?)"),
        ("2021-05%", "about May 2021\u202f(?)", "vers mai 2021\u202f(?)"),
        ("unknown", "date not known", "date non connue"),
        ("202X", "between 1 January 2020 and 31 December 2029", "entre le 1er janvier 2020 et le 31 décembre 2029"),
        ("2023-07-2X", "between 20 July 2023 and 29 July 2023", "entre le 20 juillet 2023 et le 29 juillet 2023"),
        (
            "[2012-11-11..2012-11-12]",
            "between 11 November 2012 and 12 November 2012",
            "entre le 11 novembre 2012 et le 12 novembre 2012",
        ),
        ("[2012-11-11..2012-11-11]", "11 November 2012", "11 novembre 2012"),
        (
            "[2001-12-21..2008-02-20]/..",
            "since some day between 21 December 2001 and 20 February 2008",
            "depuis un jour entre le 21 décembre 2001 et le 20 février 2008",
        ),
        (
            "[2001-12-21..2008-02-20]/2010-01-01",
            "from some day between 21 December 2001 and 20 February 2008 to 1 January 2010",
            "d’un jour entre le 21 décembre 2001 et le 20 février 2008 au 1er janvier 2010",
        ),
        ("2013-07-01/2023-12-31", "from 1 July 2013 to 31 December 2023", "du 1er juillet 2013 au 31 décembre 2023"),
        ("2021-04/2021-10", "from April 2021 to October 2021", "d’avril 2021 à octobre 2021"),
        ("2021-05/2022", "from May 2021 to 2022", "de mai 2021 à 2022"),
        ("2013/2023-12-31", "from 2013 to 31 December 2023", "de 2013 au 31 décembre 2023"),
        ("2023-06-16/..", "since 16 June 2023", "depuis le 16 juin 2023"),
        ("2023-06/..", "since June 2023", "depuis juin 2023"),
        ("2023~/..", "since about 2023", "depuis 2023 environ"),
        ("2023-06-16~/..", "since about 16 June 2023", "depuis le 16 juin 2023 environ"),
    ],
)
def test_words(text: str, english: str, french: str) -> None:
    span = read_span(text)
    assert (span.words(), span.words("fr")) == (english, french)


def test_words_of_a_calendar_day() -> None:
    assert day_words(date(2023, 8, 1), "fr") == "1er août 2023"
    assert day_words(ALWAYS) == "1 January 1"
    assert on(date(2021, 5, 24)) == read_day("2021-05-24")


# spans


def spans_on_nine_days() -> list[Span]:
    found = []
    for first, last in itertools.combinations_with_replacement(NINE_DAYS, 2):
        if (last - first).days < 5:
            found.append(read_span(f"{first}/{last}"))
    found += [read_span(f"{first}/..") for first in NINE_DAYS] + [read_span(str(first)) for first in NINE_DAYS]
    # coarse ends, by sets: one of these days
    found += [read_span(f"[{a},{b}]/[{c},{d}]") for a, b, c, d in itertools.combinations(NINE_DAYS[::2], 4)]
    found += [read_span(f"[{a},{c}]/[{b},{d}]") for a, b, c, d in itertools.combinations(NINE_DAYS[::2], 4)]
    found += [read_span(f"[{a},{b}]") for a, b in itertools.combinations(NINE_DAYS, 2)]
    return found


def readings(span: Span) -> list[tuple[date, date]]:
    """Every way the span may have been: first and last day, both included. A coarse act happened on one day."""
    beyond = NINE_DAYS[-1] + timedelta(30)
    ends = span.ends
    if not span.period:
        return [(day, day) for day in NINE_DAYS if span.begins.earliest <= day <= span.begins.latest]
    firsts = [day for day in NINE_DAYS if span.begins.earliest <= day <= span.begins.latest]
    lasts = [beyond] if ends is None else [day for day in NINE_DAYS if ends.earliest <= day <= ends.latest]
    return list(itertools.product(firsts, lasts))


def judged(answers: set[bool]) -> Verdict:
    return Verdict.UNKNOWN if len(answers) == 2 else Verdict.HOLDS if True in answers else Verdict.FAILS


@pytest.mark.parametrize("span", spans_on_nine_days(), ids=str)
def test_covers_and_begun_by_against_every_reading(span: Span) -> None:
    for day in [JUNE - timedelta(1), *NINE_DAYS, NINE_DAYS[-1] + timedelta(1)]:
        assert span.covers(day) is judged({first <= day <= last for first, last in readings(span)}), day
        assert span.begun_by(day) is judged({first <= day for first, _ in readings(span)}), day


def test_spans_are_half_open_inside() -> None:
    span = read_span("2021-06-01/2021-06-03")
    assert span.end_earliest == span.end_latest == date(2021, 6, 4)
    span = read_span("2021-06/2021-07")
    assert (span.end_earliest, span.end_latest) == (date(2021, 7, 2), date(2021, 8, 1))
    assert read_span("2021/..").end_latest == NEVER
    assert not read_span("2021").period and read_span("2021/2021").period


def test_the_ends_of_the_calendar() -> None:
    assert read_span("2023-06-16/..").covers(NEVER) is Verdict.HOLDS
    assert read_span("9999-12-31").covers(NEVER) is Verdict.HOLDS
    assert read_span("0001-01-01/9999-12-31").covers(ALWAYS) is Verdict.HOLDS
    assert read_span("9999-12-31").end_latest == NEVER
    assert read_span("unknown").covers(JUNE) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        *("/2021", "../2021", "unknown/2021", " unknown /2021", " /2021", "2021/", "2021/unknown", "2021/ unknown"),
        *("2021-06-02/2021-06-01", "2022/2021", "2021/2022/2023", "..", "/", "2021-06-01/2021-06-31", "2021//"),
    ],
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadRecord):
        read_span(text)


def test_spans_are_read_with_spaces() -> None:
    assert read_span("2021-06-01 / ..").ends is None
    assert read_span("2021-06/2021-06-15").period  # overlapping coarse ends are possible


# counting months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2021-08-31", 6, "2022-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2021-03-31", -1, "2021-02-28"),
        ("2021-12-15", 1, "2022-01-15"),
        ("2021-01-15", -1, "2020-12-15"),
        ("2021-05-24", 0, "2021-05-24"),
        ("9999-12-31", 6, "9999-12-31"),
        ("0001-01-15", -1, "0001-01-01"),
        ("9999-11-30", 1, "9999-12-30"),
    ],
)
def test_add_months(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-48, 48))
def test_months_keep_the_day_unless_the_month_is_shorter(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(1)).day == 1)


def test_dates_of_options() -> None:
    assert read_date(" 2021-06-15 ", "--as-of") == date(2021, 6, 15)
    for text in ("2021-06", "2021-02-30", "", "today", "٢٠٢١-٠٦-١٥", "2021-06-15T00:00", "2021-6-15", "2021-06-15~"):
        with pytest.raises(BadRecord, match="--as-of"):
            read_date(text, "--as-of")
