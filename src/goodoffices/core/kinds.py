"""The closed list of fact kinds, and what a fact of each kind may say.

Invariant: a fact's kind is one of KINDS and its value carries only the fields its kind names, each with a
value its field accepts. The list is closed on purpose: rules, timelines and briefs are written against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Verbs an organ used, from strongest to none: how a body took position.
VERBS: Final = ("condemn", "reject", "concern", "regret", "call", "support", "none", "not_shown")

CATEGORIES: Final = (
    "military_coup",
    "mercenary_intervention",
    "armed_takeover",
    "refusal_to_leave",
    "constitutional_manipulation",
    "foreign_removal",
    "popular_uprising",
    "other",
)
VICTIMS: Final = ("elected", "transitional", "unelected", "contested", "not_established")
OUTCOMES: Final = ("completed", "failed", "reversed", "contested")
MEASURES: Final = (
    "travel_ban",
    "asset_freeze",
    "border_closure",
    "trade_and_finance",
    "arms_embargo",
    "embassy_or_envoys",
    "no_fly",
    "political",
    "package",
)
DIRECTIONS: Final = ("start", "end", "renew", "change")
MANNERS: Final = ("took_power", "appointed", "sworn_in", "elected", "resigned", "removed", "reinstated", "extended")
CREDENTIALS: Final = ("accepted", "deferred", "no_competing_claim", "competing_claims", "seat_kept", "rejected")
FATES: Final = ("continued", "adapted", "redirected", "frozen", "removed", "not_applicable", "unknown")
MISSION_TYPES: Final = ("peacekeeping", "political", "regional_office", "envoy")
RESULTS: Final = ("kept", "missed", "postponed")
AID_STEPS: Final = ("paused", "ended", "resumed", "redirected", "continued", "determination", "no_determination")
GUIDANCE_STEPS: Final = ("issued", "relaxed", "tightened", "not_issued", "leaked", "not_observed", "practice")
ASSESSMENT_STEPS: Final = ("requested", "delivered", "recommended", "not_conducted", "plan_adopted")
SECURITY_STEPS: Final = ("evacuation", "relocation", "return", "stay", "attack", "intrusion", "blackout", "guarantee")
CODE_LISTS: Final = ("gw", "cow")  # Gleditsch and Ward; Correlates of War
ELECTIONS: Final = ("presidential", "legislative", "referendum", "local", "general", "indirect")
LEAD_TYPES: Final = ("regional", "single_state", "coalition", "hybrid", "private")
INSTRUMENT_STEPS: Final = ("adopted", "in_force", "issued", "amended", "replaced", "ended")
RECOMMENDED: Final = ("continue", "rollover", "change", "drawdown", "withdraw", "options")
SUPPORT_STEPS: Final = ("open_to_ratification", "signed", "ratified", "not_ratified", "acceded", "withdrew")


@dataclass(frozen=True, slots=True)
class ValueField:
    """One field of a fact's value: a word from `choices`, a whole number, a day (EDTF) or free short text."""

    name: str
    form: str = "text"  # text | choice | number | day | key | actor
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its name, what it records, which value fields it must and may carry.

    `organ_act` says that a fact of this kind is a determination or decision of an organ (a diamond on the
    timeline), not an event (a disc).
    `public_record` says that such acts are published as a rule, so that finding none means something.
    """

    name: str
    meaning: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    organ_act: bool = False
    public_record: bool = False


FIELDS: Final[dict[str, ValueField]] = {
    f.name: f
    for f in (
        ValueField("verb", "choice", VERBS),
        ValueField("label"),  # the word the body used for the change, as found
        ValueField("document"),  # document symbol exactly as a page shows it
        ValueField("category", "choice", CATEGORIES),
        ValueField("victim", "choice", VICTIMS),
        ValueField("outcome", "choice", OUTCOMES),
        ValueField("person"),
        ValueField("office"),
        ValueField("manner", "choice", MANNERS),
        ValueField("direction", "choice", DIRECTIONS),
        ValueField("measure", "choice", MEASURES),
        ValueField("target"),
        ValueField("months", "number"),
        ValueField("days", "number"),
        ValueField("until", "day"),
        ValueField("subject_matter"),
        ValueField("of", "key"),  # the fact this one answers: a promise kept, a suspension lifted
        ValueField("result", "choice", RESULTS),
        ValueField("election", "choice", ELECTIONS),
        ValueField("mission", "actor"),
        ValueField("mission_type", "choice", MISSION_TYPES),
        ValueField("lead", "actor"),
        ValueField("organisation", "actor"),
        ValueField("credentials", "choice", CREDENTIALS),
        ValueField("aid", "choice", AID_STEPS),
        ValueField("amount"),
        ValueField("step"),  # choice per kind, see STEPS
        ValueField("task"),
        ValueField("fate", "choice", FATES),
        ValueField("votes"),
        ValueField("meeting"),
        ValueField("percent", "number"),
        ValueField("question"),
        ValueField("sample"),
        ValueField("instrument"),
        ValueField(
            "asks_return", "choice", ("yes", "no")
        ),  # whether the text asks for a return to constitutional order
        ValueField("agenda_item", "choice", ("own", "regional")),
        ValueField("recommends", "choice", RECOMMENDED),
        ValueField("with", "actor"),
        ValueField("title"),
        ValueField("title_fr"),
        ValueField("country"),
        ValueField("country_fr"),
        ValueField("country_ar"),
        ValueField("country_es"),
        ValueField("country_ru"),
        ValueField("country_zh"),
        ValueField("iso3"),
        ValueField("m49"),
        ValueField("zone"),  # where the capital counts its days: Africa/Bamako
        ValueField("system", "choice", CODE_LISTS),
        ValueField("code"),
        ValueField("searched_until", "day"),
        ValueField("short"),  # acronym
        ValueField("established", "day"),  # the decision; `deployed` is the day the work begins, where it is another
        ValueField("deployed", "day"),
        ValueField("lead_name"),  # who leads, where that is no actor of the register
        ValueField("lead_type", "choice", LEAD_TYPES),
        ValueField("legal_basis"),
        ValueField("authority"),  # who authorised whom
        ValueField("host_consent"),
        ValueField("relation"),  # to the UN mission of the time
    )
}

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "guidance": GUIDANCE_STEPS,
    "assessment": ASSESSMENT_STEPS,
    "staff_security": SECURITY_STEPS,
    "treaty_action": SUPPORT_STEPS,
    "crisis_policy": ("activated", "deactivated"),
    "organisation_exit": ("announced", "effective", "reversed"),
    "membership": ("joined", "left"),
    "instrument": INSTRUMENT_STEPS,
    "consent": ("requested", "given", "withdrawn"),
    "force": ("threatened", "authorised", "deployed", "used", "dropped"),
    "recognition": ("recognised", "not_recognised", "contacts"),
}

_SAY = ("verb", "label", "document", "meeting", "subject_matter")

# Kinds that only the record itself writes: a case file gives them in its head, not among its facts.
OWN_KINDS: Final = ("case", "gap", "state", "code", "mission", "operation", "body")
# Kinds that last: their `when` should be a span, because rules ask whether they held on a day.
LASTING_KINDS: Final = ("mission_present", "penholder")

KINDS: Final[dict[str, Kind]] = {
    k.name: k
    for k in (
        # what happened in the country
        Kind(
            "seizure",
            "power is taken, or kept, outside the constitution: day 0",
            ("category", "victim", "outcome"),
            ("label",),
        ),
        Kind("ousted", "a holder of office is removed", ("person", "office")),
        Kind("leadership", "somebody takes, keeps or leaves office", ("person", "office", "manner"), ("until",)),
        Kind("detention", "somebody is detained (start) or freed (end)", ("direction",), ("person", "target")),
        Kind("violence", "fighting, an attack, a repression, a death toll", (), ("target", "amount")),
        Kind(
            "legal_act",
            "charter, constitution, decree, dissolution, court ruling",
            ("subject_matter",),
            ("document", "direction"),
        ),
        Kind(
            "transition_term",
            "a term for the transition is promised, set or extended",
            (),
            ("months", "until", "subject_matter", "document", "direction"),
        ),
        Kind("promise", "a dated undertaking by those in power", ("subject_matter",), ("until", "election")),
        Kind("promise_outcome", "a promise was kept, missed or put off", ("of", "result"), ("until",)),
        Kind("vote_held", "an election or referendum took place", ("election",), ("person", "percent")),
        Kind(
            "constitutional_order", "a government takes over under a constitution: the transition ends", (), ("person",)
        ),
        Kind("dialogue", "national dialogue, consultation round, talks", (), ("with", "amount", "subject_matter")),
        Kind(
            "agreement",
            "an agreement between parties begins, changes or ends",
            ("direction",),
            ("subject_matter", "with"),
        ),
        Kind(
            "partnership", "a security or political partner comes or goes", ("direction",), ("with", "subject_matter")
        ),
        Kind("foreign_forces", "foreign troops arrive or leave", ("direction",), ("amount",)),
        Kind("expulsion", "a person or envoy is told to leave", ("target",), ("days",)),
        Kind(
            "restriction", "a ban or limit on people, the mission or aid", ("subject_matter",), ("direction", "target")
        ),
        Kind("authorities_statement", "those in power, or the ousted, say something on record", (), _SAY),
        Kind("opinion", "a survey or other measure of public opinion", (), ("percent", "question", "sample")),
        # what organs decided and said
        Kind(
            "determination",
            "an organ says what the change was (coup, unconstitutional change)",
            ("label",),
            ("verb", "document", "meeting", "subject_matter"),
            True,
            True,
        ),
        Kind(
            "statement",
            "an organ or state speaks: condemns, is concerned, supports",
            ("verb",),
            ("label", "document", "subject_matter"),
            True,
            True,
        ),
        Kind("decision", "an organ decides something else than the kinds below", (), _SAY, True, True),
        Kind("suspension", "an organisation suspends the state", (), _SAY, True, True),
        Kind("suspension_declined", "an organ considers the case and does not suspend", (), _SAY, True, True),
        Kind("suspension_lifted", "an organisation ends its suspension", (), (*_SAY, "of"), True, True),
        Kind("sanction", "measures against the state or persons", ("measure",), (*_SAY, "target", "until"), True, True),
        Kind("sanction_lifted", "measures end, wholly or in part", ("measure",), (*_SAY, "target", "of"), True, True),
        Kind(
            "deadline_set",
            "an organ sets a term",
            ("subject_matter",),
            ("days", "months", "until", "document", "verb", "meeting"),
            True,
            True,
        ),
        Kind(
            "force",
            "force is threatened, authorised, used or dropped",
            ("step",),
            ("document", "subject_matter"),
            True,
            True,
        ),
        Kind(
            "mediation",
            "an envoy, committee or mechanism works on a way out",
            (),
            ("person", "with", "subject_matter"),
            True,
        ),
        Kind(
            "organisation_exit", "a state leaves an organisation, or says so", ("step", "organisation"), ("document",)
        ),
        Kind(
            "meeting",
            "an organ meets on the case without a product of its own",
            (),
            ("meeting", "subject_matter", "document"),
            True,
            True,
        ),
        Kind(
            "press_statement",
            "Security Council press statement",
            ("verb",),
            ("label", "document", "subject_matter", "asks_return"),
            True,
            True,
        ),
        Kind(
            "presidential_statement",
            "statement by the Council's President",
            ("verb",),
            ("label", "document", "subject_matter", "asks_return"),
            True,
            True,
        ),
        Kind(
            "resolution",
            "resolution of the Council or the Assembly",
            ("verb",),
            ("label", "document", "votes", "subject_matter"),
            True,
            True,
        ),
        Kind(
            "no_product",
            "an organ was seized of the case, or could have been, and issued nothing",
            (),
            ("subject_matter",),
            False,
        ),
        Kind("veto", "a draft falls to a permanent member", (), ("with", "votes", "subject_matter"), True, True),
        Kind(
            "credentials", "who sits for the state in the General Assembly", ("credentials",), ("document",), True, True
        ),
        Kind("recognition", "a state treats, or does not treat, those in power as the government", ("step",), (), True),
        Kind(
            "aid_measure",
            "aid, lending or cooperation is paused, ended, resumed",
            ("aid",),
            ("amount", "document", "label"),
            True,
            True,
        ),
        Kind(
            "stance", "where a state or body stands on the case, beyond one statement", (), ("verb", "subject_matter")
        ),
        Kind(
            "council_agenda",
            "a country is on, or off, the agenda of the Security Council: under an item of its own, or a regional one",
            ("direction",),
            ("agenda_item", "document"),
        ),
        Kind("penholder", "the Council member who drafts its texts on a country: since when, until when"),
        Kind(
            "recommendation",
            "the Secretary-General, a mission or a review tells the Council what should become of a mission",
            ("recommends",),
            ("mission", "document", "subject_matter"),
            True,
        ),
        # the United Nations on the ground
        Kind("mission_present", "a UN mission covers the country", ("mission", "mission_type"), ("lead", "amount")),
        Kind(
            "mandate",
            "a mandate is set, renewed, rolled over, changed or ended",
            ("mission", "direction"),
            ("document", "until", "votes", "subject_matter"),
            True,
            True,
        ),
        Kind(
            "mandated_task",
            "a mandate sets a task",
            ("task", "mission"),
            ("document", "with", "subject_matter", "amount"),
            True,
            True,
        ),
        Kind("mission_exit", "a mission ends or closes", ("mission",), ("document", "amount")),
        Kind("consent", "the host asks for, gives or withdraws consent", ("step",), ("mission", "document")),
        Kind("guidance", "advice to the UN on contacts and terms", ("step",), ("subject_matter",), True),
        Kind("working_group", "the interdepartmental working group meets", (), ("lead", "amount"), True),
        Kind("lead_department", "which department leads for the Secretariat", ("lead",), (), True),
        Kind("crisis_policy", "the crisis management policy is switched on or off", ("step",), ("document",), True),
        Kind(
            "assessment", "a strategic assessment, review or plan", ("step",), ("mission", "document", "months"), True
        ),
        Kind(
            "mission_task",
            "what became of a mandated task",
            ("fate",),
            ("task", "mission", "with", "document", "subject_matter"),
        ),
        Kind("staff_security", "what happened to staff and premises", ("step",), ("mission", "amount")),
        Kind("engagement", "a mission or envoy deals with those in power", (), ("mission", "with", "subject_matter")),
        # the record about itself: what a case or state is, and what nobody knows
        Kind(
            "case",
            "opens a case: its title, country and how far it was searched",
            ("title", "country", "iso3"),
            ("title_fr", "searched_until"),
        ),
        Kind("gap", "something we know that we do not know"),
        Kind(
            "state",
            "opens a state: its names in the six UN languages, its ISO and M49 codes",
            ("country", "iso3"),
            ("country_fr", "country_ar", "country_es", "country_ru", "country_zh", "m49", "zone"),
        ),
        Kind("code", "the number of a state in a scholars’ list of states, while it held", ("system", "code")),
        Kind(
            "mission",
            "opens a UN mission: its names, type, country and beginning",
            ("title", "short", "mission_type", "lead", "country", "established"),
            ("title_fr", "iso3", "deployed", "document"),
        ),
        Kind(
            "operation",
            "opens an operation that is not a UN mission: who leads it, where, by whose leave",
            ("title", "lead_type", "country"),
            (
                *("title_fr", "lead", "lead_name", "iso3", "legal_basis", "authority", "host_consent", "relation"),
                *("amount", "subject_matter"),
            ),
        ),
        Kind(
            "body",
            "opens a body: an organisation or organ whose rules and practice stand on record",
            ("title",),
            ("title_fr",),
        ),
        # standing facts about a state or a body
        Kind(
            "instrument",
            "a treaty, declaration, policy or guidance is adopted, enters into force, is issued, changed or ended",
            ("instrument", "step"),
            ("document", "meeting", "subject_matter"),
            True,
            True,
        ),
        Kind("membership", "a state joins or leaves an organisation", ("organisation", "step")),
        Kind("treaty_action", "a state signs, ratifies, accedes to a treaty", ("instrument", "step")),
        Kind("context", "background needed to read the case", (), ("subject_matter", "amount")),
    )
}


def steps_of(kind: str, field_name: str) -> tuple[str, ...]:
    """The words a field may have in a fact of this kind; empty where any are allowed."""
    return STEPS.get(kind, ()) if field_name == "step" else FIELDS[field_name].choices
