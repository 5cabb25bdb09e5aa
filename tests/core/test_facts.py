"""Facts: a version stands for the content, a record comes back as the same fact, keys follow their grammar."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.days import read_span
from goodoffices.core.errors import BadRecord
from goodoffices.core.facts import CASE_ID, KEY, Fact, canonical, fact_from_record, order
from goodoffices.core.markings import Marking, read_marking
from goodoffices.core.snapshots import Snapshot
from goodoffices.core.sources import Citation, Source

UN = Source("un-sc14531", "UN press release SC/14531", "United Nations", "2021-05-26", "https://press.un.org/sc14531")
FACT = Fact(
    "mali-2021/au-suspension",
    "suspension",
    "au-psc",
    read_span("2021-06-01"),
    date(2021, 6, 1),
    "The Council suspends Mali.",
    (Citation(UN, "para. 3"),),
    "high",
)

words = st.text(max_size=12)
names = st.text(alphabet="abcdefgh_", min_size=1, max_size=6)
sources = st.builds(Source, words, words, words, words, words, words, st.sampled_from(["en", "fr", "ar"]))
spans = st.sampled_from(["2021-06-01", "2021-06~", "2021", "unknown", "2021-05/2021-06", "2013-07-01/..", "202X"]).map(
    read_span
)
pairs = st.dictionaries(names, words, max_size=4).map(lambda found: tuple(found.items()))
facts = st.builds(
    Fact,
    key=st.sampled_from(["mali-2021/a", "state:MLI/b-2"]),
    kind=words,
    actor=words,
    span=spans,
    known_at=st.dates(),
    text=words,
    citations=st.lists(st.builds(Citation, sources, words), max_size=2).map(tuple),
    confidence=st.sampled_from(["high", "medium", "low"]),
    value=pairs,
    texts=pairs,
    known_assumed=st.booleans(),
    marking=st.sampled_from(Marking),
    note=words,
    competes_with=words,
)


def stored(fact: Fact) -> Fact:
    return fact_from_record(json.loads(canonical(fact.record())))


@given(facts)
def test_a_record_comes_back_as_the_same_fact(fact: Fact) -> None:
    assert stored(fact) == fact
    assert stored(fact).version == fact.version
    assert hash(stored(fact)) == hash(fact)


@given(facts, facts)
def test_versions_stand_for_the_content(one: Fact, other: Fact) -> None:
    assert (one.version == other.version) == (one == other)


def test_the_version_stays_what_it_was() -> None:
    """Printed addresses and footnotes carry it: it may not change from release to release."""
    assert FACT.version == "ed4a06d21c12203c"


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "The Council suspends Mali"},
        {"span": read_span("2021-06-02")},
        {"known_at": date(2021, 6, 2)},
        {"marking": Marking.CONFIDENTIAL},
        {"value": (("label", "coup"),)},
        {"known_assumed": False},
        {"note": "x"},
        {"citations": ()},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_copy_has_its_own_version(changed: dict[str, object]) -> None:
    before = FACT.version  # worked out, and so perhaps kept
    copy = dataclasses.replace(FACT, **changed)  # type: ignore[arg-type]
    assert copy.version != before
    assert copy.version == stored(copy).version
    assert FACT.version == before


def test_the_order_of_value_fields_is_no_content() -> None:
    one = dataclasses.replace(FACT, value=(("verb", "condemn"), ("label", "coup")))
    other = dataclasses.replace(FACT, value=(("label", "coup"), ("verb", "condemn")))
    assert one == other and one.version == other.version
    assert one.get("verb") == "condemn" and one.get("votes", "none") == "none"


def test_a_version_even_of_text_no_document_can_carry() -> None:
    assert len(dataclasses.replace(FACT, text="\ud800\x00").version) == 16


def test_subject_name_and_sentence() -> None:
    fact = dataclasses.replace(FACT, texts=(("fr", "Le Conseil suspend le Mali."),))
    assert (fact.subject, fact.name) == ("mali-2021", "au-suspension")
    assert fact.said("fr").startswith("Le Conseil") and fact.said("ar") == fact.said() == FACT.text


def test_order_is_by_day_shown_then_latest_then_key() -> None:
    days = ["2021-06-01", "2021-06", "2021", "2021-06-02", "unknown", "2021-06-01/.."]
    made = [dataclasses.replace(FACT, key=f"mali-2021/f{n}", span=read_span(day)) for n, day in enumerate(days)]
    assert [fact.name for fact in sorted(made, key=order)] == ["f2", "f0", "f5", "f1", "f3", "f4"]


@pytest.mark.parametrize("key", ["mali-2021/au-suspension", "state:MLI/au-2", "central-african-republic-2013/x", "a/1"])
def test_keys(key: str) -> None:
    assert KEY.match(key)


@pytest.mark.parametrize(
    "key",
    [
        *("mali-2021", "mali-2021/", "/x", "mali-2021/AU", "mali-2021/a b", "mali-2021/a--b", "mali-2021/a/b", ""),
        *("mali_2021/a", "mali-2021/a\n", "Mali-2021/a", "mali-2021/état"),
    ],
)
def test_no_keys(key: str) -> None:
    assert not KEY.match(key)


def test_case_ids() -> None:
    for case in (
        "mali-2021",
        "burkina-faso-2022-01",
        "central-african-republic-2013",
        "benin-2025-attempt",
        "x-2021-12-2",
    ):
        assert CASE_ID.match(case), case
    for case in ("mali", "mali-21", "Mali-2021", "mali-2021-13", "mali-2021-", "mali-2021\n", "2021"):
        assert not CASE_ID.match(case), case


def test_markings() -> None:
    assert [read_marking(marking.words) for marking in Marking] == list(Marking)
    assert read_marking(" Strictly-Confidential ") is Marking.STRICTLY_CONFIDENTIAL
    assert Marking.UNCLASSIFIED < Marking.CONFIDENTIAL < Marking.STRICTLY_CONFIDENTIAL
    for text in ("", "secret", "1", "confidential!"):
        with pytest.raises(BadRecord, match="file, line 3"):
            read_marking(text, "file, line 3")


def test_sources_and_citations_as_printed() -> None:
    assert UN.words == "UN press release SC/14531, United Nations, 2021-05-26"
    assert Citation(UN, "para. 3").words.endswith(", para. 3") and Citation(UN).words == UN.words
    assert "mirror" not in UN.record()


# snapshots


def snapshot(**changed: object) -> Snapshot:
    given = {
        "subjects": ("mali-2021",),
        "as_of": date(2021, 7, 1),
        "known_at": date(2021, 7, 1),
        "clearance": Marking.UNCLASSIFIED,
        "facts": (FACT,),
    }
    return Snapshot(**(given | changed))  # type: ignore[arg-type]


def test_a_snapshot_id_stands_for_question_and_answer() -> None:
    other = dataclasses.replace(FACT, text="Other.")
    asked = [
        snapshot(),
        snapshot(subjects=("mali-2021", "state:MLI")),
        snapshot(as_of=date(2021, 7, 2)),
        snapshot(known_at=date(2021, 7, 2)),
        snapshot(clearance=Marking.CONFIDENTIAL),
        snapshot(facts=()),
        snapshot(facts=(other,)),
    ]
    assert len({one.id for one in asked}) == len(asked)
    assert all(len(one.id) == 12 for one in asked)
    assert snapshot(later=(other,), head="7:abc").id == snapshot().id  # what explains but never counts, changes nothing


def test_finding_in_a_snapshot() -> None:
    assert snapshot().find(FACT.key) is FACT and snapshot().find("mali-2021/x") is None
    assert snapshot().of_kind("suspension", "seizure") == (FACT,) and snapshot().of_kind("seizure") == ()
