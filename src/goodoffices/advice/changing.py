"""What would change a piece of advice, where its file does not say: the rules and days it hangs on, or its basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from goodoffices.advice import written
from goodoffices.advice.items import HungOn
from goodoffices.advice.judging import Judged
from goodoffices.advice.written import When, WrittenItem
from goodoffices.core.verdicts import Verdict
from goodoffices.norms.wording import state_words

_TURNED: Final = (
    "It would no longer be given if this turned: {what}.",
    "Il ne serait plus donné si ceci changeait\u00a0: {what}.",
)
_SETTLED: Final = ("What would settle it: {what}.", "Ce qui trancherait\u00a0: {what}.")
_LAST: Final = ("It is given until day {day}.", "Il est donné jusqu’au jour {day}.")
_MISSION: Final = ("A mission of another type.", "Une mission d’un autre type.")
_OPINION: Final = ("A survey that finds otherwise.", "Un sondage qui dirait autre chose.")
_OVERDUE: Final = ("An outcome of the promise, on record.", "Une suite donnée à la promesse, au dossier.")
_TASK: Final = ("Another counterpart, or another task.", "Un autre interlocuteur, ou une autre tâche.")
_ALWAYS: Final[dict[str, tuple[str, str]]] = {
    "rule": (
        "A change of the article it rests on; it is given in every such case.",
        "Une modification de l’article sur lequel il repose\u00a0; il est donné dans tous les cas.",
    ),
    "guidance": (
        "Advice for this case that says otherwise, or a new version of the text.",
        "Un avis pour ce cas qui dirait autre chose, ou une nouvelle version du texte.",
    ),
    "precedent": ("Precedents that went another way.", "Des précédents qui auraient tourné autrement."),
    "judgement": (
        "What those on the spot know: it is given in every case and hangs on no fact.",
        "Ce que savent ceux qui sont sur place\u00a0: il est donné dans tous les cas et ne dépend d’aucun fait.",
    ),
}


def would_change(one: WrittenItem, judged: Judged, language: str) -> str:
    """What its file says would change it; else what follows from its condition, or from its basis where it has none."""
    if said := one.changes(language):
        return said
    french = language == "fr"
    parts = []
    if judged.hangs_on:
        settled = judged.verdict is Verdict.HOLDS
        what = ("\u00a0; " if french else "; ").join(_hung(each, french) for each in judged.hangs_on)
        parts.append((_TURNED if settled else _SETTLED)[french].format(what=what))
    parts += [said[french] for said in _leaves(one.when)]
    return " ".join(dict.fromkeys(parts)) or _ALWAYS[one.basis][french]


def _hung(each: HungOn, french: bool) -> str:
    said = state_words(each.state, "fr" if french else "en")
    title = each.title.replace("« ", "«\u00a0").replace(" »", "\u00a0»")  # some rules’ titles quote a word
    return f"{title} ({said})" if french else f"“{title}” ({said})"


def _leaves(when: When | None) -> Iterator[tuple[str, str]]:
    """What the parts of a condition say that hang on no rule."""
    match when:
        case written.All(parts) | written.Any(parts):
            for part in parts:
                yield from _leaves(part)
        case written.Days(_, int(last)):
            yield _LAST[0].format(day=last), _LAST[1].format(day=last)
        case written.MissionIs():
            yield _MISSION
        case written.OpinionIs():
            yield _OPINION
        case written.Overdue():
            yield _OVERDUE
        case written.TaskIs():
            yield _TASK
        case _:
            return
