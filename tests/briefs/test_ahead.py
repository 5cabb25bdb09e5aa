"""What comes next, in words: ends of mandates, promises and deadlines."""

from datetime import date

import pytest

from briefs.test_comparing import fact, record, seized
from goodoffices.briefs.ahead import next_dates
from goodoffices.casebook.files import read_casebook
from goodoffices.norms.kindwords import MATTERS_FR, OFFICES_FR, matter_words, office_words

AS_OF = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("kind", "actor", "value", "english", "french"),
    [
        ("mandate", "un-security-council", {"mission": "minusma"}, "MINUSMA mandate expires",
         "fin du mandat de la MINUSMA"),
        ("mandate", "un-security-council", {"mission": "unoca"}, "UNOCA mandate expires", "fin du mandat du BRENUAC"),
        ("mandate", "un-security-council", {"mission": "unoci"}, "UNOCI mandate expires",
         "fin du mandat de l’ONUCI"),
        ("promise", "authorities", {"subject_matter": "general elections"}, "promised: general elections",
         "promis\u00a0: élections générales"),
        ("promise", "authorities", {"subject_matter": "a pony"}, "promised: a pony", "promis\u00a0: a pony"),
        ("deadline_set", "sadc", {"subject_matter": "periodic updates"}, "periodic updates", "points périodiques"),
    ],
)  # fmt: skip
def test_a_date_ahead_in_words(kind: str, actor: str, value: dict[str, str], english: str, french: str) -> None:
    told = fact("one-2021", "told", kind, actor, "2021-05-01", until="2022-01-31", **value)
    given = record("one-2021", seized("one-2021"), told, as_of=AS_OF, known_at=AS_OF)
    assert [one.what for one in next_dates(given, ())] == [english]
    assert [one.what for one in next_dates(given, (), "fr")] == [french]


def test_what_the_record_promises_has_french_words() -> None:
    matters = {one.get("subject_matter") for one in read_casebook().facts if one.kind in ("promise", "deadline_set")}
    assert {one for one in matters if one and one not in MATTERS_FR} == set()
    offices = {one.get("office") for one in read_casebook().facts if one.kind in ("leadership", "ousted")}
    assert {one for one in offices if one and one not in OFFICES_FR} == set()
    assert (matter_words("elections", "fr"), matter_words("elections")) == ("élections", "elections")
    assert (office_words("president", "fr"), office_words("president")) == ("président", "president")
    assert not [one for one in (*MATTERS_FR.values(), *OFFICES_FR.values()) if "'" in one or " :" in one]
