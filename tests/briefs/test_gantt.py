"""The Gantt: what is drawn full, dashed and light; labels that keep clear of each other; texts that stay texts."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.briefs.gantt import FIRST, Entry, Gantt, gantt, gantt_rows, pieces_of
from goodoffices.briefs.gantt_svg import draw, draw_parts
from goodoffices.briefs.lives import Change, Life
from goodoffices.core.days import on, read_day
from ledger.making import fact

TODAY = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"
days = st.dates(date(1950, 1, 1), date(2040, 1, 1))


def life(begun: str, ended: str = "", carried: str = "") -> Life:
    return Life(read_day(begun), read_day(ended) if ended else None, read_day(carried) if carried else None)


def entry(name: str, one: Life, row: str = "Mali") -> Entry:
    return Entry(name, f"/missions/{name}", name.upper(), "peacekeeping", row, one, f"{name} in words")


def change(day: str, case: str = "mali-2021") -> Change:
    return Change(case, "Mali, May 2021", "Mali, mai 2021", "MLI", read_day(day), fact(f"{case}/seizure"), ())


def drawn(*entries: Entry, as_of: date = TODAY, whole: bool = False, **marks: list[Change]) -> Gantt:
    return gantt("Missions", entries, as_of, marks, whole=whole, language="en")


def told(one: Life, as_of: date = TODAY) -> list[tuple[str, str, str]]:
    return [(piece.start.isoformat(), piece.end.isoformat(), piece.sureness) for piece in pieces_of(one, as_of)]


def test_a_life_known_to_the_day_is_full() -> None:
    assert told(life("2013-04-25", "2023-12-31")) == [("2013-04-25", "2023-12-31", "sure")]


def test_after_the_day_looked_at_it_is_light() -> None:
    assert told(life("2013-04-25", "2023-12-31"), date(2020, 1, 1)) == [
        ("2013-04-25", "2020-01-01", "sure"),
        ("2020-01-01", "2023-12-31", "ahead"),
    ]


def test_months_are_dashed() -> None:
    assert told(life("2013-04", "2015-06")) == [
        ("2013-04-01", "2013-04-30", "doubt"),
        ("2013-04-30", "2015-06-01", "sure"),
        ("2015-06-01", "2015-06-30", "doubt"),
    ]


def test_without_an_end_it_is_full_as_far_as_a_decision_carries_it() -> None:
    assert told(life("2002-03-28", "", "2026-06-17")) == [
        ("2002-03-28", "2026-06-17", "sure"),
        ("2026-06-17", "2026-11-21", "doubt"),
    ]
    assert told(life("2002-03-28", "", "2027-03-01")) == [
        ("2002-03-28", "2026-11-21", "sure"),
        ("2026-11-21", "2027-03-01", "ahead"),
    ]
    nothing = told(life("1999-10-01"))
    assert nothing[-1] == ("1999-10-01", "2026-11-21", "doubt")
    assert all(first == last for first, last, sureness in nothing if sureness == "sure")


@given(days, st.none() | st.integers(0, 9000), st.none() | st.integers(0, 9000), days)
def test_pieces_join_and_nothing_is_full_after_the_day(
    begun: date, length: int | None, carried: int | None, as_of: date
) -> None:
    one = Life(
        on(begun),
        on(begun + timedelta(days=length)) if length is not None else None,
        on(begun + timedelta(days=carried)) if carried is not None else None,
    )
    if begun > as_of:  # not listed on such a day
        return
    found = pieces_of(one, as_of)
    assert found and found[0].start == begun
    for before, after in pairwise(found):
        assert before.end == after.start
    assert all(piece.start <= piece.end for piece in found)
    assert all(piece.end <= as_of for piece in found if piece.sureness == "sure")
    assert all(piece.start >= as_of for piece in found if piece.sureness == "ahead")


def test_it_begins_in_1999_unless_all_is_asked_for() -> None:
    old = entry("untso", life("1948-05"))
    assert drawn(old).start == FIRST
    assert drawn(old).rows[0].bars[0].start == FIRST
    assert drawn(old, whole=True).start == date(1948, 1, 1)
    assert drawn(old, as_of=date(1960, 1, 1)).start == date(1948, 1, 1)
    gone = entry("unef", life("1956-11", "1967-06"))
    assert drawn(gone).rows == ()
    assert drawn().rows == ()


def test_marks_stand_in_their_row() -> None:
    figure = drawn(
        entry("minusma", life("2013-04-25", "2023-12-31")), Mali=[change("2021-05-24"), change("1991-03", "a")]
    )
    assert [mark.case for mark in figure.rows[0].marks] == ["mali-2021"]
    assert figure.rows[0].marks[0].words == "Mali, May 2021: 24 May 2021"


def test_the_data_has_every_piece_and_mark() -> None:
    figure = drawn(entry("minusma", life("2013-04", "2023-12-31")), Mali=[change("2021-05")])
    rows = gantt_rows(figure)
    assert [row["sureness"] for row in rows] == ["doubt", "sure", "doubt"]
    assert rows[-1]["what"] == "change of government"


def test_the_last_days_of_the_calendar_are_no_trouble() -> None:
    for as_of in (date.max, date(9998, 12, 31), date.min, date(1, 6, 1)):
        figure = drawn(entry("a", Life(on(date(1, 1, 1)), on(date.max))), as_of=as_of, whole=True)
        assert draw(figure).startswith("<svg")


def test_every_bar_and_mark_is_a_link_with_words() -> None:
    figure = drawn(entry("minusma", life("2013-04-25", "2023-12-31")), Mali=[change("2021-05-24")])
    names, plot = draw_parts(figure, link=lambda path: f"{path}?lang=fr")
    links = {one.get("href"): one.findtext(f"{SVG}title") for one in ElementTree.fromstring(plot).iter(f"{SVG}a")}
    assert links == {
        "/missions/minusma?lang=fr": "minusma in words",
        "/cases/mali-2021?lang=fr": "Mali, May 2021: 24 May 2021",
    }
    assert "Mali" in names
    assert "as of 21 November 2026" in plot
    assert "au 21 novembre 2026" in draw(figure, "fr")


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 3000)), min_size=1, max_size=25))
def test_labels_and_bars_keep_clear_of_each_other(lives: list[tuple[int, int]]) -> None:
    entries = [
        entry(f"m{number}", Life(on(FIRST + timedelta(days=start)), on(FIRST + timedelta(days=start + length))))
        for number, (start, length) in enumerate(lives)
    ]
    root = ElementTree.fromstring(draw(drawn(*entries, as_of=date(2035, 1, 1))))
    taken: dict[str, list[tuple[float, float]]] = {}
    for group in root.iter(f"{SVG}g"):
        if not group.get("class", "").startswith("bar"):
            continue
        boxes = [(float(one.get("x", 0)), float(one.get("width", 0))) for one in group.iter(f"{SVG}rect")]
        low, high = min(x for x, _ in boxes), max(x + width for x, width in boxes)
        top = next(group.iter(f"{SVG}rect")).get("y", "")
        taken.setdefault(top, []).append((low, high))
    for spans in taken.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert start >= end


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "مهمة", "Côte d’Ivoire & <b>"]
)
def test_texts_stay_texts(text: str) -> None:
    hostile = Entry("x", "/missions/x", text, "peacekeeping", text, life("2013-04-25", "2023-12-31"), text)
    root = ElementTree.fromstring(draw(gantt(text, [hostile], TODAY, {}, whole=False, language="en"), link=str))
    assert {one.tag for one in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "a", "g", "path", "rect", "text", "title", "circle")
    }
    assert text in "".join(root.itertext())
    assert root.get("aria-label") == text


def test_a_long_name_is_cut_not_run_over() -> None:
    long = entry(
        "a", life("2013-04-25", "2023-12-31"), "A very long name of a country that goes on and on and on and on"
    )
    names, _ = draw_parts(drawn(long))
    lines = [one.text or "" for one in ElementTree.fromstring(names).iter(f"{SVG}text")]
    assert len(lines) == 3
    assert all(len(line) <= 19 for line in lines)
    assert lines[-1].endswith("…")
