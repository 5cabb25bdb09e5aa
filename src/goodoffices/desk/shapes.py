"""The shapes of the desk's JSON, as JSON Schema: what every key of an answer is.

Invariant: every key that a record function writes stands here, and a test holds the two together. Objects stay open: a
reader must pass over keys that it does not know, because keys are only ever added.
"""

from __future__ import annotations

from typing import Any, Final

from goodoffices.briefs.lives import STANDINGS
from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.core.findings import STATES
from goodoffices.core.kinds import CATEGORIES, KINDS, LEAD_TYPES, MISSION_TYPES, OUTCOMES
from goodoffices.core.markings import Marking
from goodoffices.core.sources import CONFIDENCE
from goodoffices.core.verdicts import Verdict

Shape = dict[str, Any]

ALL_STATES: Final = tuple(dict.fromkeys(state for states in STATES.values() for state in states))


def thing(says: str, /, optional: tuple[str, ...] = (), **keys: Shape) -> Shape:
    """An object with these keys, all of them there but the optional ones. `from_` stands for the key `from`."""
    named = {name.rstrip("_"): shape for name, shape in keys.items()}
    must = [name for name in named if name not in optional]
    return {"type": "object", "description": says, "required": must, "properties": named}


def text(says: str, **more: Any) -> Shape:
    """A text."""
    return {"type": "string", "description": says} | more


def texts(says: str) -> Shape:
    """A list of texts."""
    return {"type": "array", "description": says, "items": {"type": "string"}}


def word(words: Any, says: str) -> Shape:
    """One of a closed list of words."""
    return {"type": "string", "enum": list(words), "description": says}


def day(says: str) -> Shape:
    """An exact day."""
    return {"type": "string", "format": "date", "description": says}


def edtf(says: str) -> Shape:
    """A day or span that may be coarse, as the record writes it."""
    return {"type": "string", "description": f"{says} EDTF: 2021-05-24, 2021-05, 2021-06-01~, 2021-05-24/2021-06-01."}


def number(says: str) -> Shape:
    """A whole number from nought."""
    return {"type": "integer", "minimum": 0, "description": says}


def integer(says: str) -> Shape:
    """A whole number, which may lie below nought."""
    return {"type": "integer", "description": says}


def yes(says: str) -> Shape:
    """True or false."""
    return {"type": "boolean", "description": says}


def null(shape: Shape) -> Shape:
    """The shape, or null where nothing is known."""
    if "type" not in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    more = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
    return shape | {"type": [*kinds, "null"]} | more


def ref(name: str) -> Shape:
    """Another shape, by name."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(shape: Shape, says: str = "") -> Shape:
    """A list of a shape."""
    return {"type": "array", "items": shape} | ({"description": says} if says else {})


def by(shape: Shape, says: str) -> Shape:
    """A mapping from names to a shape."""
    return {"type": "object", "additionalProperties": shape, "description": says}


def also(says: str, *shapes: Shape) -> Shape:
    """All of these shapes at once."""
    return {"description": says, "allOf": list(shapes)}


KEY: Final = text("The key of a fact: what it is about, and its name there.", examples=["mali-2021/au-suspension"])
CONFIDENT: Final = word(CONFIDENCE, "How sure we are of it.")
MARKED: Final = word((one.words for one in Marking), "Its marking (ST/SGB/2007/6).")
AS_OF: Final = day("The day the answer is about.")
KNOWN_AT: Final = day("The day of knowledge: nothing that became known later is in it.")
HEAD: Final = text("The end of the ledger's chain, number:digits.", pattern=r"^\d+:[0-9a-f]{16}$")
CASE: Final = text("A case's id.", examples=["mali-2021"])

RECORD: Final[dict[str, Shape]] = {
    "Source": thing(
        "Where a fact comes from. Addresses are for people; nothing here fetches them.",
        ("publisher", "published", "address", "mirror", "at"),
        id=text("Its id within the case."),
        title=text("Its title."),
        publisher=text("Who published it."),
        published=edtf("When it was published."),
        address=text("The official place."),
        mirror=text("Where the text was seen instead."),
        language=text("The language it is in."),
        at=text("Where in it: page, paragraph, box, footnote."),
    ),
    "Fact": thing(
        "What was so, when it was so, when it could be known, and where we have it from.",
        key=KEY,
        version=text("Sixteen digits that stand for exactly this content.", pattern="^[0-9a-f]{16}$"),
        kind=word(sorted(KINDS), "Its kind, of a closed list."),
        when=edtf("When it was so."),
        earliest=day("The earliest day on which it may have begun."),
        latest=day("The latest day on which it may have begun."),
        known_at=day("The first day on which it could be known."),
        known_assumed=yes("Whether nobody wrote that day down: a public act is known the day it is done."),
        actor=text("Who acted, by the register of actors."),
        text=text("The fact as one English sentence."),
        texts=by({"type": "string"}, "The sentence in other languages, by language."),
        value=by({"type": "string"}, "The fields of its kind."),
        confidence=CONFIDENT,
        marking=MARKED,
        note=text("A note, written with later knowledge: empty on an earlier day of knowledge."),
        competes_with=null(text("The fact whose account it competes with.")),
        sources=many(ref("Source"), "Every source, the first one first."),
        id=text("The same as `key`."),
        case=text("The case, or the entry of a register, it is about."),
        valid=edtf("The same as `when`."),
        source=text("The title of the first source."),
        locator=text("Where in the first source, or its address."),
    ),
    "Entry": thing(
        "One entry of the ledger about a fact. Nothing is overwritten: a correction is another entry.",
        entry=number("Its number in the chain."),
        verb=word(("assert", "correct", "retract"), "What was done."),
        recorded_at=text("When it was recorded, in UTC."),
        recorder=text("Who recorded it."),
        origin=text("Where it came from: the casebook, or the desk."),
        counts_from=day("From which day of knowledge on it counts."),
        reason=text("Why, in words."),
        hash=text("Its link in the chain.", pattern="^[0-9a-f]{64}$"),
        fact=ref("Fact"),
    ),
    "FactWithHistory": also(
        "A fact with every entry about it that counts by the day of knowledge.",
        ref("Fact"),
        thing("Its history.", history=many(ref("Entry"), "Oldest first.")),
    ),
    "SourceWithFacts": also(
        "A source with the facts that cite it.", ref("Source"), thing("Its facts.", facts=many(ref("Fact")))
    ),
    "Change": thing(
        "A fact that two days of knowledge tell apart.",
        change=word(("new", "corrected", "withdrawn"), "What became of it."),
        key=KEY,
        before=null(ref("Fact")),
        after=null(ref("Fact")),
    ),
    "Reference": thing(
        "An article a rule rests on.",
        article=text("The article, as printed."),
        verified=yes("Whether its number and wording were read."),
        says=text("What it says, in our words."),
        attribution=text("Where its number comes from, if not from the text itself."),
    ),
    "Finding": thing(
        "What one rule comes to for one case. A finding is ours, never an organ's determination; a departure is an "
        "apparent one.",
        rule=text("The rule's id."),
        title=text("Its title."),
        kind=word(STATES, "Its kind."),
        bearer=text("Whom it binds or allows."),
        state=word(ALL_STATES, "What it comes to. Unknown is an answer: undetermined."),
        since=null(edtf("When the duty arose, the status began or the definition was met.")),
        until=null(edtf("When a status ended.")),
        due=null(day("The last day of the term; null where there is none.")),
        performed_on=null(edtf("When it was done.")),
        day=null(integer("Days from the trigger to the act, or to the day reached.")),
        citation=text("The articles, as printed."),
        verified=yes("Whether every reference was read."),
        marking=MARKED,
        facts=texts("Keys of the facts it rests on."),
        interpretation=texts("Names of the readings it used."),
        known_later=texts("Keys of facts that bear on it and became known only later; they never count."),
        references=many(ref("Reference")),
        divergence=yes("Whether practice departed from soft law or from a body's own practice, not from a duty."),
        our_reading=yes("Whether it rests on our own definition, and on no organ's word."),
        observed=null(ref("Observed")),
        breached_on=null(edtf("The first day on which a duty was breached.")),
    ),
    "Observed": thing(
        "How long others took where a text sets no term.",
        median_days={"type": "number", "description": "The median, in days."},
        cases=texts("Over which cases."),
    ),
    "Reason": thing(
        "One node of a tree of reasons.",
        code=text("Names the sentence; the same in every language."),
        says=text("The sentence."),
        verdict=null(word((one.value for one in Verdict), "Whether it holds.")),
        facts=texts("Keys of the facts it rests on."),
        args=by({"type": "string"}, "What fills the sentence."),
        parts=many(ref("Reason"), "The nodes below."),
    ),
    "Why": thing(
        "One finding with its reasons.",
        case=CASE,
        as_of=AS_OF,
        known_at=KNOWN_AT,
        finding=ref("Finding"),
        tree=ref("Reason"),
    ),
    "NoRule": thing(
        "A body that the state belonged to on day 0 and that has no rule on such changes.",
        rulebook=text("The rulebook's id."),
        title=text("Its title."),
        body=text("The body."),
        says=text("What was found."),
        searched=texts("The sources that were searched."),
    ),
    "CaseRow": thing(
        "A case in the list of cases.",
        id=CASE,
        title=text("Its title."),
        title_fr=text("Its title in French."),
        country=text("The country."),
        day=text("Day 0 (EDTF); empty where it is not known."),
        category=word((*CATEGORIES, ""), "The kind of change; empty where it is not known."),
        outcome=word((*OUTCOMES, ""), "What came of it."),
        leader=text("Who governs, as far as known."),
        au=text("How the African Union answered."),
        region=text("How the region answered."),
        council=text("How the Security Council answered."),
        mission=text("The mission of the United Nations in the country."),
        facts=number("How many facts the case has."),
        iso3=text("ISO 3166-1 code."),
        date=text("The same as `day`."),
        kind=text("The same as `category`."),
        contested=yes("Whether accounts differ on whether this was an unconstitutional change."),
        year=null(integer("The year it is counted in.")),
        seizure=null(text("The key of its seizure.")),
        regions=texts("The regions it lies in."),
        organisations=texts("The organisations its state belonged to on day 0."),
        missions_on_day_0=texts("The missions in the country on day 0."),
        mission_types_on_day_0=texts("Their types."),
    ),
    "Rule": thing(
        "One norm.",
        ("rulebook",),
        rulebook=text("The rulebook it belongs to."),
        rule=text("Its id."),
        kind=word(STATES, "Its kind."),
        title=text("Its title."),
        text=text("What it says, in our words."),
        bearer=text("Whom it binds or allows."),
        in_force=edtf("Since when it has been in force."),
        articles=many(ref("Reference")),
    ),
    "Reading": thing(
        "A reading of an open term or word, which a reader may replace.",
        name=text("Its name."),
        title=text("What it is about."),
        value=text("What we read."),
        unit=text("Its unit; empty for words."),
        certainty=text("How certain the reading is."),
        alternatives=texts("What else can be read."),
    ),
    "Rulebook": thing(
        "The rules of one legal order.",
        rulebook=text("Its id."),
        title=text("Its title."),
        version=text("Its version."),
        rules=many(ref("Rule")),
        readings=many(ref("Reading")),
    ),
    "Mission": thing(
        "A mission of the United Nations. What is not known is null or empty.",
        id=text("Its id in the register."),
        name=text("Its name."),
        name_fr=text("Its name in French."),
        short=text("Its acronym."),
        type=word(MISSION_TYPES, "What it is."),
        lead=text("The department that leads it."),
        country=text("Where it is."),
        iso3=texts("ISO 3166-1 codes."),
        start=null(edtf("The decision that set it up, or its beginning.")),
        deployed=null(edtf("Its deployment.")),
        end=null(edtf("Its end.")),
        documents=texts("Symbols of its founding, its mandates and its end, in order of time."),
        mandates=number("How many mandates are on record."),
        tasks=number("How many tasks are on record."),
        confidence=CONFIDENT,
        fact=KEY,
        region=null(text("Where it is.")),
        standing=word(STANDINGS, "Whether it runs on the day looked at."),
        mandate_until=null(edtf("Until when its mandate runs.")),
        mandate_state=null(text("How the mandate stands on that day.")),
        mandate_document=null(text("The document of its mandate.")),
        mandate_fact=null(text("The key of the decision on it.")),
        days_left=null(number("Days until the mandate on record expires.")),
        changes_of_government=texts("Cases that came while it was there."),
    ),
    "Operation": thing(
        "An operation that is not a mission of the United Nations alone.",
        id=text("Its id in the register."),
        name=text("Its name."),
        name_fr=text("Its name in French."),
        lead=text("Who led it."),
        lead_type=word(LEAD_TYPES, "What sort of body led it."),
        country=text("Where it was."),
        iso3=texts("ISO 3166-1 codes."),
        start=null(edtf("Its beginning.")),
        end=null(edtf("Its end.")),
        legal_basis=text("On what it rested."),
        authority=text("Who authorised it."),
        host_consent=text("Whether the host agreed."),
        relation=text("How it stood to the United Nations."),
        size=text("Its size."),
        confidence=CONFIDENT,
        fact=KEY,
        region=null(text("Where it was.")),
        standing=word(STANDINGS, "Whether it runs on the day looked at."),
        grounds=texts("On what grounds it rested."),
        host_agreed=null(text("Whether the host agreed, in a word.")),
        changes_of_government=texts("Cases that came while it was there."),
        told_later=number("Clauses left out because they name what came after the day of knowledge."),
    ),
    "Claim": thing(
        "A claim of the report, computed from the record.",
        id=text("Its id."),
        text=text("The claim, in our words."),
        locator=text("Where in the report."),
        computed_by=text("The query with what it is given."),
        expected=text("What the report says."),
        found={
            "type": ["number", "boolean", "string", "array", "null"],
            "items": {"type": "string"},
            "description": "What was found: a number, yes or no, a list, a length of time; null where not known.",
        },
        verdict=word((one.value for one in ClaimVerdict), "What became of it."),
        independent=yes("Whether every fact that decides has a source besides the report."),
        facts=texts("Keys of the facts that decide."),
        missing=texts("What would decide it."),
        off_by=text("By how much it misses."),
        competing=texts("Keys of other accounts, not used."),
        query=text("What the query counts."),
        note=text("A note; empty on an earlier day of knowledge."),
        text_fr=text("The claim in French."),
        topic=text("What it is about."),
        page=null(number("The page of the report it begins on.")),
        page_to=null(number("The page it ends on.")),
        slip=yes("Whether it is a slip found beside the claims."),
        off_days=null({"type": "number", "description": "By how many days it misses."}),
        off_percent_of_tolerance=null({"type": "number", "description": "By how much of what a word allows."}),
    ),
    "Casebook": thing(
        "Which casebook is installed, and how to cite it.",
        version=text("Equal exactly where the content is equal."),
        searched_until=day("The latest day up to which one of its cases was searched."),
        sha256=text("Of the whole content.", pattern="^[0-9a-f]{64}$"),
        citation=text("How to cite it."),
        citation_fr=text("How to cite it in French."),
        rulebooks=by({"type": "string"}, "The version of each rulebook."),
        head=HEAD,
    ),
}
