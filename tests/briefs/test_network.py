"""The network of a country: which edges hold on which day, from facts made for it; and its drawing."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from briefs.made import fact, mission, operation
from goodoffices.briefs.authorisation import chains
from goodoffices.briefs.chain_svg import draw_chains
from goodoffices.briefs.network import EDGES, LEFT, MIDDLE, RIGHT, SORTS, Network, called, network, sort_of
from goodoffices.briefs.network_svg import draw_network
from goodoffices.briefs.relations import RULES, Country
from goodoffices.casebook.actors import actors
from goodoffices.core.facts import Fact

NAMES = {one.id: one.name for one in actors().values()}


def on(day: str, *facts: Fact, language: str = "en") -> Network:
    known = chains(facts, "UTO", date.max, NAMES)
    return network(facts, known, date.fromisoformat(day), actors(), "Utopia", language)


def said(figure: Network) -> set[str]:
    return {f"{edge.source} {edge.kind} {edge.target}" for edge in figure.edges}


def holds(edge: str, *facts: Fact) -> list[str]:
    """The first and last day of 2001 to 2006 on which an edge holds, by looking at every month's first and last."""
    days = [f"{year}-{month:02d}-{day:02d}" for year in range(2001, 2007) for month in range(1, 13) for day in (1, 15)]
    seen = [day for day in days if edge in said(on(day, *facts))]
    return [seen[0], seen[-1]] if seen else []


def test_a_suspension_lasts_until_the_same_body_lifts_it() -> None:
    begun = fact("utopia-2001/s", "suspension", "2001-02-10", "au-psc")
    other = fact("utopia-2001/o", "suspension_lifted", "2001-04-10", "ecowas-authority")
    ended = fact("utopia-2001/l", "suspension_lifted", "2001-06-10", "au-psc", of="utopia-2001/s")
    assert holds("au suspended authorities", begun, other, ended) == ["2001-02-15", "2001-06-01"]
    assert holds("au suspended authorities", begun, other) == ["2001-02-15", "2006-12-15"]


def test_a_suspension_ends_when_the_state_has_left() -> None:
    begun = fact("utopia-2001/s", "suspension", "2001-02-10", "ecowas")
    said_so = fact("utopia-2001/a", "organisation_exit", "2002-01-10", step="announced", organisation="ecowas")
    gone = fact("utopia-2001/e", "organisation_exit", "2003-01-10", step="effective", organisation="ecowas")
    assert holds("ecowas suspended authorities", begun, said_so, gone) == ["2001-02-15", "2003-01-01"]
    assert holds("authorities withdrew ecowas", said_so) == ["2002-01-15", "2003-01-01"]


def test_a_measure_whose_end_nobody_recorded_ends_with_its_transition() -> None:
    begun = fact("utopia-2001/m", "sanction", "2001-02-10", "au-psc", measure="package", target="leaders")
    order = fact("utopia-2001/order", "constitutional_order", "2002-02-10")
    elsewhere = fact("arcadia-2001/order", "constitutional_order", "2002-02-10")
    assert holds("au sanctions authorities", begun, order) == ["2001-02-15", "2002-02-01"]
    assert holds("au sanctions authorities", begun, elsewhere) == ["2001-02-15", "2006-12-15"]


def test_a_measure_against_somebody_else_goes_to_them() -> None:
    head = operation("guards", lead="wagner", lead_type="private", title="Wagner Group in Utopia")
    begun = fact("utopia-2001/m", "sanction", "2001-07-10", "eu", target="eight people linked to the Wagner Group")
    assert "eu sanctions guards" in said(on("2001-08-01", head, begun))


def test_a_mission_is_authorised_hosted_and_loses_its_consent() -> None:
    start = fact(
        *("mission:unmu/start", "mandate", "2001-03-01", "un-security-council"), mission="unmu", direction="start"
    )
    end = fact("mission:unmu/end", "mandate", "2004-03-10", "un-security-council", mission="unmu", direction="end")
    gone = fact("utopia-2001/gone", "consent", "2004-02-10", step="withdrawn", mission="unmu")
    closed = fact("mission:unmu/exit", "mission_exit", "2004-12-10", "un", mission="unmu")
    facts = (mission(deployed="2001-06-10"), start, end, gone, closed)
    assert holds("un-security-council authorised unmu", *facts) == ["2001-03-01", "2004-03-01"]
    assert holds("authorities hosts unmu", *facts) == ["2001-06-15", "2004-02-01"]
    assert holds("authorities withdrew unmu", *facts) == ["2004-02-15", "2004-12-01"]


def test_a_founding_document_names_the_organ_that_decided() -> None:
    council = on("2002-01-01", mission(document="S/RES/1400 (2001)"))
    assert "un-security-council authorised unmu" in said(council)
    assembly = on("2002-01-01", mission(document="A/RES/998(ES-I)"))
    assert "un-general-assembly authorised unmu" in said(assembly)
    assert not [edge for edge in on("2002-01-01", mission()).edges if edge.kind == "authorised"]


def test_an_operation_is_led_and_hosted_but_a_plan_is_not_hosted() -> None:
    assert said(on("2002-01-01", operation())) == {"france leads aid", "authorities hosts aid"}
    planned = operation(host_consent="partly", lead="ecowas", lead_type="regional")
    assert said(on("2002-01-01", planned)) == {"ecowas leads aid"}


def test_backing_is_support_and_leave_is_authority() -> None:
    leave = fact("operation:aid/leave", "force", "2001-05-01", "un-security-council", step="authorised")
    warm = fact("operation:aid/warm", "resolution", "2001-07-01", "un-security-council", verb="support")
    assert "un-security-council authorised aid" in said(on("2001-08-01", operation(), leave))
    assert "un-security-council supports aid" in said(on("2001-08-01", operation(), warm))
    assert "un-security-council supports aid" not in said(on("2002-08-01", operation(), warm))


@pytest.mark.parametrize(
    ("actor", "target", "edge"),
    [
        ("armed-groups", "the army", "armed-groups force authorities"),
        ("armed-forces", "Kidal", "authorities force armed-groups"),
        ("armed-forces", "people at the market", "authorities force public"),
        ("authorities", "protesters", "authorities force public"),
    ],
)
def test_violence_is_drawn_for_a_year_between_those_it_names(actor: str, target: str, edge: str) -> None:
    fought = fact("utopia-2001/v", "violence", "2002-02-10", actor, target=target)
    assert holds(edge, fought) == ["2002-02-15", "2003-02-01"]


def test_what_the_host_did_to_a_suspect_is_no_fight() -> None:
    assert on("2002-03-01", fact("utopia-2001/v", "violence", "2002-02-10", target="the suspect")).edges == ()


def test_an_agreement_with_armed_groups_lasts_until_it_is_ended() -> None:
    made = fact(*("utopia-2001/a", "agreement", "2001-02-10"), **{"with": "armed-groups", "direction": "start"})
    over = fact(*("utopia-2001/e", "agreement", "2003-02-10"), **{"with": "armed-groups", "direction": "end"})
    assert holds("authorities agreement armed-groups", made, over) == ["2001-02-15", "2003-02-01"]
    assert holds("authorities withdrew armed-groups", made, over) == ["2003-02-15", "2004-02-01"]


def test_a_lasting_mediation_ends_with_the_agreement_it_served() -> None:
    chair = fact("utopia-2001/m", "mediation", "2001-02-10/..", "algeria", subject_matter="the peace")
    over = fact(
        *("utopia-2001/e", "agreement", "2003-02-10"),
        **{"with": "armed-groups", "direction": "end", "subject_matter": "the peace"},
    )
    visit = fact("utopia-2001/v", "mediation", "2001-02-10", "au", **{"with": "armed-groups"})
    assert holds("algeria mediates authorities", chair, over) == ["2001-02-15", "2003-02-01"]
    assert holds("au mediates armed-groups", visit) == ["2001-02-15", "2002-02-01"]


def test_limits_and_expulsions_reach_the_mission_they_name() -> None:
    stop = fact(
        *("utopia-2001/s", "restriction", "2001-04-10"), direction="start", subject_matter="flights", target="UNMU"
    )
    again = fact(
        *("utopia-2001/e", "restriction", "2001-06-10"), direction="end", subject_matter="flights", target="UNMU"
    )
    told = fact("utopia-2001/x", "expulsion", "2001-04-10", target="Ann Other, UNMU spokeswoman")
    assert holds("authorities limits unmu", mission(), stop, again) == ["2001-04-15", "2001-06-01"]
    assert holds("authorities expelled unmu", mission(), told) == ["2001-04-15", "2002-04-01"]


def test_work_of_a_mission_is_support_to_whom_it_is_with() -> None:
    task = fact(
        *("utopia-2001/t", "mission_task", "2001-04/2001-09", "unmu"),
        **{"mission": "unmu", "fate": "continued", "with": "armed-groups"},
    )
    frozen = fact(
        *("utopia-2001/f", "mission_task", "2001-04/2001-09", "unmu"),
        **{"mission": "unmu", "fate": "frozen", "with": "authorities"},
    )
    own = fact(
        *("utopia-2001/o", "mission_task", "2001-04/2001-09", "unmu"),
        **{"mission": "unmu", "fate": "continued", "with": "un-security-council"},
    )
    figure = on("2001-05-01", mission(), task, frozen, own)
    assert {edge for edge in said(figure) if " supports " in edge} == {"unmu supports armed-groups"}
    assert "unmu supports armed-groups" not in said(on("2001-11-01", mission(), task))


def test_facts_without_a_date_and_rival_accounts_draw_nothing() -> None:
    undated = Fact(
        key="utopia-2001/p",
        kind="partnership",
        actor="authorities",
        span=fact("utopia-2001/x", "context", "unknown").span,
        known_at=date(2001, 1, 1),
        text="Somebody helps.",
        citations=mission().citations,
        confidence="high",
        value=(("direction", "start"), ("with", "russia")),
    )
    assert on("2002-01-01", undated).edges == ()


def test_places_stay_the_same_on_every_day() -> None:
    facts = (mission(), operation(), fact("utopia-2001/s", "suspension", "2005-02-10", "au-psc"))
    early, late = on("2001-04-01", *facts), on("2005-04-01", *facts)
    assert [node.id for node in early.nodes] == [node.id for node in late.nodes]
    assert {node.id for node in early.nodes if node.active} == {"authorities", "unmu"}
    places = [re.findall(r'class="lab"[^>]*>([^<]+)<', draw_network(one)) for one in (early, late)]
    assert places[0] == places[1]


def test_every_edge_has_words_a_number_and_its_newest_fact() -> None:
    first = fact("utopia-2001/s", "sanction", "2001-02-10", "ecowas", measure="package")
    second = fact("utopia-2001/t", "sanction", "2001-03-10", "ecowas", measure="travel_ban")
    (edge,) = on("2001-05-01", second, first).edges
    assert (edge.facts, edge.last) == ((first, second), second)
    drawn = draw_network(on("2001-05-01", second, first), link=lambda key: f"/facts/{key}")
    assert drawn.count('href="/facts/utopia-2001/t"') == 1
    assert "1. ECOWAS sanctions Utopia" in drawn


def test_sorts_and_columns_hold_every_actor() -> None:
    assert {sort_of(one) for one in actors().values()} <= set(SORTS)
    assert sorted((*LEFT, *MIDDLE, *RIGHT)) == sorted(SORTS)
    assert sort_of(actors()["algeria"], ("algeria",)) == "neighbours"
    assert sort_of(actors()["algeria"]) == "states"
    assert [sort_of(actors()[id]) for id in ("un-security-council", "minusma", "wagner")] == [
        "un",
        "missions",
        "private",
    ]
    assert len(RULES) == len(set(RULES))


def test_neighbours_are_those_a_fact_names() -> None:
    told = fact(
        *("utopia-2001/n", "context", "2001-01-01", "states"),
        text="Utopia borders Algeria and Arcadia.",
        subject_matter="neighbours",
    )
    assert Country((told,), (), actors()).neighbours == ("algeria",)
    assert Country((), (), actors()).neighbours == ()


def test_french_figures_speak_french() -> None:
    begun = fact("utopia-2001/s", "suspension", "2001-02-10", "ecowas")
    drawn = draw_network(on("2001-05-01", begun, language="fr"), "fr")
    assert "CEDEAO a suspendu Utopia" in drawn and "Qui décide ou dirige" in drawn
    assert called(actors()["un-security-council"], "fr") == "Conseil de sécurité"
    assert all(english != french for english, french in EDGES.values())


def test_the_drawings_are_whole_and_carry_no_style() -> None:
    facts = (mission("2001-03-01", short="U<N>&"), operation(title='"Aid" & <Co>'))
    known = chains(facts, "UTO", date(2002, 1, 1), NAMES)
    for drawn in (draw_network(on("2002-01-01", *facts)), draw_chains(known, actors(), 'U"<')):
        ElementTree.fromstring(drawn)
        assert "style=" not in drawn and "<script" not in drawn


def test_a_chain_is_drawn_with_its_unknown_links_dashed() -> None:
    bare = draw_chains(chains((mission(),), "UTO", date(2002, 1, 1), NAMES), actors(), "Utopia")
    assert bare.count("not known") == 2 and "Not known" in bare
    asked = fact("utopia-2001/asked", "consent", "2001-01-10", step="requested", mission="unmu")
    gone = fact("utopia-2001/gone", "consent", "2001-05-10", step="withdrawn", mission="unmu")
    known = chains((mission(document="S/RES/1400 (2001)"), asked, gone), "UTO", date(2002, 1, 1), NAMES)
    drawn = draw_chains(known, actors(), "Utopia", link=lambda key: f"/facts/{key}")
    assert "not known" not in drawn and "Security Council" in drawn
    assert "S/RES/1400 (2001)" in drawn and 'class="consent gone"' in drawn
    assert {"/facts/utopia-2001/asked", "/facts/utopia-2001/gone"} <= set(re.findall(r'href="([^"]+)"', drawn))


def test_no_country_no_chain() -> None:
    assert ElementTree.fromstring(draw_chains((), actors(), "Utopia")) is not None
    assert on("2002-01-01").nodes == ()
    assert ElementTree.fromstring(draw_network(on("2002-01-01"))) is not None
