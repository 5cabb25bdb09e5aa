"""The pattern tables for pages: each number with the facts or cases it counts.

Invariant: the numbers and words are those of `patterns` over the same cases; here each also says what it stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.act_words import organisation_words, word_of
from goodoffices.briefs.comparing import zero_of
from goodoffices.briefs.patterns import REGIONS, SUSPENDERS, Told, body_of
from goodoffices.casebook.actors import actors
from goodoffices.casebook.checks import membership
from goodoffices.core.days import Day
from goodoffices.core.facts import Fact
from goodoffices.core.findings import Finding
from goodoffices.core.reading import begun, case_fact, day_zero
from goodoffices.norms.kindwords import colon, kind_words
from goodoffices.norms.wording import state_words

NAMES: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "lags": (
        ("How soon states were suspended", "En combien de jours les États ont été suspendus"),
        (
            "Days from the seizure to the first suspension by each organisation.",
            "Jours entre la prise de pouvoir et la première suspension par chaque organisation.",
        ),
    ),
    "categories": (
        ("Kinds of change and the answers to them", "Types de changement et réponses"),
        (
            "Of the cases of each kind: in how many each organisation suspended the state, the Secretary-General "
            "condemned, the Security Council spoke.",
            "Parmi les cas de chaque type : dans combien chaque organisation a suspendu l’État, le Secrétaire général "
            "a condamné, le Conseil de sécurité s’est exprimé.",
        ),
    ),
    "category-5": (
        ("Constitutional manipulation: text and practice", "Manipulation constitutionnelle : texte et pratique"),
        (
            "Where power was kept or taken through the law: which texts call it an unconstitutional change, what they "
            "then ask, and what was done.",
            "Là où le pouvoir a été gardé ou pris par le droit : quels textes y voient un changement "
            "anticonstitutionnel, ce qu’ils demandent alors, et ce qui a été fait.",
        ),
    ),
    "council": (
        ("The Security Council and its agenda", "Le Conseil de sécurité et son ordre du jour"),
        (
            "What the Council did, by whether the country was on its agenda: under an item of its own, a regional one, "
            "or not known to be on it.",
            "Ce que le Conseil a fait, selon que le pays figurait à son ordre du jour : sous un point propre, sous un "
            "point régional, ou sans que cela soit connu.",
        ),
    ),
    "alignment": (
        ("The African Union, the region and the United Nations", "L’Union africaine, la région et l’ONU"),
        (
            "What each did or said first, case by case: the first suspension or refusal to suspend, else the first act "
            "of any kind.",
            "Ce que chacun a fait ou dit d’abord, cas par cas : la première suspension ou le refus de suspendre, sinon "
            "le premier acte quel qu’il soit.",
        ),
    ),
}
_NO_REGION: Final = ("commonwealth", "oif", "cplp")  # in the lanes of regional bodies; their members share no region
_PRODUCTS: Final = ("press_statement", "presidential_statement", "resolution")
_COUNCIL, _CHIEF = "un-security-council", "un-secretary-general"
_AGENDA: Final = {
    "own": ("an item of its own", "un point propre"),
    "regional": ("under a regional item", "sous un point régional"),
    "not known": ("not known", "non connu"),
}
_HEADS: Final[dict[str, tuple[str, str]]] = {
    "case": ("case", "cas"),
    "others": ("others", "autres"),
    "kind": ("kind of change", "type de changement"),
    "cases": ("cases", "cas"),
    "condemned": ("Secretary-General condemned", "condamné par le Secrétaire général"),
    "spoke": ("Council spoke", "le Conseil s’est exprimé"),
    "met": ("texts that call it so", "textes qui le qualifient ainsi"),
    "asked": ("what they ask, and the state", "ce qu’ils demandent, et l’état"),
    "done": ("what was done", "ce qui a été fait"),
    "agenda": ("agenda", "ordre du jour"),
    "press_statement": ("press statement", "déclaration à la presse"),
    "presidential_statement": ("presidential statement", "déclaration présidentielle"),
    "resolution": ("resolution", "résolution"),
    "council-condemned": ("condemned", "a condamné"),
    "silent": ("silent", "silence"),
    "au": ("African Union", "Union africaine"),
    "region": ("region", "région"),
    "council": ("Security Council", "Conseil de sécurité"),
    "chief": ("Secretary-General", "Secrétaire général"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """What a number or word stands on: a fact, a rule's finding, or a case as a whole."""

    case: str
    said: str
    fact: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PatternCell:
    """A cell: its words, what it stands on, a number to sort by. A count's hits stand on a page of their own."""

    text: str
    hits: tuple[Hit, ...] = ()
    number: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A row: its id, its name, whether the id is a case's, and its cells."""

    id: str
    name: str
    is_case: bool
    cells: tuple[PatternCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A pattern table. `columns` are ids with their heads, without the row's own; `counts` says that cells count."""

    name: str
    title: str
    about: str
    head: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PatternRow, ...]
    counts: bool

    def row(self, row_id: str) -> PatternRow | None:
        """The row of this id."""
        return next((one for one in self.rows if one.id == row_id), None)

    def cell(self, row_id: str, column: str) -> PatternCell | None:
        """The cell where a row and a column meet."""
        row = self.row(row_id)
        places = [place for place, (one, _) in enumerate(self.columns) if one == column]
        return row.cells[places[0]] if row and places else None


def sheet(name: str, cases: Sequence[Told], language: str = "en") -> Sheet:
    """A table over these cases. KeyError for a name that is none of NAMES."""
    return _SHEETS[name](sorted(cases, key=lambda one: one.id), language)


def _made(name: str, language: str, head: str, columns: Iterable[tuple[str, str]], rows: Iterable[PatternRow]) -> Sheet:
    title, about = (pair[language == "fr"] for pair in NAMES[name])
    counts = name in ("categories", "council")
    return Sheet(name, title, about, _head(head, language), tuple(columns), tuple(rows), counts)


def _head(column: str, language: str) -> str:
    return _HEADS[column][language == "fr"]


def _heads(language: str, *columns: str) -> list[tuple[str, str]]:
    return [(one, _head(one, language)) for one in columns]


def title_of(case: Told, language: str) -> str:
    """The case's name in a language."""
    opened = case_fact(case.snapshot)
    if opened is None:
        return case.id
    return (opened.get("title_fr") if language == "fr" else "") or opened.get("title")


def _case_row(case: Told, language: str, cells: Iterable[PatternCell]) -> PatternRow:
    return PatternRow(case.id, title_of(case, language), True, tuple(cells))


# ---------------------------------------------------------------- days to a suspension


def _lags(cases: Sequence[Told], language: str) -> Sheet:
    rows = []
    for case in cases:
        first = first_suspensions(case)
        if not first:
            continue
        cells = [_dated(case, first.get(body), language) for body in SUSPENDERS]
        others = [(body, fact) for body, fact in first.items() if body not in SUSPENDERS]
        hits = tuple(
            Hit(case.id, f"{organisation_words(body, language)} {_number_or_date(case, fact, language)}", fact.key)
            for body, fact in others
        )
        rows.append(_case_row(case, language, [*cells, PatternCell("; ".join(hit.said for hit in hits), hits)]))
    columns = [(body, organisation_words(body, language)) for body in SUSPENDERS]
    return _made("lags", language, "case", [*columns, *_heads(language, "others")], rows)


def first_suspensions(case: Told) -> dict[str, Fact]:
    """The first suspension by each organisation, from the eve of the seizure on."""
    found: dict[str, Fact] = {}
    for fact in case.acts("suspension"):
        found.setdefault(body_of(fact), fact)
    return found


def exact_days(case: Told, fact: Fact) -> int | None:
    """Days since the seizure, where both are known to the day."""
    zero, day = day_zero(case.snapshot), fact.span.begins
    if zero is None or not (zero.precise and day.precise):
        return None
    return (day.shown - zero.shown).days


def _number_or_date(case: Told, fact: Fact, language: str) -> str:
    number = exact_days(case, fact)
    return str(number) if number is not None else _coarse(case, fact, language)


def _coarse(case: Told, fact: Fact, language: str) -> str:
    """A date that is not exact, with the range of days it comes to: "March 2003 (−14 to 16)"."""
    zero, day = zero_of(case.snapshot), fact.span.begins
    said = day.words(language)
    if zero is None or "unknown" in (day.precision, zero.precision):
        return said
    bounds = [str(one).replace("-", "\u2212") for one in bounds_of(day, zero)]
    return f"{said} ({(' à ' if language == 'fr' else ' to ').join(dict.fromkeys(bounds))})"


def bounds_of(day: Day, zero: Day) -> tuple[int, int]:
    """The fewest and the most days that may lie between a seizure and a day."""
    return (day.earliest - zero.latest).days, (day.latest - zero.earliest).days


def _dated(case: Told, fact: Fact | None, language: str) -> PatternCell:
    if fact is None:
        return PatternCell("")
    said = _number_or_date(case, fact, language)
    return PatternCell(said, (Hit(case.id, said, fact.key),), exact_days(case, fact))


# ---------------------------------------------------------------- kinds of change


def _categories(cases: Sequence[Told], language: str) -> Sheet:
    grouped: dict[str, list[Told]] = {}
    for case in cases:
        grouped.setdefault(case.category or "not known", []).append(case)
    rows = []
    for category, mine in sorted(grouped.items(), key=lambda pair: -len(pair[1])):
        cells = [_count((case, None) for case in mine)]
        for body in SUSPENDERS:
            members = sum(_is_member(case, body) for case in mine)
            cells.append(_count(((case, first_suspensions(case)[body]) for case in mine
                                 if body in first_suspensions(case)), language, members))  # fmt: skip
        cells.append(_count(((case, fact) for case in mine if (fact := _condemned(case, _CHIEF))), language))
        cells.append(_count(((case, fact) for case in mine if (fact := _first_of(_products(case)))), language))
        rows.append(PatternRow(category, word_of(category, language), False, tuple(cells)))
    said = "suspension, {}" if language == "fr" else "{} suspended"
    columns = [(body, said.format(organisation_words(body, language))) for body in SUSPENDERS]
    heads = [*_heads(language, "cases"), *columns, *_heads(language, "condemned", "spoke")]
    return _made("categories", language, "kind", heads, rows)


def _is_member(case: Told, body: str) -> bool:
    zero = day_zero(case.snapshot)
    day = zero.shown if zero is not None else case.snapshot.as_of
    facts = (fact for fact in case.snapshot.facts if fact.subject.startswith("state:"))
    return any(joined <= day < left for joined, left in membership(facts, body))


def _count(found: Iterable[tuple[Told, Fact | None]], language: str = "en", members: int | None = None) -> PatternCell:
    hits = tuple(
        Hit(case.id, _day_said(case, fact, language) if fact else "", fact.key if fact else "") for case, fact in found
    )
    return PatternCell(str(len(hits)), hits, len(hits), members)


def _day_said(case: Told, fact: Fact, language: str) -> str:
    """ "day 8"; for a date that is not exact "March 2003, day −14 to 16"."""
    number, word = exact_days(case, fact), "jour" if language == "fr" else "day"
    if number is not None:
        return f"{word} {number}".replace("-", "\u2212")
    return _coarse(case, fact, language).replace(" (", f", {word} ").removesuffix(")")


# ---------------------------------------------------------------- the Council


def _council(cases: Sequence[Told], language: str) -> Sheet:
    grouped: dict[str, list[Told]] = {}
    for case in cases:
        marks = [fact for fact in begun(case.snapshot, "council_agenda") if fact.get("agenda_item")]
        grouped.setdefault(marks[-1].get("agenda_item") if marks else "not known", []).append(case)
    rows = []
    for status, said in _AGENDA.items():
        mine = grouped.get(status, [])
        cells = [_count((case, None) for case in mine)]
        for kind in _PRODUCTS:
            spoke = ((case, _first_of([one for one in _products(case) if one.kind == kind])) for case in mine)
            cells.append(_count(((case, fact) for case, fact in spoke if fact), language))
        cells.append(_count(((case, fact) for case in mine if (fact := _condemned(case, _COUNCIL))), language))
        silences = ((case, _first_of(case.acts("no_product"))) for case in mine if not _products(case))
        cells.append(_count(((case, fact) for case, fact in silences if fact), language))
        rows.append(PatternRow(status, said[language == "fr"], False, tuple(cells)))
    columns = _heads(language, "cases", *_PRODUCTS, "council-condemned", "silent")
    return _made("council", language, "agenda", columns, rows)


def _products(case: Told) -> list[Fact]:
    """Texts of the Council on the change itself, not on another matter."""
    return [one for one in case.acts(*_PRODUCTS) if one.actor == _COUNCIL and not one.get("subject_matter")]


def _condemned(case: Told, actor: str) -> Fact | None:
    found = case.acts("statement", "determination", *_PRODUCTS)
    return _first_of(
        [
            fact
            for fact in found
            if fact.actor == actor and fact.get("verb") in ("condemn", "reject") and not fact.get("subject_matter")
        ]
    )


def _first_of(facts: Sequence[Fact]) -> Fact | None:
    return facts[0] if facts else None


# ---------------------------------------------------------------- text and practice


def _category_five(cases: Sequence[Told], language: str) -> Sheet:
    rows = []
    for case in cases:
        if case.category != "constitutional_manipulation":
            continue
        met = [one for one in case.findings if one.kind == "definition" and one.state == "met"]
        asked = [one for one in case.findings if one.kind != "definition" and not one.quiet]
        acts = case.acts("suspension", "suspension_declined", "determination", "statement", "press_statement")
        done: dict[str, Hit] = {}
        for fact in acts:
            said = f"{organisation_words(body_of(fact), language)}{colon(language)}{_word(fact, language)}"
            done.setdefault(said, Hit(case.id, said, fact.key))
        cells = [
            _listed([Hit(case.id, one.said(language), rule=one.rule) for one in met]),
            _listed([Hit(case.id, _asked(one, language), rule=one.rule) for one in asked]),
            _listed(list(done.values())),
        ]
        rows.append(_case_row(case, language, cells))
    return _made("category-5", language, "case", _heads(language, "met", "asked", "done"), rows)


def _asked(finding: Finding, language: str) -> str:
    colon = " : " if language == "fr" else ": "
    return finding.said(language) + colon + state_words(finding.called, language)


def _listed(hits: list[Hit]) -> PatternCell:
    return PatternCell("; ".join(hit.said for hit in hits), tuple(hits))


def _word(fact: Fact, language: str) -> str:
    """What an act says in a word: its verb, or its kind."""
    verb = fact.get("verb")
    if fact.kind == "statement" and verb:
        return word_of(verb, language)
    return kind_words(fact.kind, "fr") if language == "fr" else fact.kind.replace("_", " ")


# ---------------------------------------------------------------- who answered first


def _alignment(cases: Sequence[Told], language: str) -> Sheet:
    rows = []
    for case in cases:
        acts = case.acts("suspension", "suspension_declined", "determination", "decision", "statement", *_PRODUCTS)
        firsts = [
            [fact for fact in acts if body_of(fact) == "au"],
            [fact for fact in acts if of_region(fact)],
            [fact for fact in acts if fact.actor == _COUNCIL],
            [fact for fact in acts if fact.actor == _CHIEF],
        ]
        rows.append(_case_row(case, language, [_first_act(case, one, language) for one in firsts]))
    return _made("alignment", language, "case", _heads(language, "au", "region", "council", "chief"), rows)


def of_region(fact: Fact) -> bool:
    """Whether a regional body acted; bodies whose members share something else than a region are none."""
    return actors()[fact.actor].lane in REGIONS and body_of(fact) not in _NO_REGION


def _first_act(case: Told, acts: list[Fact], language: str) -> PatternCell:
    weighty = [fact for fact in acts if fact.kind in ("suspension", "suspension_declined")]
    chosen = _first_of(weighty or acts)
    if chosen is None:
        return PatternCell("")
    said = f"{_word(chosen, language)} ({_day_said(case, chosen, language)})"
    return PatternCell(said, (Hit(case.id, said, chosen.key),), exact_days(case, chosen))


_SHEETS: Final[dict[str, Callable[[Sequence[Told], str], Sheet]]] = {
    "lags": _lags,
    "categories": _categories,
    "category-5": _category_five,
    "council": _council,
    "alignment": _alignment,
}
