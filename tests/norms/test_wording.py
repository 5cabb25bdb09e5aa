"""The words of reasons: every code has a sentence in both languages, and the sentences read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodoffices.core.findings import DIVERGENCE, STATES, reason
from goodoffices.core.kinds import KINDS
from goodoffices.core.verdicts import Verdict
from goodoffices.norms import kindwords, wording
from goodoffices.norms.reasons import ABSENT

NORMS = Path(wording.__file__).parent


def written_codes() -> set[str]:
    """Every code the engine writes, read from its source."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in NORMS.glob("*.py"))
    found = set(re.findall(r'\breason\(\s*"(\w+)"', text)) | set(ABSENT.values())
    found |= set(re.findall(r'code = "(\w+)"', text)) | set(re.findall(r'code = "\w+" if .*? else "(\w+)"', text))
    found |= {"no_term_reading", "no_term", "term", "term_reading"}
    return found | {"permission", "power"}


def test_the_engine_and_the_sentences_name_the_same_codes() -> None:
    assert written_codes() == set(wording.SENTENCES)


def test_every_sentence_stands_in_both_languages() -> None:
    for english, french in wording.SENTENCES.values():
        assert english and french
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", french))


def test_every_state_verdict_and_kind_has_words() -> None:
    assert set(wording.STATE_WORDS) == {DIVERGENCE, *(state for states in STATES.values() for state in states)}
    assert set(wording.VERDICT_WORDS) == set(Verdict)
    assert set(kindwords.KIND_WORDS) == set(KINDS)


@pytest.mark.parametrize(
    ("args", "english", "french"),
    [
        (
            {"what": "suspension_declined", "who": "au,au-psc", "value": "", "since": "2021-04-20", "searched": ""},
            "no decision not to suspend by the African Union or its Peace and Security Council is known since 20 April "
            "2021, on what was known by 14 May 2021",
            "aucune trace de décision de ne pas suspendre par l’Union africaine ou son Conseil de paix et de sécurité "
            "depuis le 20 avril 2021, d’après ce que l’on savait au 14 mai 2021",
        ),
        (
            {
                "what": "statement,decision",
                "who": "",
                "value": "verb=condemn|reject",
                "since": "",
                "searched": "2021-06",
            },
            "no statement or decision that condemns or rejects is known, on what was known by 14 May 2021 (sources "
            "searched to June 2021)",
            "aucune trace de déclaration ou décision qui condamne ou rejette, d’après ce que l’on savait au 14 mai "
            "2021 (sources examinées jusqu’en juin 2021)",
        ),
    ],
)
def test_absences_read_as_sentences(args: dict[str, str], english: str, french: str) -> None:
    leaf = reason("absent_public", verdict=Verdict.FAILS, day="2021-05-14", known_at="2021-05-14", **args)
    assert wording.say(leaf) == english
    assert wording.say(leaf, "fr") == french


def test_the_caller_may_name_actors() -> None:
    args = {"what": "suspension", "who": "sadc,au", "value": "", "since": "", "searched": ""}
    leaf = reason("absent_public", day="2021-05-14", known_at="2021-05-14", **args)
    assert wording.say(leaf, names={"sadc": "SADC"}).startswith("no suspension by SADC or the African Union is known")


def test_a_fact_gives_its_day_once_and_its_french_where_there_is_one() -> None:
    args = {"kind": "suspension", "day": "2021-06-01", "confidence": "medium", "text": "On 1 June 2021 it suspends."}
    assert wording.say(reason("fact", **args)) == "On 1 June 2021 it suspends. (confidence: medium)"
    plain = args | {"text": "It suspends.", "confidence": "high", "text_fr": "Il suspend."}
    assert wording.say(reason("fact", **plain)) == "1 June 2021: It suspends."
    assert wording.say(reason("fact", **plain), "fr") == "1er juin 2021 : Il suspend."


def test_a_range_of_days_is_put_into_words() -> None:
    node = reason("trigger", day="[2021-06-01..2021-06-12]")
    assert wording.say(node) == "what gives rise to the duty, between 1 June 2021 and 12 June 2021"


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2021-06-01", ", on 1 June 2021", ", le 1er juin 2021"),
        ("2021-06", ", in June 2021", ", en juin 2021"),
        ("2021", ", in 2021", ", en 2021"),
        ("2021-06~", ", about June 2021", ", vers juin 2021"),
        ("unknown", ", date not known", ", date non connue"),
    ],
)
def test_coarse_days_are_put_into_words(day: str, english: str, french: str) -> None:
    node = reason("trigger", day=day)
    assert wording.say(node).endswith(english)
    assert wording.say(node, "fr").endswith(french)


@pytest.mark.parametrize(("amount", "said"), [("1", "the term is 1 day, to 2 June 2021"), ("7", "the term is 7 days")])
def test_terms_count_one_and_several(amount: str, said: str) -> None:
    due = "2021-06-02" if amount == "1" else ""
    assert wording.say(reason("term", amount=amount, unit="calendar_day", due=due)) == said
