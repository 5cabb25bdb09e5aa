"""The shapes of answers that put much together: a case whole, cases side by side, tables, lists, refusals.

Invariant: as in `shapes`: every key that is written stands here, and objects stay open.
"""

from __future__ import annotations

from typing import Final

from goodoffices.claims.verdicts import ClaimVerdict
from goodoffices.core.kinds import FATES, OUTCOMES
from goodoffices.desk.between import CAUSES, SORTS
from goodoffices.desk.finds import SORTS as FOUND
from goodoffices.desk.shapes import (
    AS_OF,
    CASE,
    HEAD,
    KEY,
    KNOWN_AT,
    RECORD,
    Shape,
    also,
    by,
    day,
    edtf,
    integer,
    many,
    null,
    number,
    ref,
    text,
    texts,
    thing,
    word,
    yes,
)

_MARKS: Final = ("diamond", "disc", "ring", "box")
_FLAGS: Final = texts("What a reader must know before reading on: a failed attempt, another change before.")
_FACTS: Final = texts("Keys of the facts behind it.")

COMPARED: Final[dict[str, Shape]] = {
    "Timeline": thing(
        "The data behind the figure of a case.",
        title=text("Its title."),
        from_=day("Where the axis begins."),
        to=day("Where it ends."),
        as_of=AS_OF,
        marks=many(
            thing(
                "A mark.",
                lane=text("Whose lane it stands in."),
                fact=KEY,
                mark=word(_MARKS, "Diamond: a decision; disc: an event; ring: not kept; box: the date is uncertain."),
                at=day("Where it stands."),
                earliest=day("The earliest it may have been."),
                latest=day("The latest it may have been."),
                text=text("What it says."),
                later=yes("Whether it lies after the day looked at."),
            )
        ),
        bands=many(
            thing(
                "A status in force.",
                lane=text("Whose lane it stands in."),
                fact=KEY,
                from_=day("Where it begins."),
                to=null(day("Where it ends; null while it lasts.")),
            )
        ),
    ),
    "Checked": thing(
        "What the rules made of a case at a moment.",
        case=CASE,
        as_of=AS_OF,
        known_at=KNOWN_AT,
        rulebooks=by({"type": "string"}, "The version of each rulebook that was used."),
        snapshot=text("Stands for the question and every version of every fact in the answer.", pattern="^[0-9a-f]+$"),
        head=HEAD,
        no_rule_found=many(ref("NoRule")),
    ),
    "Course": thing(
        "What followed day 0.",
        answers=many(thing("An answer.", fact=KEY, when=null(text("The day, counted from day 0.")))),
        promises=many(
            thing(
                "A promise and what came of it.",
                fact=KEY,
                due=null(edtf("By when.")),
                state=text("Whether it was kept: kept, missed, postponed, or ahead, no_outcome, undated."),
                outcomes=_FACTS,
            )
        ),
        terms=texts("Keys of the terms set to the transition."),
        votes=texts("Keys of the votes held."),
        mandates=texts("Keys of the mandates."),
        tasks=many(
            thing(
                "A mandated task and its fate.",
                mission=text("The mission."),
                task=text("The task."),
                fates=many(thing("What became of it.", fact=KEY, fate=word((*FATES, ""), "Its fate."))),
            )
        ),
        opinion=texts("Keys of what was asked of the public."),
    ),
    "Case": also(
        "Everything the page of a case shows.",
        ref("Checked"),
        thing(
            "The case.",
            findings=many(ref("Finding")),
            title=text("Its title."),
            title_fr=text("Its title in French."),
            country=text("The country."),
            next_change=null(thing("The next case of the same country.", case=CASE, day=day("Its day 0."))),
            lead=texts("Keys of the facts that open the page."),
            status=many(
                thing(
                    "A cell of the status line.",
                    name=text("Its name."),
                    label=text("What it is about."),
                    value=text("What it says."),
                    detail=text("More of it."),
                    facts=_FACTS,
                )
            ),
            next=many(
                thing(
                    "What comes next.",
                    day=day("When."),
                    when=text("The day, for people."),
                    what=text("What."),
                    facts=_FACTS,
                )
            ),
            timeline=ref("Timeline"),
            facts=many(ref("Fact")),
            not_known=texts("What we know that we do not know."),
            course=ref("Course"),
            alike=many(
                thing("A case like it.", case=CASE, title=text("Its title."), likeness={"type": "number", "minimum": 0})
            ),
        ),
    ),
    "Moment": thing("A day looked at, and a day of knowledge.", as_of=AS_OF, known_at=KNOWN_AT),
    "Turned": thing(
        "A finding that two days of knowledge tell apart.",
        rule=text("The rule."),
        flips=yes("Whether the state itself is another, not only its days."),
        cause=word(CAUSES, "What turned it: what became known, time alone, or both."),
        before=ref("Finding"),
        after=ref("Finding"),
        facts=many(
            thing(
                "A changed fact.",
                key=KEY,
                change=word(SORTS, "What became of it."),
                known_at=day("When it could be known."),
                text=text("Its sentence."),
            ),
            "The changed facts it rested on before, or rests on after.",
        ),
    ),
    "Between": thing(
        "The findings of a case that two days of knowledge tell apart.",
        case=CASE,
        before=ref("Moment"),
        after=ref("Moment"),
        findings=number("How many findings there are in all."),
        turned=many(ref("Turned")),
    ),
    "When": thing(
        "An act's date, counted in days from the seizure.",
        day=null(integer("The day; null where it is not exact.")),
        date=text("The date as the record writes it (EDTF); empty where there is none."),
        first=null(integer("The first day it may have been.")),
        last=null(integer("The last day it may have been.")),
        known_day=null(integer("The day on which it could be known, where that is a later one.")),
        says=text("The same for people."),
    ),
    "Act": also(
        "A cell: the first act of its kind.",
        ref("When"),
        thing(
            "The act.",
            facts=texts("Keys of all such acts, the one shown first."),
            more=number("How many others there were on the same side of day 0."),
            before=number("How many came before day 0."),
            about=null(text("The subject of an act that spoke of something else than the change.")),
            perhaps_earlier=yes("Whether an act of coarse date may have come before."),
        ),
    ),
    "Step": also(
        "An act in the order of time.",
        ref("When"),
        thing(
            "The act.",
            organisation=text("Who acted."),
            act=text("What sort of act."),
            text=text("The fact's sentence."),
            fact=KEY,
            in_matrix=yes("Whether it is the one that stands in the table."),
        ),
    ),
    "Column": thing(
        "A case that is compared.",
        case=CASE,
        title=text("Its title."),
        day_zero=null(edtf("Its day 0.")),
        outcome=null(word(OUTCOMES, "What came of it.")),
        flags=_FLAGS,
    ),
    "Comparison": thing(
        "Cases side by side. A cell is null where no act is known; that is not to say that there was none.",
        as_of=AS_OF,
        known_at=KNOWN_AT,
        cases=many(ref("Column")),
        rows=many(
            thing(
                "An organisation and a sort of act.",
                organisation=text("The organisation's id."),
                name=text("Its name."),
                act=text("The sort of act."),
                label=text("The same for people."),
                cells=by(null(ref("Act")), "By case."),
            )
        ),
        sequences=by(many(ref("Step")), "The acts in order of time, by case."),
    ),
    "Milestones": by(
        null(also("A step of the answer.", thing("What it was.", what=text("What it was.")), ref("Act"))),
        "The steps of the answer by name; null where none is known.",
    ),
    "Shared": thing(
        "A feature of two cases.",
        feature=text("The feature."),
        weight=number("Its weight; the weights are our judgement."),
        here=null(text("Its value for the case asked about.")),
        there=null(text("Its value for the other.")),
    ),
    "Precedents": thing(
        "The cases most like one. How organisations answered is no feature.",
        case=CASE,
        as_of=AS_OF,
        known_at=KNOWN_AT,
        among=number("How many cases were looked at."),
        features=many(
            thing(
                "A feature.",
                feature=text("Its name."),
                weight=number("Its weight."),
                why=text("Why it counts."),
                value=null(text("Its value for the case asked about.")),
            )
        ),
        responses=ref("Milestones"),
        precedents=many(
            also(
                "A case, most alike first.",
                ref("Column"),
                thing(
                    "Its likeness.",
                    likeness={"type": "number", "minimum": 0, "maximum": 1},
                    shared=number("The weight of what is alike."),
                    weighed=number("The weight of what is known for both."),
                    later=yes("Whether it came later than the case asked about."),
                    alike=many(ref("Shared")),
                    differ=many(ref("Shared")),
                    not_known=many(ref("Shared")),
                    responses=ref("Milestones"),
                ),
            )
        ),
    ),
    "TableName": thing("A table over all cases.", table=text("Its name."), title=text("What it shows.")),
    "Table": thing(
        "A table over all cases. A blank says that no act is known, never that there was none.",
        table=text("Its name."),
        title=text("What it shows."),
        as_of=AS_OF,
        known_at=KNOWN_AT,
        columns=texts("Its columns, in order."),
        rows=many(
            thing("A row.", cells=by({"type": "string"}, "By column."), cases=texts("Ids of the cases it counts."))
        ),
    ),
    "ClaimView": also(
        "A claim with what it looked at.",
        ref("Claim"),
        thing(
            "Its working.",
            as_of=AS_OF,
            known_at=KNOWN_AT,
            report_published=day("When the report was published."),
            tried=many(
                thing(
                    "A case looked at.",
                    case=CASE,
                    in_the_answer=null(yes("Whether it is in the answer; null where that is no question.")),
                    facts=_FACTS,
                )
            ),
            left_out=many(
                thing(
                    "What does not count.",
                    case=CASE,
                    fact=null(text("The fact; null where the whole case does not count.")),
                    fails=text("The question it fails."),
                    has=text("What it has there instead."),
                )
            ),
            verdict_from=many(
                thing(
                    "What became of it from a day of knowledge on.",
                    known_at=null(day("From this day; null from the beginning.")),
                    verdict=word((one.value for one in ClaimVerdict), "The verdict."),
                )
            ),
            facts_used=many(ref("Fact"), "The facts that decide."),
        ),
    ),
    "Find": thing(
        "Something that was found.",
        kind=word(FOUND, "What sort of thing."),
        id=text("Its id or key."),
        title=text("Its title."),
        text=text("Where the words stand in it."),
        address=text("The address of its page."),
        when=null(edtf("When it was so.")),
        after_as_of=yes("Whether it lies after the day looked at."),
        points={"type": "number", "description": "How well it fits."},
        stands_in=many(thing("A field the words stand in.", field=text("Which."), text=text("What it says."))),
        facts=texts("Keys of facts behind it."),
        facts_in_all=number("How many there are in all."),
    ),
    "Deviation": also("A finding of a departure, with its case.", ref("Finding"), thing("Its case.", case=CASE)),
}

# What stands around lists, and what is said where there is no answer.
AROUND: Final[dict[str, Shape]] = {
    "Page": thing(
        "A part of a list.",
        total=number("How many items there are in all."),
        limit=number("At most how many are in this answer."),
        offset=number("How many were passed over."),
        next=null(text("The address of the following part; null at the end.")),
        head=HEAD,
    ),
    "Clocks": thing("The moment of the answer.", as_of=AS_OF, known_at=KNOWN_AT),
    "OfCase": thing("Whose it is.", case=CASE),
    "Days": thing("The two days compared.", from_=day("The earlier."), to=day("The later.")),
    "Problem": thing(
        "Why there is no answer: one shape for every refusal.",
        error=text("What is wrong, in a sentence."),
        where=text("The parameter or part of the address; several with commas between."),
        expected=text("What would be right."),
        nearest=texts("The nearest right things; empty where nothing is near."),
    ),
    "Index": thing(
        "What there is to ask.",
        version=text("The version of this interface."),
        document=text("The address of its OpenAPI document."),
        reference=text("The address of its description for people."),
        head=HEAD,
        operations=many(
            thing(
                "One operation.",
                id=text("Its id in the document."),
                address=text("Its address, with its parts in braces."),
                says=text("What it answers."),
            )
        ),
    ),
}

SHAPES: Final[dict[str, Shape]] = RECORD | COMPARED | AROUND
