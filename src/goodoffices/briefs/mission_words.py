"""The words for missions and operations: types, leads, whether they ran, in English and French."""

from __future__ import annotations

from typing import Final

from goodoffices.briefs.lives import Life
from goodoffices.briefs.mandates import Mandate
from goodoffices.core.days import Day

TYPES: Final[dict[str, tuple[str, str]]] = {
    "peacekeeping": ("peacekeeping operation", "opération de maintien de la paix"),
    "political": ("special political mission", "mission politique spéciale"),
    "regional_office": ("regional office", "bureau régional"),
    "envoy": ("office of an envoy", "bureau d’un envoyé"),
}
LEADS: Final[dict[str, tuple[str, str]]] = {
    "regional": ("regional organisation", "organisation régionale"),
    "single_state": ("single state", "un seul État"),
    "coalition": ("coalition of states", "coalition d’États"),
    "hybrid": ("United Nations with another", "Nations Unies avec une autre organisation"),
    "private": ("private company", "société privée"),
}
CONSENT: Final[dict[str, tuple[str, str]]] = {
    "requested": ("mission asked for", "mission demandée"),
    "given": ("given", "donné"),
    "withdrawn": ("withdrawn", "retiré"),
}
STANDING: Final[dict[str, tuple[str, str]]] = {
    "running": ("running on record", "en cours d’après les sources"),
    "ended": ("ended", "terminée"),
    "not_known": ("not known: no end on record", "non connu : aucune fin dans les sources"),
}


def type_words(word: str, language: str = "en") -> str:
    """A type of mission."""
    return TYPES[word][language == "fr"] if word in TYPES else word.replace("_", " ")


def lead_words(word: str, language: str = "en") -> str:
    """What kind of power leads an operation."""
    return LEADS[word][language == "fr"] if word in LEADS else word.replace("_", " ")


def standing_words(word: str, language: str = "en") -> str:
    """Whether it ran on the day looked at."""
    return STANDING[word][language == "fr"]


def consent_words(step: str, language: str = "en") -> str:
    """What the host did about its consent."""
    return CONSENT[step][language == "fr"] if step in CONSENT else step


def until_words(day: Day, language: str = "en") -> str:
    """The last day of a term, as it stands after "to" or "jusqu’"."""
    return day.words_after("à") if language == "fr" else day.words()


def life_words(life: Life, mandate: Mandate | None = None, language: str = "en") -> str:
    """A life in one phrase: "25 April 2013 to 31 December 2023", "since June 2011, no end on record"."""
    french = language == "fr"
    if life.ended is not None:
        if french:
            return f"{life.begun.words_after('de')} {life.ended.words_after('à')}"
        return f"{life.begun.words()} to {life.ended.words()}"
    since = life.begun.words_after("depuis") if french else f"since {life.begun.words()}"
    return f"{since}, {_carried(mandate, french)}"


def _carried(mandate: Mandate | None, french: bool) -> str:
    if mandate is None:
        return "aucune fin dans les sources" if french else "no end on record"
    until = until_words(mandate.until, "fr" if french else "en")
    said = f"mandat jusqu’{until}" if french else f"mandate to {until}"
    if mandate.state == "in_force":
        return said
    return f"{said}, {'aucune suite dans les sources' if french else 'nothing later on record'}"


def term_words(first: Day, last: Day, language: str = "en") -> str:
    """How long a term is: in months from six weeks on, else in days; empty where a day is not exact."""
    if not (first.precise and last.precise) or last.shown <= first.shown:
        return ""
    days = (last.shown - first.shown).days
    french = language == "fr"
    if days < 42:
        unit = ("jour" if days == 1 else "jours") if french else ("day" if days == 1 else "days")
        return f"{days} {unit}"
    months = round(days / 30.44)
    return f"{months} mois" if french else f"{months} month{'s' if months != 1 else ''}"
