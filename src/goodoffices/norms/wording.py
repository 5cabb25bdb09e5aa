"""The words of reasons, in English and French. One sentence a code; the engine writes no prose elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from goodoffices.core.days import read_span
from goodoffices.core.findings import DIVERGENCE, Reason
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.kindwords import NAMED, field_words, kind_words, value_words

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # conditions
    "all_of": ("all of these must hold", "toutes ces conditions doivent être réunies"),
    "any_of": ("one of these is enough", "une seule de ces conditions suffit"),
    "not": ("the following must not be so", "ce qui suit ne doit pas être le cas"),
    "reading": ("by the reading “{title}”: {value}", "selon la lecture « {title} » : {value}"),
    "rule": ("{title}: {state}", "{title} : {state}"),
    "always": ("no further condition", "sans autre condition"),
    "applies_if": ("whether the rule applies here", "si la règle s’applique ici"),
    "applies_to_all": ("the rule applies without further condition", "la règle s’applique sans autre condition"),
    "norm_not_in_force": (
        "the rule did not bind on {day}: in force {in_force}",
        "la règle ne liait pas au {day} : en vigueur {in_force}",
    ),
    "norm_perhaps_in_force": (
        "whether the rule already bound on {day} is not known: in force {in_force}",
        "on ne sait pas si la règle liait déjà au {day} : en vigueur {in_force}",
    ),
    # facts and absences
    "fact": ("{day}{text}", "{day}{text}"),
    "coarse_date": (
        "the date is too coarse to say whether this had happened by {day}",
        "la date est trop imprécise pour dire si cela avait eu lieu au {day}",
    ),
    "coarse_order": (
        "the dates are too coarse to say which came first, so more than one answer is possible",
        "les dates sont trop imprécises pour dire ce qui est venu d’abord : plusieurs réponses sont possibles",
    ),
    "unsettled": (
        "on record, but what it was is not settled{value}",
        "consigné, mais sa nature n’est pas établie{value}",
    ),
    "other_sort": (
        "what is on record is of another sort{value}",
        "ce qui est consigné est d’une autre sorte{value}",
    ),
    "absent_public": (
        "no {what}{who}{value} is known{since}{by}, on what was known by {known_at}{searched}",
        "aucune trace de {what}{who}{value}{since}{by}, d’après ce que l’on savait au {known_at}{searched}",
    ),
    "absent_unknown": (
        "not known: no page shows any {what}{who}{value}{since}, and such acts are not always published{searched}",
        "non connu : aucune page ne montre de {what}{who}{value}{since}, et ces actes ne sont pas toujours "
        "publiés{searched}",
    ),
    "absent_beyond": (
        "no {what}{who}{value} is known{since} up to {known_at}; nothing is known of the days after, up to {day}",
        "aucune trace de {what}{who}{value}{since} jusqu’au {known_at} ; rien n’est connu des jours suivants, "
        "jusqu’au {day}",
    ),
    "known_later": (
        "known only later, from {known_at}, and not counted: {text}",
        "connu seulement plus tard, à partir du {known_at}, et non compté : {text}",
    ),
    "no_membership": (
        "by the register of states the state was no member of {organisation} on {day}",
        "d’après le registre des États, l’État n’était pas membre de {organisation} au {day}",
    ),
    "state_unknown": (
        "whether the state was a member of {organisation} on {day} is not known: it is not in the register",
        "on ne sait pas si l’État était membre de {organisation} au {day} : il n’est pas au registre",
    ),
    "party_unknown": (
        "whether the state was a party to {instrument} on {day} is not known: no page found shows its ratification",
        "on ne sait pas si l’État était partie à {instrument} au {day} : aucune page trouvée ne montre sa ratification",
    ),
    "beyond_known": (
        "asked as of {as_of}, but what is known ends on {known_at}: nothing is known of the days between",
        "question posée au {as_of}, mais ce que l’on sait s’arrête au {known_at} : rien n’est connu entre les deux",
    ),
    "last_known": ("when last known, on {known_at}: {last}", "au dernier état connu, le {known_at} : {last}"),
    # heads
    "definition": ("the definition: {state}", "la définition : {state}"),
    "prohibition": ("the prohibition: {state}", "l’interdiction : {state}"),
    "permission": ("the permission: {state}", "la permission : {state}"),
    "power": ("the power: {state}", "le pouvoir : {state}"),
    "obligation": ("the duty: {state}", "l’obligation : {state}"),
    "status": ("the status: {state}", "le statut : {state}"),
    # duties
    "trigger": ("what gives rise to the duty{day}", "ce qui fait naître l’obligation{day}"),
    "undated": (
        "that holds, but since when is not known, so no term can be counted",
        "cela est établi, mais depuis quand n’est pas connu : aucun délai ne peut être compté",
    ),
    "performed": ("the act", "l’acte accompli"),
    "already_so": (
        "it was so already when the duty arose, so nothing was left to do",
        "il en était déjà ainsi quand l’obligation est née : rien ne restait à faire",
    ),
    "refused": ("the organ decided otherwise", "l’organe en a décidé autrement"),
    "ended_without": ("the situation ended without the act", "la situation a pris fin sans cet acte"),
    "that_day": ("it is to be done on the day it arises", "elle est à accomplir le jour même où elle naît"),
    "no_term": ("the text gives no term", "le texte ne fixe aucun délai"),
    "no_term_reading": (
        "the text gives no number of days, so silence stays open; a reading may set one: “{title}”",
        "le texte ne fixe aucun nombre de jours : le silence laisse la question ouverte ; une lecture peut en "
        "fixer un : « {title} »",
    ),
    "term": ("the term is {amount} {unit}{due}", "le délai est de {amount} {unit}{due}"),
    "term_reading": (
        "by the reading “{title}” the term is {amount} {unit}{due}; the text gives none",
        "selon la lecture « {title} », le délai est de {amount} {unit}{due} ; le texte n’en donne pas",
    ),
    "exception_met": ("exception met: {title} ({article})", "exception remplie : {title} ({article})"),
    "exception_not_met": (
        "exception considered, not met: {title} ({article})",
        "exception examinée, non remplie : {title} ({article})",
    ),
    "reach_ended": (
        "since then the rule no longer reaches the state",
        "depuis lors, la règle ne s’applique plus à l’État",
    ),
    "made_good": ("made good by", "compensé par"),
    "late_in_part": (
        "by the text, an act done late makes up for the delay in part only",
        "selon le texte, l’acte accompli en retard ne répare le retard qu’en partie",
    ),
    "restarted": (
        "the term began anew on {day}, when what gives rise to the duty came again before it was done",
        "le délai a recommencé le {day}, ce qui fait naître l’obligation étant survenu de nouveau avant l’acte",
    ),
    "earlier_duty": ("an earlier duty of {day}: {last}", "une obligation antérieure, du {day} : {last}"),
    "broken": ("broken by", "rompue par"),
    "ended_situation": ("the situation ended with", "la situation a pris fin avec"),
    "exempt_act": ("covered by an exception, so not counted", "couvert par une exception, donc non compté"),
    "but": ("unless an exception holds", "sauf exception"),
    "overridden": ("yields to another rule: {title} ({state})", "cède devant une autre règle : {title} ({state})"),
    "perhaps_overridden": (
        "may yield to another rule: {title} ({state})",
        "cède peut-être devant une autre règle : {title} ({state})",
    ),
    "conflict": (
        "stands against another rule, and the text ranks neither above the other: {title}",
        "s’oppose à une autre règle, sans que le texte donne la priorité à l’une d’elles : {title}",
    ),
    "same_as": ("the same {field} as in", "même élément ({field}) que dans"),
    # statuses and acts
    "status_begun": ("begun by", "commencé par"),
    "status_ended": ("ended by", "terminé par"),
    "act": ("the act", "l’acte"),
    "reach_doubtful": (
        "the organ acted although the register does not show that the rule reached the state",
        "l’organe a agi bien que le registre ne montre pas que la règle s’appliquait à l’État",
    ),
    "unverified_alone": (
        "the only reference has not been verified, so it carries no finding of departure by itself",
        "la seule référence n’est pas vérifiée : elle ne peut fonder à elle seule un constat d’écart",
    ),
    # competing accounts
    "disputed": (
        "the record holds competing accounts, which lead to different answers",
        "le dossier contient des versions concurrentes, qui mènent à des réponses différentes",
    ),
    "by_account": ("by this account: {state}", "selon cette version : {state}"),
    "other_days": ("another account gives another day: {day}", "une autre version donne un autre jour : {day}"),
}

# Conditions, whose verdict is shown beside them. The other sentences say it themselves.
WEIGHED: Final = frozenset(
    {
        "all_of",
        "always",
        "any_of",
        "applies_if",
        "but",
        "coarse_date",
        "no_membership",
        "not",
        "party_unknown",
        "reading",
        "state_unknown",
        "trigger",
    }
)

STATE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_triggered": ("not triggered", "sans objet"),
    "pending": ("term running", "délai en cours"),
    "open": ("open, no term in the text", "ouverte, sans délai dans le texte"),
    "fulfilled": ("done", "faite"),
    "fulfilled_late": ("done late", "faite en retard"),
    "overdue": ("term passed", "délai dépassé"),
    "deviation": ("apparent deviation", "écart apparent"),
    DIVERGENCE: ("apparent divergence", "divergence apparente"),
    "discharged": ("no longer owed", "n’est plus due"),
    "compensated": ("made good", "compensé"),
    "projected": ("term lies beyond what is known", "délai au-delà de ce qui est connu"),
    "possible_deviation": ("possible deviation: dates too coarse", "écart possible : dates trop imprécises"),
    "undetermined": ("not known", "non connu"),
    "disputed": ("disputed", "controversé"),
    "in_force": ("in force", "en vigueur"),
    "ended": ("ended", "terminé"),
    "not_in_force": ("not in force", "pas en vigueur"),
    "available": ("available", "ouvert"),
    "exercised": ("used", "exercé"),
    "not_available": ("not available", "non ouvert"),
    "met": ("met", "conditions réunies"),
    "not_met": ("not met", "conditions non réunies"),
}

VERDICT_WORDS: Final[dict[Verdict, tuple[str, str]]] = {
    Verdict.HOLDS: ("yes", "oui"),
    Verdict.FAILS: ("no", "non"),
    Verdict.UNKNOWN: ("not known", "non connu"),
    Verdict.DISPUTED: ("disputed", "controversé"),
}

# Units: several, and one alone.
_UNITS: Final = {
    "hour": (("hours", "heures"), ("hour", "heure")),
    "calendar_day": (("days", "jours"), ("day", "jour")),
    "working_day": (("working days", "jours ouvrables"), ("working day", "jour ouvrable")),
    "month": (("months", "mois"), ("month", "mois")),
}
_SHAKY: Final = {
    "medium": (" (confidence: medium)", " (confiance : moyenne)"),
    "low": (" (confidence: low)", " (confiance : faible)"),
}
# Signs of a whole date, 2021-06-01.
_WHOLE: Final = 10


def state_words(state: str, language: str = "en") -> str:
    """A state for people: "done", "apparent deviation", "not known"."""
    return STATE_WORDS[state][language == "fr"]


def verdict_words(verdict: Verdict, language: str = "en") -> str:
    """A verdict for people."""
    return VERDICT_WORDS[verdict][language == "fr"]


def say(reason: Reason, language: str = "en", names: Mapping[str, str] | None = None) -> str:
    """The sentence of one node, without its parts. `names` gives actors' names by id, where the caller has them."""
    args = dict(reason.args)
    if reason.code == "fact":
        return _fact(args, language)
    args = _plain(reason.code, args, language, names)
    if reason.code in _FILLERS:
        args |= _FILLERS[reason.code](args, language)
    elif reason.code.startswith("absent"):
        args |= _absence(args, language, names)
    return SENTENCES[reason.code][language == "fr"].format(**args)


def _plain(code: str, args: dict[str, str], language: str, names: Mapping[str, str] | None) -> dict[str, str]:
    """Arguments that every sentence puts into words in the same way."""
    for name in ("title", "text", "article"):
        args[name] = args.get(f"{name}_{language}") or args.get(name, "")
    dated = _when if code == "trigger" else _days
    for name in ("known_at", "as_of", "day"):
        args[name] = dated(args[name], language) if args.get(name) else ""
    for name in ("state", "last"):
        args[name] = state_words(args[name], language) if args.get(name) in STATE_WORDS else ""
    for name in ("organisation", "instrument"):
        if name in args:
            args[name] = _name(args[name], language, names)
    return args


def _days(text: str, language: str) -> str:
    return read_span(text).words(language)


def _the(text: str, language: str) -> str:
    """A day after "since": French says "le" only of a whole date."""
    if text.startswith("["):
        return ("un jour " if language == "fr" else "some day ") + _days(text, language)
    return ("le " if language == "fr" and len(text) == _WHOLE else "") + _days(text, language)


def _when(text: str, language: str) -> str:
    """A day after a comma: "on 1 June 2021", "in June 2021", "about June 2021"."""
    if len(text) == _WHOLE:
        return ("le " if language == "fr" else "on ") + _days(text, language)
    plain = re.fullmatch(r"\d{4}(?:-\d{2})?", text)
    return (("en " if language == "fr" else "in ") if plain else "") + _days(text, language)


def _fact(args: dict[str, str], language: str) -> str:
    """The fact's own sentence, after its day where the sentence does not give it."""
    text = args.get(f"text_{language}") or args["text"]
    day = _days(args["day"], language)
    shaky = _SHAKY.get(args.get("confidence", ""), ("", ""))[language == "fr"]
    if day in text or day in args["text"]:
        return text + shaky
    return day[0].upper() + day[1:] + (" : " if language == "fr" else ": ") + text + shaky


def _name(actor: str, language: str, names: Mapping[str, str] | None) -> str:
    if names and actor in names:
        return names[actor]
    return NAMED[actor][language == "fr"] if actor in NAMED else actor.replace("-", " ")


def _absence(args: dict[str, str], language: str, names: Mapping[str, str] | None) -> dict[str, str]:
    french = language == "fr"
    what = [kind_words(word, language) for word in args["what"].split(",")]
    who = [_name(word, language, names) for word in args["who"].split(",") if word]
    said = {"what": either(what, language), "who": "", "value": _values(args.get("value", ""), language)}
    if who:
        said["who"] = (" par " if french else " by ") + either(who, language)
    said["since"] = said["searched"] = said["by"] = ""
    if args["day"] != args["known_at"]:  # what came afterwards is known, and does not count
        said["by"] = (" jusqu’au " if french else " by ") + args["day"]
    if args["since"]:
        said["since"] = (" depuis " if french else " since ") + _the(args["since"], language)
    if args["searched"]:
        until = _days(args["searched"], language)
        joint = "au" if until[0].isdigit() and len(args["searched"]) == _WHOLE else "en"
        said["searched"] = (
            f" (sources examinées jusqu’{joint} {until})" if french else f" (sources searched to {until})"
        )
    return said


def _values(text: str, language: str) -> str:
    """What the act was to say or be: " that condemns or rejects", " (kind of change: military coup)"."""
    said = []
    for one in text.split(";"):
        name, _, words = one.partition("=")
        listed = either([value_words(word, language) for word in words.split("|")], language)
        if name == "verb":
            said.append((" qui " if language == "fr" else " that ") + listed)
        elif name == "same":
            said.append(
                (" (même élément : " if language == "fr" else " (the same ") + field_words(words, language) + ")"
            )
        elif name:
            colon = " : " if language == "fr" else ": "
            said.append(f" ({field_words(name, language)}{colon}{listed})")
    return "".join(said)


def either(words: list[str], language: str) -> str:
    """Words of which one is enough: "a, b or c"."""
    *rest, last = words
    return (", ".join(rest) + (" ou " if language == "fr" else " or ") + last) if rest else last


def _term(args: dict[str, str], language: str) -> dict[str, str]:
    french = language == "fr"
    said = {"unit": _UNITS[args["unit"]][args["amount"] == "1"][french], "due": ""}
    if args.get("due"):
        said["due"] = (", jusqu’au " if french else ", to ") + _days(args["due"], language)
    return said


def _fields(args: dict[str, str], language: str) -> dict[str, str]:
    colon = " : " if language == "fr" else ": "
    said = []
    for one in filter(None, args["value"].split(";")):
        name, _, words = one.partition("=")
        listed = ", ".join(value_words(word, language) for word in words.split("|") if word)
        said.append(field_words(name, language) + (colon + listed if listed else ""))
    return {"value": f" ({'; '.join(said)})" if said else ""}


def _reading(args: dict[str, str], language: str) -> dict[str, str]:
    return {"value": ", ".join(value_words(word.strip(), language) for word in args["value"].split(","))}


def _trigger(args: dict[str, str], language: str) -> dict[str, str]:
    return {"day": ", " + args["day"] if args["day"] else ""}


def _in_force(args: dict[str, str], language: str) -> dict[str, str]:
    return {"in_force": read_span(args["in_force"]).words(language)}


def _same_as(args: dict[str, str], language: str) -> dict[str, str]:
    return {"field": field_words(args["field"], language)}


_FILLERS: Final[dict[str, Callable[[dict[str, str], str], dict[str, str]]]] = {
    "unsettled": _fields,
    "other_sort": _fields,
    "reading": _reading,
    "same_as": _same_as,
    "term": _term,
    "term_reading": _term,
    "trigger": _trigger,
    "norm_not_in_force": _in_force,
    "norm_perhaps_in_force": _in_force,
}


def lines(reason: Reason, language: str = "en", depth: int = 0, names: Mapping[str, str] | None = None) -> list[str]:
    """The tree as indented lines of text; conditions with their verdict, facts with their keys."""
    weighed = reason.verdict if reason.code in WEIGHED else None
    mark = f" [{verdict_words(weighed, language)}]" if weighed is not None else ""
    keys = f"  ({', '.join(reason.facts)})" if reason.facts else ""
    found = ["  " * depth + "- " + say(reason, language, names) + mark + keys]
    for part in reason.parts:
        found += lines(part, language, depth + 1, names)
    return found
