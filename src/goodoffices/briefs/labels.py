"""The few words beside a mark of the timeline, in English and French."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.facts import Fact
from goodoffices.norms.kindwords import colon, kind_words

_COLONS: Final = (colon("en"), colon("fr"))

_LABELS: Final[dict[str, tuple[str, str]]] = {
    "suspension": ("suspends", "suspend"),
    "suspension_declined": ("does not suspend", "ne suspend pas"),
    "suspension_lifted": ("lifts suspension", "lève la suspension"),
    "seizure": ("seizure of power", "prise du pouvoir"),
    "constitutional_order": ("constitutional order", "ordre constitutionnel"),
    "mission_exit": ("mission closes", "fin de la mission"),
    "transition_term": ("term of the transition", "durée de la transition"),
    "organisation_exit": ("leaves the organisation", "quitte l’organisation"),
    "deadline_set": ("sets a term", "fixe un délai"),
    "aid_measure": ("aid", "aide"),
    "force": ("force", "force"),
    "credentials": ("credentials", "pouvoirs"),
    "working_group": ("working group", "groupe de travail"),
    "staff_security": ("staff security", "sécurité du personnel"),
    "foreign_forces": ("foreign forces", "forces étrangères"),
    "legal_act": ("legal act", "acte juridique"),
    "promise": ("promise", "promesse"),
    "vote_held": ("vote", "scrutin"),
}
_SPOKEN: Final[dict[str, tuple[str, str]]] = {
    "condemn": ("condemns", "condamne"),
    "reject": ("rejects", "rejette"),
    "concern": ("concerned", "s’inquiète"),
    "regret": ("regrets", "regrette"),
    "call": ("calls for order", "lance un appel"),
    "support": ("supports", "soutient"),
}
# The same of those whose French name is a plural: "États-Unis : condamnent".
_SPOKEN_BY_MANY: Final = {
    "condemn": "condamnent",
    "reject": "rejettent",
    "concern": "s’inquiètent",
    "regret": "regrettent",
    "call": "lancent un appel",
    "support": "soutiennent",
}
_MANY: Final = ("armed-forces", "armed-groups", "authorities", "regional-organisations", "states", "us")
_MANNERS: Final[dict[str, tuple[str, str]]] = {
    "took_power": ("takes power", "prend le pouvoir"),
    "appointed": ("appointed", "nommé"),
    "sworn_in": ("sworn in", "prête serment"),
    "elected": ("elected", "élu"),
    "resigned": ("resigns", "démissionne"),
    "removed": ("removed", "écarté"),
    "reinstated": ("reinstated", "rétabli"),
    "extended": ("stays on", "reste"),
}
_MEASURES: Final[dict[str, tuple[str, str]]] = {
    "travel_ban": ("travel bans", "interdictions de voyage"),
    "asset_freeze": ("asset freezes", "gels d’avoirs"),
    "border_closure": ("borders closed", "frontières fermées"),
    "trade_and_finance": ("trade and finance cut", "commerce et finances coupés"),
    "arms_embargo": ("arms embargo", "embargo sur les armes"),
    "embassy_or_envoys": ("envoys recalled", "envoyés rappelés"),
    "no_fly": ("flights barred", "vols interdits"),
    "political": ("political measures", "mesures politiques"),
    "package": ("sanctions", "sanctions"),
}
_LIFTED_FR: Final = {
    "travel_ban": "fin d’interdictions de voyage",
    "asset_freeze": "avoirs dégelés",
    "border_closure": "frontières rouvertes",
    "trade_and_finance": "commerce et finances rétablis",
    "arms_embargo": "fin de l’embargo sur les armes",
    "embassy_or_envoys": "retour d’envoyés",
    "no_fly": "vols de nouveau permis",
    "political": "fin de mesures politiques",
    "package": "levée de sanctions",
}
_AID: Final[dict[str, tuple[str, str]]] = {
    "paused": ("aid paused", "aide suspendue"),
    "ended": ("aid ended", "aide terminée"),
    "resumed": ("aid resumed", "aide reprise"),
    "redirected": ("aid redirected", "aide réorientée"),
    "continued": ("aid continues", "aide maintenue"),
    "determination": ("coup determination", "qualification de coup"),
    "no_determination": ("no coup determination", "pas de qualification"),
}
_KINDS_FR: Final = {
    "decision": "décision",
    "meeting": "réunion",
    "statement": "déclaration",
    "determination": "qualification",
    "detention": "détention",
    "violence": "violences",
    "ousted": "renversé",
    "expulsion": "expulsion",
    "assessment": "évaluation",
    "guidance": "consignes",
    "engagement": "contacts",
    "mediation": "médiation",
    "agreement": "accord",
    "partnership": "partenariat",
    "restriction": "restriction",
    "consent": "consentement",
    "dialogue": "dialogue",
    "opinion": "sondage",
    "veto": "veto",
    "recognition": "reconnaissance",
    "crisis_policy": "gestion de crise",
    "authorities_statement": "déclaration",
}


def label_of(fact: Fact, language: str = "en") -> str:
    """A few words for a mark: who or what, and what was done."""
    french = language == "fr"
    special = _SPECIAL.get(fact.kind)
    said = special(fact, french) if special else ""
    if said:
        return said
    if fact.kind in _LABELS:
        return _LABELS[fact.kind][french]
    if french:
        return _KINDS_FR.get(fact.kind) or kind_words(fact.kind, "fr")
    return fact.kind.replace("_", " ")


def _name(fact: Fact, french: bool) -> str:
    return brief_name(fact.actor, "fr" if french else "en")


def _product(fact: Fact, french: bool) -> str:
    spoken = _SPOKEN.get(fact.get("verb"))
    if not fact.get("document"):
        return ""
    said = f"{_COLONS[french]}{spoken[french]}" if spoken and not fact.get("subject_matter") else ""
    return fact.get("document") + said


def _leadership(fact: Fact, french: bool) -> str:
    return f"{fact.get('person')}{_COLONS[french]}{_MANNERS[fact.get('manner')][french]}"


def _ousted(fact: Fact, french: bool) -> str:
    return f"{fact.get('person')}{_COLONS[french]}{'renversé' if french else 'removed'}"


def _outcome(fact: Fact, french: bool) -> str:
    if fact.get("result") == "kept":
        return "promesse tenue" if french else "promise kept"
    return "promesse non tenue" if french else "promise not kept"


def _measure(fact: Fact, french: bool) -> str:
    said = _MEASURES[fact.get("measure")][french]
    if fact.kind == "sanction":
        return said
    return _LIFTED_FR[fact.get("measure")] if french else f"{said}: lifted"


def _aid(fact: Fact, french: bool) -> str:
    return _AID[fact.get("aid")][french]


def _statement(fact: Fact, french: bool) -> str:
    spoken = _SPOKEN.get(fact.get("verb"))
    if not spoken:
        return ""
    who = "SG" if fact.actor == "un-secretary-general" else _name(fact, french)
    done = _SPOKEN_BY_MANY[fact.get("verb")] if french and fact.actor in _MANY else spoken[french]
    return f"{who}{_COLONS[french]}{done}"


def _determination(fact: Fact, french: bool) -> str:
    return f"« {fact.get('label')} »" if french else f"“{fact.get('label')}”"


def _organ_act(fact: Fact, french: bool) -> str:
    """ "PSC 1001: suspends": the organ, the number of its meeting, what it did."""
    done = _LABELS[fact.kind][french] if fact.kind in _LABELS else ""
    if fact.get("meeting").isdigit():
        number = f"{_name(fact, french)} {fact.get('meeting')}"
        return f"{number}{_COLONS[french]}{done}" if done else number
    return f"{_name(fact, french)} {done}" if actors()[fact.actor].short and done else ""


_SPECIAL: Final[dict[str, Callable[[Fact, bool], str]]] = {
    "press_statement": _product,
    "presidential_statement": _product,
    "resolution": _product,
    "mandate": _product,
    "veto": _product,
    "leadership": _leadership,
    "ousted": _ousted,
    "promise_outcome": _outcome,
    "sanction": _measure,
    "sanction_lifted": _measure,
    "aid_measure": _aid,
    "statement": _statement,
    "determination": _determination,
    "decision": _organ_act,
    "meeting": _organ_act,
    "suspension": _organ_act,
    "suspension_declined": _organ_act,
    "suspension_lifted": _organ_act,
}
