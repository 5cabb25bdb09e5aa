"""The few words beside a mark, in English and in French."""

import pytest

from briefs.test_comparing import fact
from goodoffices.briefs.labels import label_of
from goodoffices.core.kinds import FIELDS, KINDS

CASE = "one-2021"
# Their label is made from a value: without it there is none.
WITH_WORDS = {"leadership", "sanction", "sanction_lifted", "aid_measure"}


def said(kind: str, actor: str, language: str = "fr", **value: str) -> str:
    return label_of(fact(CASE, "said", kind, actor, "2021-03-13", **value), language)


@pytest.mark.parametrize(
    ("kind", "actor", "value", "english", "french"),
    [
        ("suspension", "au-psc", {"meeting": "1030"}, "PSC 1030: suspends", "CPS 1030\u00a0: suspend"),
        ("suspension", "au-psc", {}, "PSC suspends", "CPS suspend"),
        ("suspension", "ecowas-authority", {}, "suspends", "suspend"),
        ("meeting", "au-psc", {"meeting": "1036"}, "PSC 1036", "CPS 1036"),
        ("statement", "eu", {"verb": "condemn"}, "EU: condemns", "UE\u00a0: condamne"),
        ("statement", "au", {"verb": "support"}, "AU: supports", "UA\u00a0: soutient"),
        ("statement", "ecowas", {"verb": "concern"}, "ECOWAS: concerned", "CEDEAO\u00a0: s’inquiète"),
        ("statement", "us", {"verb": "condemn"}, "United States: condemns", "États-Unis\u00a0: condamnent"),
        (
            "statement",
            "au-commission",
            {"verb": "condemn"},
            "AU Commission: condemns",
            "Commission de l’UA\u00a0: condamne",
        ),
        ("statement", "un-secretary-general", {"verb": "call"}, "SG: calls for order", "SG\u00a0: lance un appel"),
        (
            "press_statement",
            "un-security-council",
            {"document": "SC/15372", "verb": "condemn"},
            "SC/15372: condemns",
            "SC/15372\u00a0: condamne",
        ),
        ("ousted", "ousted", {"person": "A. B."}, "A. B.: removed", "A. B.\u00a0: renversé"),
        ("sanction_lifted", "ecowas", {"measure": "package"}, "sanctions: lifted", "levée de sanctions"),
        ("penholder", "states", {}, "penholder", "rédacteur désigné au Conseil"),
    ],
)
def test_a_label_in_both_languages(kind: str, actor: str, value: dict[str, str], english: str, french: str) -> None:
    assert said(kind, actor, "en", **value) == english
    assert said(kind, actor, **value) == french


def test_every_kind_has_a_french_label() -> None:
    alike = {"force", "mediation", "restriction", "expulsion", "dialogue", "sanction", "veto", "mandate"}
    for kind in set(KINDS) - WITH_WORDS:
        assert "_" not in said(kind, "authorities")
        assert said(kind, "authorities") != kind.replace("_", " ") or kind in alike, kind


def test_every_measure_and_word_can_be_said() -> None:
    for measure in FIELDS["measure"].choices:
        assert said("sanction", "eu", measure=measure)
        assert said("sanction_lifted", "eu", measure=measure) != said("sanction_lifted", "eu", "en", measure=measure)
    for verb in FIELDS["verb"].choices:
        assert ": " not in said("statement", "us", verb=verb).replace("\u00a0: ", "")
