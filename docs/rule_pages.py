"""The page of the reference that follows from the rulebooks: every rule with its articles, readings and cases."""

from __future__ import annotations

from collections import Counter

from goodoffices.norms.program import refusals
from goodoffices.norms.rules import Rule, Rulebook
from goodoffices.rulebooks.shelf import rulebooks
from goodoffices.rulebooks.trials import trials


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _articles(rule: Rule) -> str:
    marks = [one.words + ("" if one.verified else " (not verified)") for one in rule.references]
    return "; ".join(marks)


def _book(book: Rulebook) -> str:
    beside = trials(book.id)
    references = {(one.instrument, one.article): one.verified for rule in book.rules for one in rule.references}
    parts = [
        f"## {book.title} {{#{book.id}}}",
        f"`{book.id}`, version {book.version}: {len(book.rules)} rules on {len(references)} articles, "
        f"{sum(references.values())} of them verified; {beside.cases} cases.",
    ]
    if book.no_rule:
        parts.append(
            f"**No rule found** on such changes for `{book.no_rule.body}`: {_cell(book.no_rule.text)} "
            f"Searched: {'; '.join(book.no_rule.searched)}."
        )
    if book.rules:
        left_out = refusals(book)
        rows = [
            f"| `{rule.id}` | {rule.kind} | {_cell(rule.title)} | {_cell(_articles(rule))} | {rule.in_force.text} "
            f"| {'soft' if rule.soft else ''} | {left_out.get(rule.id, '')} | {beside.by_rule.get(rule.id, 0)} |"
            for rule in book.rules
        ]
        columns = ("rule", "kind", "title", "articles", "in force", "", "not in the fast evaluator", "cases")
        parts.append("\n".join([f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *rows]))
    if book.parameters:
        rows = [
            f"| `{one.name}` | {_cell(one.title)} | {one.value}{' ' + one.unit if one.unit else ''} | {one.certainty} "
            f"| {', '.join(one.alternatives) or '–'} |"
            for one in book.parameters
        ]
        parts.append(
            "\n".join(["| reading | what it sets | value | certainty | others |\n|---|---|---|---|---|", *rows])
        )
    return "\n\n".join(parts)


def rules_page(books: tuple[Rulebook, ...]) -> str:
    """The catalogue."""
    rules = [rule for book in books for rule in book.rules]
    kinds = Counter(rule.kind for rule in rules)
    counted = [f"{count} {kind.replace('status', 'statuse')}s" for kind, count in kinds.most_common()]
    cases = sum(trials(book.id).cases for book in books)
    parts = [
        "# Rules",
        f"{len(books)} rulebooks, {len(rules)} rules ({', '.join(counted)}), {cases:,} cases beside them. A reference "
        "that is not verified was not read in wording and number: it carries no deviation alone. *Soft* is soft law or "
        "practice: a departure is a divergence, not a deviation. Readings are words and terms the texts leave open; "
        "`--reading NAME=VALUE` tries another.",
        *(_book(book) for book in books),
    ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """The page by its file name."""
    return {"rules.md": rules_page(rulebooks())}
