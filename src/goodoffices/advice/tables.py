"""The tables beside the advice: what the record has on the question of a section, row by row, each with its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from goodoffices.advice.items import Row, Table
from goodoffices.advice.people import factions, persons
from goodoffices.advice.situation import Situation
from goodoffices.casebook.actors import actors, brief_name
from goodoffices.core.days import read_day
from goodoffices.core.facts import Fact
from goodoffices.core.reading import begun
from goodoffices.norms.kindwords import colon, kind_words, matter_words, office_words, value_words

_CALLS: Final = (
    *("determination", "statement", "press_statement", "presidential_statement", "resolution"),
    *("authorities_statement", "stance"),
)
_ACTS: Final = ("restriction", "expulsion", "partnership", "consent", "organisation_exit")
_RELATIONS: Final = (*_ACTS, "engagement", "dialogue", "agreement", "staff_security", "mandate", "mission_exit")
_FOLLOWS_WITHIN: Final = 92  # days in which what relations did next is looked for
_ASKS: Final = ("determination", "statement", "suspension", "suspension_declined", "suspension_lifted", "decision")
_MEASURES: Final = ("sanction", "sanction_lifted", "deadline_set")
_MOST_ELSEWHERE: Final = 14
_WITH_LIST: Final = ("guidance", "interlocutors")
_FORCE: Final = ("force",)
_MEDIATES: Final = ("mediation", "dialogue")
_BODIES: Final = ("au", "ecowas", "sadc", "igad", "eccas", "oas", "asean", "arab-league", "eu", "un")
_TITLES: Final[dict[str, tuple[str, str]]] = {
    "terms": ("What each body called it", "Les mots de chaque organisation"),
    "advice": ("Advice on contacts, in its versions", "Les consignes sur les contacts, dans leurs versions"),
    "security": ("Staff and premises so far", "Personnel et locaux jusqu’ici"),
    "security-elsewhere": ("Staff and premises in other cases", "Personnel et locaux dans d’autres cas"),
    "persons": ("Persons on record", "Personnes figurant au dossier"),
    "factions": ("Groups on record", "Groupes figurant au dossier"),
    "opinion": ("Surveys of opinion", "Sondages d’opinion"),
    "mandate": ("Decisions on the mandate and consent", "Décisions sur le mandat et consentement"),
    "listed": (
        "Names like those on the consolidated list (a likeness identifies nobody)",
        "Noms proches de ceux de la liste récapitulative (une ressemblance n’identifie personne)",
    ),
    "acts": ("Contentious acts and what followed", "Actes litigieux et ce qui a suivi"),
    "promises": ("Promises and terms", "Promesses et échéances"),
    "positions": ("Where UN bodies stand", "Positions des entités de l’ONU"),
    "alignment": (
        "Decisions and words of each body, on record",
        "Décisions et propos de chaque organisation, au dossier",
    ),
}
_COLUMNS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "terms": (("day", "jour"), ("who", "qui"), ("word", "mot"), ("tone", "ton")),
    "advice": (("day", "jour"), ("who", "qui"), ("step", "étape"), ("what", "quoi")),
    "security": (("day", "jour"), ("step", "étape"), ("what", "quoi")),
    "security-elsewhere": (("day", "jour"), ("step", "étape"), ("what", "quoi")),
    "persons": (
        *(
            ("person", "personne"),
            ("standing", "situation"),
            ("office", "fonction"),
            ("last on record", "dernier fait"),
        ),
        *(("measures", "mesures"), ("contacts of the UN", "contacts de l’ONU")),
    ),
    "factions": (
        ("group", "groupe"),
        ("last said", "dernier propos"),
        ("last did", "dernier acte"),
        ("contact", "contact"),
    ),
    "opinion": (("day", "jour"), ("question", "question"), ("percent", "pour cent"), ("what", "quoi")),
    "mandate": (("day", "jour"), ("what", "quoi"), ("document", "document"), ("sentence", "phrase")),
    "listed": (
        *(("on record", "au dossier"), ("on the list", "sur la liste"), ("likeness", "ressemblance")),
        *(("reference", "référence"), ("list", "liste"), ("since", "depuis")),
    ),
    "acts": (
        ("day", "jour"),
        ("act", "acte"),
        ("what", "quoi"),
        ("what followed in three months", "suite en trois mois"),
    ),
    "promises": (("day", "jour"), ("what", "quoi"), ("until", "jusqu’au"), ("outcome", "suite")),
    "positions": (("day", "jour"), ("who", "qui"), ("on what", "sur quoi"), ("position", "position")),
    "alignment": (
        *(("body", "organisation"), ("position and suspension", "position et suspension")),
        *(("measures and terms", "mesures et délais"), ("force", "force"), ("mediation", "médiation")),
    ),
}
_NO_LIST: Final = (
    "No list was supplied. Give the XML file of the UN Security Council consolidated list: --sanctions-list FILE, or "
    "GOODOFFICES_SANCTIONS_LIST.",
    "Aucune liste n’a été fournie. Donnez le fichier XML de la liste récapitulative du Conseil de sécurité : "
    "--sanctions-list FICHIER, ou GOODOFFICES_SANCTIONS_LIST.",
)
_NO_MATCH: Final = (
    "No name on record is like one on the list. That clears nobody: names are written in many ways.",
    "Aucun nom du dossier ne ressemble à un nom de la liste. Cela ne blanchit personne : les noms s’écrivent de bien "
    "des façons.",
)
_NONE: Final = ("Nothing on record by that day.", "Rien au dossier à cette date.")
_STANDING: Final[dict[str, tuple[str, str]]] = {
    "in_power": ("in office", "en fonction"),
    "out": ("out of office", "hors fonction"),
    "detained": ("detained", "en détention"),
    "not_known": ("not known", "non connu"),
}
_OVERDUE: Final = ("day passed, no outcome on record", "jour passé, aucune suite au dossier")
_OPEN: Final = ("open", "en cours")


def tables(section: str, situation: Situation) -> tuple[Table, ...]:
    """The tables of a section; none where it has none."""
    found = [_table(name, rows(situation), situation.language) for name, rows in TABLES.get(section, ())]
    if section in _WITH_LIST:
        found.append(_listed(situation))
    return tuple(found)


def _table(name: str, rows: Iterable[Row], language: str) -> Table:
    french = language == "fr"
    columns = tuple(pair[french] for pair in _COLUMNS[name])
    return Table(name, _TITLES[name][french], columns, tuple(rows), _NONE[french])


def _listed(situation: Situation) -> Table:
    """Whose names are like some on the list a user supplied."""
    language = situation.language
    keys = {one.name: (one.last.key,) for one in persons(situation)}
    rows = [
        Row(
            (one.person, one.name, f"{one.likeness:g}", one.entry.reference, one.entry.regime, one.entry.listed_on),
            keys.get(one.person, ()),
        )
        for one in situation.listed or ()
    ]
    empty = _NO_LIST if situation.listed is None else _NO_MATCH
    return replace(_table("listed", rows, language), empty=empty[language == "fr"])


def _day(fact: Fact, language: str) -> str:
    return fact.span.words(language)


def _terms(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for fact in situation.of_kind(*_CALLS):
        if label := fact.get("label"):
            cells = (_day(fact, language), brief_name(fact.actor, language), label, _word(fact.get("verb"), language))
            yield Row(cells, (fact.key,))


def _word(word: str, language: str) -> str:
    return value_words(word, language) if word else "–"


def _stepped(*kinds: str, who: bool = True) -> Callable[[Situation], Iterable[Row]]:
    """Facts of kinds that have steps: day, who, step, sentence."""

    def rows(situation: Situation) -> Iterable[Row]:
        language = situation.language
        for fact in situation.of_kind(*kinds):
            named = (brief_name(fact.actor, language),) if who else ()
            step = _word(fact.get("step"), language)
            yield Row((_day(fact, language), *named, step, fact.said(language)), (fact.key,))

    return rows


def _security_elsewhere(situation: Situation) -> Iterable[Row]:
    """What happened to staff and premises in other cases, as known that day; the cases most alike first."""
    language = situation.language
    found = [fact for other in situation.likest for fact in begun(other.snapshot, "staff_security")]
    for fact in found[:_MOST_ELSEWHERE]:
        cells = (_day(fact, language), _word(fact.get("step"), language), fact.said(language))
        yield Row(cells, (fact.key,))


def _persons(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for one in persons(situation):
        measures = " ".join(fact.said(language) for fact in one.measures) or "–"
        contacts = " ".join(_dated(fact, language) for fact in one.contacts[-2:]) or "–"
        office = office_words(one.office, language) if one.office else "–"
        cells = (one.name, _STANDING[one.standing][language == "fr"], office, one.last.said(language))
        facts = (one.last, *one.measures, *one.contacts)
        yield Row((*cells, measures, contacts), tuple(dict.fromkeys(fact.key for fact in facts)))


def _factions(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for one in factions(situation):
        facts = [fact for fact in (one.said, one.did, one.contact) if fact is not None]
        told = (_dated(fact, language) if fact else "–" for fact in (one.said, one.did, one.contact))
        yield Row((brief_name(one.actor, language), *told), tuple(dict.fromkeys(fact.key for fact in facts)))


def _opinion(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for fact in situation.surveys:
        cells = (_day(fact, language), fact.get("question") or "–", fact.get("percent") or "–", fact.said(language))
        yield Row(cells, (fact.key,))


def _mandate(situation: Situation) -> Iterable[Row]:
    language = situation.language
    seen = set()
    for fact in situation.of_kind("mandate", "consent", "mission_exit", "recommendation"):
        told = (fact.kind, fact.span.begins.text, fact.get("document"))
        if fact.get("document") and told in seen:  # a case and the register tell the same decision
            continue
        seen.add(told)
        what = f"{kind_words(fact.kind, language)}"
        word = fact.get("direction") or fact.get("step") or fact.get("recommends")
        if word:
            what += f" ({_word(word, language)})"
        yield Row((_day(fact, language), what, fact.get("document") or "–", fact.said(language)), (fact.key,))


def contentious(situation: Situation) -> tuple[tuple[Fact, tuple[Fact, ...]], ...]:
    """The acts that strain relations, each with what relations did in the three months after."""
    acts = [fact for fact in situation.of_kind(*_ACTS) if fact.get("direction") != "end" and _by_country(fact)]
    relations = situation.of_kind(*_RELATIONS)
    found = []
    for act in acts:
        first = act.span.begins.latest
        after = [
            fact
            for fact in relations
            if fact.key != act.key and first <= fact.span.begins.earliest <= first + timedelta(days=_FOLLOWS_WITHIN)
        ]
        found.append((act, tuple(after[:3])))
    return tuple(found)


def _by_country(fact: Fact) -> bool:
    return fact.kind != "consent" or fact.get("step") == "withdrawn"


def _acts(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for act, after in contentious(situation):
        followed = " ".join(_dated(fact, language) for fact in after) or "–"
        cells = (_day(act, language), kind_words(act.kind, language), act.said(language), followed)
        yield Row(cells, (act.key, *(fact.key for fact in after)))


def _promises(situation: Situation) -> Iterable[Row]:
    language = situation.language
    outcomes = {fact.get("of"): fact for fact in situation.of_kind("promise_outcome")}
    for fact in situation.of_kind("promise", "transition_term"):
        outcome = outcomes.get(fact.key)
        if outcome:
            came = f"{_word(outcome.get('result'), language)}{colon(language)}{outcome.said(language)}"
        else:
            came = (_OVERDUE if fact in situation.overdue else _OPEN)[language == "fr"]
        keys = (fact.key, outcome.key) if outcome else (fact.key,)
        until = read_day(fact.get("until")).words(language) if fact.get("until") else "–"
        yield Row((_day(fact, language), fact.said(language), until, came), keys)


def _positions(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for fact in situation.of_kind("stance", "statement", "engagement", "recommendation", "guidance"):
        actor = actors()[fact.actor]
        if fact.actor == "un" or (actor.part_of == "un" and actor.lane in ("mission", "secretariat")):
            matter = matter_words(fact.get("subject_matter"), language) if fact.get("subject_matter") else "–"
            yield Row(
                (_day(fact, language), brief_name(fact.actor, language), matter, fact.said(language)), (fact.key,)
            )


def _alignment(situation: Situation) -> Iterable[Row]:
    language = situation.language
    for body in _BODIES:
        mine = [
            fact for fact in situation.known if _of_body(fact.actor, body) and not fact.subject.startswith("mission:")
        ]
        parts = [[fact for fact in mine if fact.kind in kinds] for kinds in (_ASKS, _MEASURES, _FORCE, _MEDIATES)]
        if any(parts):
            cells = [_told(part[-3:], language) for part in parts]
            keys = dict.fromkeys(fact.key for part in parts for fact in part[-3:])
            yield Row((brief_name(body, language), *cells), tuple(keys))


def _told(facts: Sequence[Fact], language: str) -> str:
    return " ".join(_dated(fact, language) for fact in facts) or "–"


def _dated(fact: Fact, language: str) -> str:
    return f"{_day(fact, language)}{colon(language)}{fact.said(language)}"


def _of_body(actor: str, body: str) -> bool:
    """Whether an actor is the body or an organ of it; missions of the UN speak for themselves."""
    if actor == body:
        return True
    found = actors()[actor]
    return found.part_of == body and found.lane != "mission"


TABLES: Final[Mapping[str, tuple[tuple[str, Callable[[Situation], Iterable[Row]]], ...]]] = {
    "guidance": (("terms", _terms), ("advice", _stepped("guidance"))),
    "first_hours": (
        ("security", _stepped("staff_security", who=False)),
        ("security-elsewhere", _security_elsewhere),
    ),
    "interlocutors": (("persons", _persons), ("factions", _factions)),
    "legitimation": (("opinion", _opinion),),
    "options": (("mandate", _mandate),),
    "assumptions": (("promises", _promises), ("acts", _acts)),
    "one_un": (("positions", _positions),),
    "partners": (("alignment", _alignment),),
}
