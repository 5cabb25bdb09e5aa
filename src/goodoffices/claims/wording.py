"""The words of claims, in English and French: verdicts, what is expected, what was found, what is missing, why not.

Queries say in English what they found and what they lack, in a few fixed forms; here those forms have their French.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from goodoffices.claims.compute import Result
from goodoffices.claims.measure import bounds_of
from goodoffices.claims.verdicts import TOLERANCES, Expect
from goodoffices.core.days import day_words, read_span
from goodoffices.norms.kindwords import field_words

Names = Callable[[str], str]

VERDICTS: Final[dict[str, tuple[str, str]]] = {
    "holds": ("holds", "se vérifie"),
    "fails": ("fails", "ne se vérifie pas"),
    "borderline": ("borderline", "à la limite"),
    "unknown": ("not known", "non connu"),
}
_FORMS: Final[dict[str, tuple[str, str]]] = {
    "about": ("about", "environ"),
    "just_over": ("just over", "un peu plus de"),
    "more_than": ("more than", "plus de"),
    "nearly": ("nearly", "près de"),
    "within": ("within", "au plus"),
    "within_about": ("within about", "au plus environ"),
    "at_least": ("at least", "au moins"),
    "fewer_than": ("fewer than", "moins de"),
}
_UNITS: Final[dict[str, tuple[str, str]]] = {
    "day": ("jour", "jours"),
    "week": ("semaine", "semaines"),
    "month": ("mois", "mois"),
    "year": ("an", "ans"),
    "point": ("point", "points"),
    "percent": ("pour cent", "pour cent"),
}
# The fixed forms in which lengths, misses and comparisons are said. The order matters.
_SAID: Final = (
    (r"\bat most\b", "au plus"),
    (r"(\d) less\b", r"\1 de moins"),
    (r"(\d) more\b", r"\1 de plus"),
    (r"\b(day|week|month|year|point)(s?) less\b", r"\1\2 de moins"),
    (r"\b(day|week|month|year|point)(s?) more\b", r"\1\2 de plus"),
    (r"\bmonths?\b", "mois"),
    (r"\b(\d+(?:\.\d+)?) (day|week|year)s?\b", None),
    (r"\b(points?) (de)\b", r"\1 \2"),
    (r"^(\d+) after (\d+)$", r"\1, après \2 auparavant"),
    (r"\bafter (?=\d)", "après "),
    (r"\bnothing\b", "rien"),
    (r"^also\b", "aussi"),
    (r"(^|; )not\b", r"\1pas"),
    (r"^yes$", "oui"),
    (r"^no\b", "non"),
    (r" and (?=\d)", " et "),
    (r" to (?=\d)", " à "),
    (r" or (?=\d)", " ou "),
    (r"(?<=\d)\.(?=\d)", ","),
    (r"(?<=\w): ", " : "),
    (r"; ", " ; "),
)
_MEANINGS: Final[dict[str, str]] = {
    "time_between": "Le temps du début d’un fait au début d’un autre ; avec `field`, jusqu’au jour de ce champ.",
    "time_from_day": "Le temps d’un jour du calendrier, événement extérieur aux cas, au début d’un fait.",
    "year_of": "L’année où un fait a commencé.",
    "count_years": "Le nombre d’années différentes où ces faits ont commencé.",
    "longest_time": "Le plus long de plusieurs temps, chacun du début d’un fait au début d’un autre.",
    "length_of": "Combien de temps un fait a duré : les jours de son début à sa fin.",
    "time_to_first": "Le temps de la prise de pouvoir au premier fait d’un genre, par une organisation.",
    "faster_than": "Si une organisation a suspendu chacun de ces cas en moins de jours après la prise de pouvoir qu’un "
    "autre cas ; un cas jamais suspendu est laissé de côté.",
    "count_cases": "Le nombre de cas d’une catégorie et d’une issue dans une période.",
    "list_cases": "Les cas d’une catégorie et d’une issue dans une période.",
    "group_cases": "Le nombre de cas de chaque catégorie dans une période.",
    "more_cases_than_before": "Si une période compte plus de cas que la précédente, de `before_since` à "
    "`before_until`.",
    "followed_by_another": "Lesquels de ces cas ont été suivis d’une autre prise de pouvoir dans le même pays ; avec "
    "`years`, en tant d’années.",
    "leaders_out_of_power": "Dans lesquels de ces cas, hormis ceux que suit un autre dans le même pays, celui qui "
    "avait pris le pouvoir avait, à un jour donné, démissionné, été écarté ou laissé la place selon une constitution.",
    "handed_over": "Combien de ces cas ont abouti, à un jour donné, à un gouvernement constitutionnel sous quelqu’un "
    "qui n’avait pas pris le pouvoir dans ce cas.",
    "register_size": "Le nombre d’entrées d’un registre, comme celui des missions, dont un champ a une valeur.",
    "cases_with": "Lesquels de ces cas ont un fait d’un genre, par une organisation, avec ces champs.",
    "cases_without": "Lesquels de ces cas n’ont aucun fait d’un genre par une organisation, alors que ces actes sont "
    "rendus publics.",
    "silent_cases": "Sur lesquels de ces cas le Conseil de sécurité n’a rien publié jusqu’à un jour : ni déclaration, "
    "ni résolution ; le dossier doit le dire, et non seulement se taire. Avec `plain`, un texte sur autre chose n’est "
    "pas un texte sur le changement.",
    "silent_off_agenda": "Si chacun de ces cas sur lesquels le Conseil de sécurité n’a rien publié concerne un pays "
    "sans point propre à l’ordre du jour du Conseil.",
    "asks_for_return": "Dans lesquels de ces cas le premier texte de ce genre après la prise de pouvoir demande le "
    "retour à l’ordre constitutionnel ; le dossier doit dire de chacun s’il le demande.",
    "first_words": "Dans lesquels de ces cas le premier fait d’un genre par un organe, après la prise de pouvoir, a un "
    "verbe donné ; un cas sans un tel fait est laissé de côté.",
    "count_facts": "Le nombre de faits d’un genre, par une organisation, avec ces champs, dans ces cas ; `beside` "
    "nomme des faits regardés, qui disent pourquoi aucun ne compte.",
    "late_cases": "Combien de ces cas ont eu leur premier fait d’un genre plus de tant de jours après la prise de "
    "pouvoir.",
    "suspended_on": "Quels pays une organisation avait suspendus et non repris à un jour donné.",
    "steps_taken": "Quelles mesures une organisation a prises dans un cas jusqu’à un jour : suspension et genres de "
    "sanction.",
    "last_states": "Dans lesquels de ces cas le dernier fait d’un genre jusqu’à un jour a l’une de ces valeurs dans un "
    "champ ; un cas sans un tel fait compte comme non contesté, car une contestation est publique.",
    "only_without": "Lesquels de ces cas ont un fait avec une valeur dans un champ, et jamais un fait avec une autre.",
    "missions_with_fate": "Dans lesquelles de ces missions une tâche dont le nom contient l’un de ces mots a continué, "
    "été gelée, pris fin, et ainsi de suite, dans ces cas ; une mission sans une telle tâche manque.",
    "number_of": "Le premier nombre dans un champ d’un fait.",
    "numbers_of": "Tous les nombres dans un champ de plusieurs faits, ou dans leurs phrases avec `field` sentence.",
    "fall": "De combien le chiffre d’un sondage a baissé : le nombre de son échantillon, relevé avant, moins son "
    "pourcentage.",
    "values_of": "Les valeurs d’un champ dans plusieurs faits ; `actor` et `day` se lisent comme des champs.",
    "pairs_of": "Deux champs de plusieurs faits, côte à côte.",
    "says": "Si la phrase de chacun de ces faits contient l’un de ces mots.",
    "label_has": "Si le mot qu’un organe a employé pour le changement, tel que trouvé, contient ce mot.",
    "mandates_changed": "De quelles missions le mandat a changé d’une décision à une autre : la seconde est consignée "
    "comme un changement, ou porte sur autre chose. Une reconduction technique n’en est pas un.",
    "days_allowed": "Combien de jours le constat d’une règle laisse dans un cas : du jour de la prise de pouvoir au "
    "dernier jour du délai.",
    "not_recorded": "Rien : le dossier n’a aucun fait qui puisse trancher, et `wants` dit lequel manque.",
}
# What may be missing, as the queries say it.
_LACKING: Final = (
    (r"what happened up to (.+): that day had not come", "ce qui s’est passé jusqu’au {0} : ce jour n’était pas venu"),
    (r"the case (.+)", "le cas {0}"),
    (r"the day of (.+)", "le jour de {0}"),
    (r"the fact (.+)", "le fait {0}"),
    (r"the field (.+) of (.+)", "le champ {0} de {1}"),
    (r"a date for (.+)", "une date pour {0}"),
    (r"the end of (.+)", "la fin de {0}"),
    (r"a fact of kind (.+) by (.+) in (.+)", "un fait du genre {0} par {1} dans {2}"),
    (r"the suspensions by (.+)", "les suspensions par {0}"),
    (r"a number in (.+) of (.+)", "un nombre dans {0} de {1}"),
    (r"the figures before and after in (.+)", "les chiffres d’avant et d’après dans {0}"),
    (r"the word used in (.+)", "le mot employé dans {0}"),
    (r"the finding (.+) of (.+)", "le constat {0} de {1}"),
    (r"the term of (.+)", "le délai de {0}"),
    (r"whether (.+) spoke on (.+)", "si {0} s’est exprimé sur {1}"),
    (
        r"whether the Council's agenda had an item on the country of (.+)",
        "si l’ordre du jour du Conseil avait un point sur le pays de {0}",
    ),
    (r"whether (.+) asks for a return to constitutional order", "si {0} demande le retour à l’ordre constitutionnel"),
    (r"what became of (.+) in (.+)", "ce que sont devenus {0} à {1}"),
    (r"who took power in (.+)", "qui a pris le pouvoir dans {0}"),
    (r"a register of (.+?)s?", "un registre : {0}"),
    (r"a closer date than (.+) for (.+)", "une date plus précise que {0} pour {1}"),
    (r"the title of the publication cited in note 22", "le titre de la publication citée à la note 22"),
    (r"the wording of the Brahimi report", "les termes du rapport Brahimi"),
    (
        r"article 5 of the UN Charter as a rule of a rulebook",
        "l’article 5 de la Charte des Nations Unies comme règle d’un recueil",
    ),
)
_WHY_NOT: Final[dict[str, tuple[str, str]]] = {
    "named": ("not among the cases named", "pas parmi les cas nommés"),
    "period": ("outside the period", "hors de la période"),
    "category": ("another kind of change", "un autre type de changement"),
    "outcome": ("another outcome", "une autre issue"),
    "member_of": ("the state was no member", "l’État n’était pas membre"),
    "actor": ("by another body", "par un autre organe"),
    "until": ("after the last day asked about", "après le dernier jour demandé"),
    "within_days": ("too many days after the seizure", "trop de jours après la prise de pouvoir"),
    "plain": ("on another matter", "sur un autre sujet"),
    "another": ("fits too, but one fact a case decides", "convient aussi, mais un fait par cas suffit"),
}


def verdict_words(verdict: str, language: str = "en") -> str:
    """A claim's verdict."""
    return VERDICTS[verdict][language == "fr"]


def number_words(number: float, language: str = "en") -> str:
    """A figure as printed, with the decimal sign of the language."""
    said = f"{number:.2f}".rstrip("0").rstrip(".")
    return said.replace(".", ",") if language == "fr" else said


def expected_words(expect: Expect, language: str = "en", names: Names = str) -> str:
    """What a claim says, as a value: "just over 1 month"."""
    french = language == "fr"
    if isinstance(expect.figure, frozenset):
        return listed(expect.figure, french, names) or ("aucun" if french else "none")
    if isinstance(expect.figure, bool):
        return ("oui" if expect.figure else "non") if french else expect.words
    if not french:
        return expect.words
    form = "" if expect.form == "equals" else _FORMS[expect.form][1] + " "
    unit = f" {_UNITS[expect.unit][expect.figure >= 2]}" if expect.unit else ""
    return f"{form}{number_words(expect.figure, language)}{unit}"


def found_words(result: Result, language: str = "en", names: Names = str) -> str:
    """What the record computes."""
    french = language == "fr"
    if not result.found.values:
        return "non connu" if french else "not known"
    if not result.found.shown:
        value = result.found.values[0]
        return expected_words(Expect("equals", value, result.claim.expect.unit), language, names)
    return said_words(result.found.shown, language)


def said_words(text: str, language: str = "en") -> str:
    """A length, a miss or a comparison as the queries say it: "4.8 months less", "at most 16 months and 19 days"."""
    if language != "fr" or text.startswith("“"):
        return text
    for english, french in _SAID:
        text = re.sub(english, french if french is not None else _counted, text)
    return text


def _counted(match: re.Match[str]) -> str:
    number = float(match[1])
    return f"{match[1]} {_UNITS[match[2]][number >= 2]}"


def off_words(result: Result, language: str = "en", names: Names = str) -> str:
    """By how much a claim misses; lists of names with those there are too many, and those that are missing."""
    if not isinstance(result.claim.expect.figure, frozenset):
        return said_words(result.off_by, language)
    if not result.off_by or not isinstance(result.found.values[0], frozenset):
        return ""
    said, found = result.claim.expect.figure, result.found.values[0]
    more, less = found - said, said - found
    french = language == "fr"
    parts = [("aussi : " if french else "also ") + listed(more, french, names)] * bool(more)
    parts += [("manque : " if french else "not ") + listed(less, french, names)] * bool(less)
    return (" ; " if french else "; ").join(parts)


def listed(words: Iterable[str], french: bool, names: Names = str) -> str:
    """Names in a row; apart by semicolons where one has a comma of its own."""
    said = sorted(names(one) for one in words)
    return (", " if not any("," in one for one in said) else " ; " if french else "; ").join(said)


def meaning_words(result: Result, language: str = "en") -> str:
    """What the query counts."""
    return _MEANINGS[result.claim.query] if language == "fr" else result.meaning


def lacking_words(text: str, language: str = "en") -> str:
    """What is missing before a claim can be decided."""
    if language != "fr":
        return text
    for english, french in _LACKING:
        match = re.fullmatch(english, text)
        if match:
            return french.format(*(_day_or_text(one) for one in match.groups()))
    return text


def _day_or_text(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", text)
    if not match:
        return text
    named = (month for month in range(1, 13) if day_words(date(2000, month, 1)).split()[1] == match[2])
    month = next(named, 0)
    return day_words(date(int(match[3]), month, int(match[1])), "fr") if month else text


def question_words(question: str, language: str = "en") -> str:
    """Why a case or a fact does not count: the question that it fails."""
    french = language == "fr"
    if question in _WHY_NOT:
        return _WHY_NOT[question][french]
    field = field_words(question, language)
    return f"autre valeur, ou aucune, pour « {field} »" if french else f"another value, or none, for “{field}”"


def instead_words(question: str, found: str, language: str = "en", names: Names = str) -> str:
    """What a case or a fact that does not count has there instead; empty where that says nothing."""
    if not found or question in ("until", "another", "named"):
        return ""
    if question == "period":
        return read_span(found).words(language)
    if question == "within_days":
        return f"{found} {'jours' if language == 'fr' else 'days'}"
    return names(found)


def rule_words(expect: Expect, language: str = "en") -> str:
    """By which rule the verdict is made: from where to where the claim holds, and is borderline."""
    french = language == "fr"
    if isinstance(expect.figure, frozenset):
        return "Se vérifie si les deux listes sont les mêmes." if french else "Holds where both lists are the same."
    if isinstance(expect.figure, bool):
        return "Se vérifie si la réponse est la même." if french else "Holds where the answer is the same."
    bounds = bounds_of(expect)
    if bounds is None:
        return "Se vérifie si le nombre est exactement celui-là." if french else "Holds for exactly this number."
    (low, high), (near_low, near_high) = bounds
    if expect.form == "equals":
        return _exact_words(expect, low, high, french)
    word = TOLERANCES[expect.form]
    held = _range_words((low, high), (word.open_low, word.open_high), expect, french)
    near = _range_words((near_low, near_high), (word.open_low, word.open_high), expect, french)
    holds = f"« {_FORMS[expect.form][1]} » se vérifie {held}" if french else f"“{_FORMS[expect.form][0]}” holds {held}"
    if (low, high) == (near_low, near_high):
        return holds[0].upper() + holds[1:] + (" ; il n’y a pas de limite." if french else "; nothing is borderline.")
    return holds + (f" ; à la limite {near}." if french else f"; it is borderline {near}.")


def _exact_words(expect: Expect, low: float, high: float, french: bool) -> str:
    language = "fr" if french else "en"
    least, most = number_words(low, language), number_words(high, language)
    unit = _UNITS[expect.unit][high >= 2] if french else f"{expect.unit}s"
    if french:
        return f"Se vérifie de {least} à moins de {most} {unit} : la longueur est arrondie comme le rapport la dit."
    return f"Holds from {least} to less than {most} {unit}: the length is rounded as finely as the report says it."


def _range_words(bounds: tuple[float, float], opened: tuple[bool, bool], expect: Expect, french: bool) -> str:
    language = "fr" if french else "en"
    low, high = (number_words(one, language) if abs(one) != float("inf") else "" for one in bounds)
    unit = ""
    if expect.unit:
        last = bounds[1] if high else bounds[0]
        unit = " " + (_UNITS[expect.unit][last >= 2] if french else expect.unit + "s" * (last != 1))
    if not low:
        below = ("au-dessous de" if opened[1] else "jusqu’à") if french else ("below" if opened[1] else "up to")
        return f"{below} {high}{unit}"
    above = ("au-dessus de" if opened[0] else "à partir de") if french else ("above" if opened[0] else "from")
    if not high:
        return f"{above} {low}{unit}"
    if french:
        return f"{above} {low} {'et au-dessous de' if opened[1] else 'et jusqu’à'} {high}{unit}"
    return f"{above} {low} {'and ' if opened[0] else ''}{'to below' if opened[1] else 'up to'} {high}{unit}"
