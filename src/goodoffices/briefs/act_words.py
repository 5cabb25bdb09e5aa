"""The words of comparison, in English and French: organisations, kinds of act, days since the seizure, features.

Invariant: a number of days that is not exact is a range, "3 to 9"; a date that no seizure dates stays a date.
"""

from __future__ import annotations

from typing import Final

from goodoffices.briefs.comparing import UN_MISSION, When, act_label, organisation_name
from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.days import read_span
from goodoffices.norms.kindwords import kind_words, value_words

_GROUPS_FR: Final = {
    UN_MISSION: "Mission de l’ONU",
    "un-security-council": "Conseil de sécurité",
    "un-general-assembly": "Assemblée générale",
    "un-secretary-general": "Secrétaire général",
    "un-secretariat": "Secrétariat de l’ONU",
}
_ACTS_FR: Final = {
    "suspension": "suspension",
    "suspension_declined": "ne suspend pas",
    "no_product": "aucun texte, bien que saisi ou en mesure de l’être",
    "statement.none": "déclaration\u00a0: sans prise de position",
    "statement.not_shown": "déclaration\u00a0: termes non montrés",
    "aid_measure.no_determination": "aide\u00a0: pas de qualification",
    "statement": "déclaration",
    "aid_measure": "aide",
    "credentials": "pouvoirs",
    "mandate": "mandat",
    "force": "force",
    "recognition": "reconnaissance",
    "guidance": "consignes",
    "crisis_policy": "politique de crise",
    "assessment": "évaluation",
    "suspension_lifted": "suspension levée",
    "sanction": "sanctions",
    "sanction_lifted": "sanctions levées",
    "determination": "qualification",
    "deadline_set": "délai fixé",
    "lead_department": "département chef de file",
    "working_group": "groupe de travail",
}
_WORDS_FR: Final = {
    "condemn": "condamne",
    "reject": "rejette",
    "concern": "s’inquiète",
    "regret": "regrette",
    "call": "lance un appel",
    "support": "soutient",
    "paused": "interrompue",
    "ended": "terminée",
    "resumed": "reprise",
    "redirected": "réorientée",
    "continued": "maintenue",
    "determination": "qualification",
    "accepted": "acceptés",
    "deferred": "différés",
    "no_competing_claim": "sans prétention concurrente",
    "competing_claims": "prétentions concurrentes",
    "seat_kept": "siège conservé",
    "rejected": "rejetés",
    "start": "début",
    "end": "fin",
    "renew": "renouvellement",
    "change": "modification",
    "threatened": "menace",
    "authorised": "autorisation",
    "deployed": "déploiement",
    "used": "emploi",
    "dropped": "abandon",
    "recognised": "reconnu",
    "not_recognised": "non reconnu",
    "contacts": "contacts",
    "issued": "données",
    "relaxed": "assouplies",
    "tightened": "durcies",
    "not_issued": "non données",
    "leaked": "divulguées",
    "not_observed": "non suivies",
    "practice": "pratique",
    "activated": "activée",
    "deactivated": "levée",
    "requested": "demandée",
    "delivered": "remise",
    "recommended": "recommandée",
    "not_conducted": "non menée",
    "plan_adopted": "plan adopté",
}
_FLAGS_FR: Final = {
    "no seizure known on these days": "aucune prise de pouvoir connue à ces dates",
    "failed attempt": "tentative échouée",
    "reversed": "changement annulé",
    "contested whether it was an unconstitutional change": "qualification de changement anticonstitutionnel contestée",
    "accounts of the seizure compete": "récits concurrents de la prise de pouvoir",
    "day 0 is not exact": "jour 0 imprécis",
}
_FEATURES_EN: Final = {"category": "kind of change", "victim": "who was removed"}
_FEATURES_FR: Final = {
    "category": (
        "type de changement",
        "Les normes nomment des types de changement, et un coup ne reçoit pas la même réponse qu’un refus de partir.",
    ),
    "victim": (
        "qui a été renversé",
        "Qu’un gouvernement élu ou de transition soit tombé décide de ce à quoi l’on peut revenir.",
    ),
    "outcome": (
        "issue",
        "Une tentative échouée ou annulée laisse le gouvernement en place et appelle d’autres réponses.",
    ),
    "AU member": (
        "membre de l’UA",
        "Un membre est lié par les règles de l’Union africaine, et le Conseil de celle-ci doit se saisir du cas.",
    ),
    "regional organisation": (
        "organisation régionale",
        "La région répond la première, et chaque région a ses propres règles, ou aucune.",
    ),
    "UN mission": (
        "mission de l’ONU",
        "Ce que l’ONU a sur place décide de ce qu’elle peut perdre et de ce qu’elle peut offrir.",
    ),
    "second change within three years": (
        "second changement en trois ans",
        "Un second changement rencontre des mesures, des délais et des envoyés déjà là.",
    ),
}
_VALUES_EN: Final = {
    "elected": "elected government",
    "transitional": "transitional government",
    "unelected": "government not elected",
    "peacekeeping": "peacekeeping operation",
    "political": "political mission",
    "envoy": "special envoy",
}
_PLAINER: Final = {
    "none": ("no position", "sans prise de position"),
    "not_shown": ("words not shown", "termes non montrés"),
}
_VALUES_FR: Final = {
    "elected": "gouvernement élu",
    "transitional": "gouvernement de transition",
    "unelected": "gouvernement non élu",
    "yes": "oui",
    "no": "non",
    "political": "mission politique",
    "envoy": "envoyé spécial",
    "regional_office": "bureau régional",
    "popular_uprising": "soulèvement populaire",
    "foreign_removal": "renversement par l’étranger",
    "other": "autre",
    "not known": "non connu",
}


def organisation_words(organisation: str, language: str = "en") -> str:
    """An organisation or actor, as short as it goes: "AU", "UN mission"; "UA", "Mission de l’ONU"."""
    if language != "fr":
        return organisation_name(organisation)
    if organisation in _GROUPS_FR:
        return _GROUPS_FR[organisation]
    return brief_name(organisation, "fr")


def act_words(act: str, language: str = "en") -> str:
    """A kind of act: "statement: condemn"; "déclaration : condamne", where no line may break before the colon."""
    if language != "fr":
        return act_label(act)
    kind, _, word = act.partition(".")
    whole = _ACTS_FR.get(act) or _ACTS_FR.get(kind) or kind_words(kind, "fr")
    return whole if act in _ACTS_FR or not word else f"{whole}\u00a0: {_WORDS_FR.get(word) or value_words(word, 'fr')}"


def word_of(word: str, language: str = "en") -> str:
    """One word of a value: a verb, a kind of change, a yes."""
    if word in _PLAINER:
        return _PLAINER[word][language == "fr"]
    if language != "fr":
        return word.replace("_", " ")
    return _VALUES_FR.get(word) or _WORDS_FR.get(word) or value_words(word, "fr")


def feature_value(value: str, language: str = "en") -> str:
    """What a feature is in a case: "peacekeeping operation"."""
    if language != "fr":
        return _VALUES_EN.get(value) or word_of(value)
    acronyms = {actor.brief_name: brief_name(one, "fr") for one, actor in actors().items()}
    names = value.split(", ")
    if all(one in acronyms for one in names):
        return ", ".join(acronyms[one] for one in names)
    return word_of(value, "fr")


def flag_words(flag: str, language: str = "en") -> str:
    """What a reader must know before reading a case's column."""
    return _FLAGS_FR.get(flag, flag) if language == "fr" else flag


def feature_words(feature: str, language: str = "en") -> str:
    """A feature that cases may share."""
    return _FEATURES_FR[feature][0] if language == "fr" else _FEATURES_EN.get(feature, feature)


def feature_reason(feature: str, why: str, language: str = "en") -> str:
    """Why a feature counts."""
    return _FEATURES_FR[feature][1] if language == "fr" else why


def number_words(when: When, language: str = "en") -> str:
    """The days since the seizure, bare: "8", "3 to 9", "−329"; the date itself where nothing can be counted."""
    if when.day is not None:
        return _signed(when.day)
    if when.first is None or when.last is None:
        return read_span(when.date).words(language)
    if when.first == when.last:
        return f"{_signed(when.first)}\u202f(?)"
    return f"{_signed(when.first)} {'à' if language == 'fr' else 'to'} {_signed(when.last)}"


def day_number_words(when: When, language: str = "en") -> str:
    """The same inside a sentence: "day 8", "day 3 to 9"; "jour 8"; the date where nothing can be counted."""
    said = number_words(when, language)
    if when.day is None and (when.first is None or when.last is None):
        return said
    return f"{'jour' if language == 'fr' else 'day'} {said}"


def _signed(number: int) -> str:
    return str(number) if number >= 0 else f"\u2212{-number}"
