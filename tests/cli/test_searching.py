"""The command that searches says what the desk finds."""

from cli.conftest import Command, refused


def test_finds_by_kind(command: Command) -> None:
    said = command("search", "goita")
    assert said.code == 0
    told = command("search", "goita", "--json").json
    for kind, count in told["counts"].items():
        assert f"{kind}: {count}" in said.out
    assert "mali-2021/goita-takes-power" in said.out
    assert told["asked"] == "goita"
    assert {find["kind"] for find in told["results"]} == set(told["counts"])


def test_all_of_one_kind(command: Command) -> None:
    told = command("search", "mali", "--kind", "facts", "--json").json
    assert len(told["results"]) == told["counts"]["facts"] > 25


def test_a_symbol_in_any_spelling(command: Command) -> None:
    for asked in ("S/RES/2584 (2021)", "resolution 2584", "s/res/2584"):
        told = command("search", asked, "--kind", "facts", "--json").json
        assert "mali-2021/mandate-2584" in {find["id"] for find in told["results"]}


def test_as_known_on_a_day(command: Command) -> None:
    early = command("search", "niger-2023", "--known-at", "2021-05-01", "--json").json
    assert "cases" not in early["counts"]
    late = command("search", "niger-2023", "--json").json
    assert late["counts"]["cases"] == 1


def test_nothing_is_said_with_what_is_near(command: Command) -> None:
    said = command("search", "mali goyta")
    assert said.code == 0
    assert "Nothing known by" in said.out
    assert "mali goita" in said.out
    assert "mali " in said.out.partition("By itself")[2]


def test_in_french(command: Command) -> None:
    told = command("search", "prête serment", "--fr", "--kind", "facts", "--json").json
    assert any("prête serment" in find["title"] for find in told["results"])


def test_what_cannot_be_asked(command: Command) -> None:
    refused(command("search", "mali", "--kind", "rumours"), "there is no kind", "facts")
    refused(command("search", "a" * 201), "at most 200")
    refused(command("search", "mali", "--known-at", "yesterday"), "is no day")


def test_what_has_most_of_the_words_says_so(command: Command) -> None:
    said = command("search", "suspends mali goyta")
    assert said.code == 0
    assert said.out.startswith("Nothing has all of these words; what follows has most of them.")
    assert "facts: " in said.out
    assert "mali " in said.out.partition("By itself")[2]
    assert "Nothing has all" not in command("search", "who suspends mali").out
