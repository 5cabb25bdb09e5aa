"""What the rule language takes and what it refuses, with the words of each refusal."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from goodoffices.core.errors import BadRule, NoAnswer
from goodoffices.norms import models
from goodoffices.norms.language import read_rulebook
from goodoffices.norms.rules import Rule, Rulebook, all_conditions
from goodoffices.rulebooks.shelf import rulebook, rulebooks

HERE = Path(__file__).parent
BAD = sorted(path for path in (HERE / "bad").iterdir() if path.is_dir())
EVERYTHING = read_rulebook(HERE / "good" / "everything")


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_a_bad_rulebook_is_refused_in_these_words(folder: Path) -> None:
    with pytest.raises(BadRule) as caught:
        read_rulebook(folder)
    assert str(caught.value) + "\n" == (folder / "message.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_each_refusal_names_the_file_and_a_remedy(folder: Path) -> None:
    with pytest.raises(BadRule) as caught:
        read_rulebook(folder)
    for problem in caught.value.problems:
        assert problem.where.startswith(f"{folder.name}/")
        assert ", line " in problem.where or "cannot be read" in problem.found
        assert problem.remedy


def test_one_rulebook_uses_every_word_of_the_language() -> None:
    plain = Rule(*["" for _ in range(6)], references=(), in_force=EVERYTHING.rules[0].in_force)  # type: ignore[arg-type]
    for name in (one.name for one in fields(Rule) if one.name != "in_force"):
        assert any(getattr(rule, name) != getattr(plain, name) for rule in EVERYTHING.rules), f"no rule uses {name}"
    used = {type(one).__name__ for rule in EVERYTHING.rules for one in all_conditions(rule)}
    assert used == {
        "AllOf",
        "AnyOf",
        "Not",
        "Recorded",
        "During",
        "Member",
        "Party",
        "Met",
        "InForce",
        "ReadingIs",
        "Breached",
        "Performed",
    }
    assert {rule.kind for rule in EVERYTHING.rules} == set(models._ONLY)
    for model in (models.InstrumentModel, models.ArticleModel, models.ParameterModel):
        written = (HERE / "good/everything/rules.yaml").read_text() + (HERE / "good/everything/values.yaml").read_text()
        assert all(f"{name}:" in written for name in model.model_fields)


def test_that_a_body_has_no_rule_is_an_answer() -> None:
    book = read_rulebook(HERE / "good" / "no-rule")
    assert (book.rules, book.zone) == ((), "Asia/Jakarta")
    assert book.no_rule is not None
    assert (book.no_rule.body, book.no_rule.searched) == ("asean", ("the Test Act", "the site of the body"))
    assert [one.words for one in book.no_rule.references] == ["Test Act, art. 1"]
    assert EVERYTHING.no_rule is None


def test_what_no_rule_cites_is_among_the_articles(tmp_path: Path) -> None:
    shutil.copytree(HERE / "good" / "no-rule", tmp_path / "no-rule")
    file = tmp_path / "no-rule" / "rules.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("citations: [act-1]", "citations: [act-2]"), encoding="utf-8")
    with pytest.raises(BadRule, match=r"no-rule/rules\.yaml, line \d+: the article 'act-2' is not among the articles"):
        read_rulebook(tmp_path / "no-rule")


def test_paraphrases_reach_the_references() -> None:
    first, second = EVERYTHING.rules[1].references
    assert (first.said, first.verified) == ("Something is so, and goes on being so.", True)
    assert (second.words, second.verified, second.attribution) == ("Test Act, art. 2", False, "as described by a test")


def test_silence_of_what_is_published_means_it_was_not_done() -> None:
    look = models.LookModel.model_validate({"kind": "suspension"})
    assert look.quiet() == "fails"
    assert models.LookModel.model_validate({"kind": ["suspension", "seizure"]}).quiet() == "unknown"
    assert models.LookModel.model_validate({"kind": "seizure", "silence": "fails"}).quiet() == "fails"


def test_the_shelf_names_the_rulebooks_there_are() -> None:
    assert {"au", "un-secretariat"} <= {book.id for book in rulebooks()}
    assert rulebook("au").title_fr == "Union africaine"
    with pytest.raises(NoAnswer, match=r"there is no rulebook 'aux'\. There are: .*\bau\b") as caught:
        rulebook("aux")
    assert "au" in caught.value.nearest


def test_a_shelf_with_a_bad_folder_is_refused_whole(tmp_path: Path) -> None:
    shutil.copytree(HERE / "good" / "everything", tmp_path / "everything")
    shutil.copytree(HERE / "bad" / "circle", tmp_path / "circle")
    with pytest.raises(BadRule, match=r"circle/rules\.yaml"):
        rulebooks(tmp_path)


@pytest.mark.parametrize("book", rulebooks(), ids=lambda book: book.id)
def test_every_rule_speaks_both_languages_in_whole_sentences(book: Rulebook) -> None:
    for rule in book.rules:
        assert rule.title and dict(rule.titles)["fr"] and rule.text and dict(rule.texts)["fr"]
        assert rule.references
        assert rule.title[0].isupper() and not rule.title.endswith(".")
        assert rule.text.strip().endswith(".") and dict(rule.texts)["fr"].strip().endswith(".")
