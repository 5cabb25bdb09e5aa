"""The register of states: names, codes by date, and standing facts about each state.

Invariant: a register with one mistake gives no facts at all, and all its mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from goodoffices.casebook.reader import Reader, line_of, own_fact
from goodoffices.core.days import is_zone, read_date, read_span
from goodoffices.core.errors import BadRecord, Problem
from goodoffices.core.facts import Fact
from goodoffices.core.kinds import CODE_LISTS
from goodoffices.core.markings import Marking
from goodoffices.core.sources import Citation, Source
from goodoffices.core.yamlfile import Place, read_yaml

STATES: Final = Path(__file__).parent / "states.yaml"
STATE_KEYS: Final = ("name", "m49", "zone", "codes", "facts")
CODE_KEYS: Final = ("system", "code", "from", "to", "note")
# Names in the six official languages of the United Nations, and the fields that hold them.
NAMES: Final = {
    "en": "country",
    "fr": "country_fr",
    "ar": "country_ar",
    "es": "country_es",
    "ru": "country_ru",
    "zh": "country_zh",
}
# A state's names and codes are no news: they count as known from the first day anybody may ask about.
KNOWN: Final = "1945-10-24"
_ISO3: Final = re.compile(r"[A-Z]{3}\Z")
_CODE: Final = re.compile(r"[1-9]\d{0,2}\Z", re.ASCII)
_LISTS: Final = {"gw": "the list of Gleditsch and Ward", "cow": "the list of the Correlates of War project"}


def read_states(path: Path = STATES) -> tuple[Fact, ...]:
    """Standing facts about states, subject `state:MLI`. Raises BadRecord with every problem."""
    problems: list[Problem] = []
    located = read_yaml(path, problems)
    if located is None:
        raise BadRecord(problems)
    if not isinstance(located.data, dict) or not isinstance(located.data.get("states"), dict):
        raise BadRecord([Problem(located.where(()), "is no register of states.", "It has sources: and states:.")])
    facts = _StatesReader(located, problems).read()
    if problems:
        raise BadRecord(sorted(problems, key=line_of))
    return facts


class _StatesReader(Reader):
    def read(self) -> tuple[Fact, ...]:
        """All facts; worth something only where no problem was noted."""
        for key in self.data:
            if key not in ("sources", "states"):
                self.refuse(
                    (key,), f"the key {key!r} is not known in the register of states.", "Known: sources, states."
                )
        sources = self.sources()
        facts: list[Fact] = []
        for iso3, entry in self.data["states"].items():
            facts += self._state(iso3, entry, sources)
        return tuple(facts)

    def _state(self, iso3: str, entry: Any, sources: Mapping[str, Source]) -> list[Fact]:
        place = ("states", iso3)
        remedy = "Write name: {en: ..., fr: ..., ar: ..., es: ..., ru: ..., zh: ...}, m49:, zone:, codes: and facts:."
        names = entry.get("name", {}) if isinstance(entry, dict) else None
        given = entry.get("facts", {}) if isinstance(entry, dict) else None
        if not _ISO3.match(iso3) or not isinstance(names, dict) or not isinstance(given, dict):
            self.refuse(place, f"{iso3!r} is no state as the register writes it.", remedy)
            return []
        for key in [*(key for key in entry if key not in STATE_KEYS), *(key for key in names if key not in NAMES)]:
            self.refuse((*place, key), f"the key {key!r} is not known in a state.", remedy)
        if not names.get("en"):
            self.refuse(place, f"the state {iso3} has no English name.", remedy)
            return []
        value = {field: names.get(language, "") for language, field in NAMES.items()}
        value |= {"iso3": iso3, "m49": entry.get("m49", ""), "zone": self._zone(entry, place)}
        said = f"{value['country']} is in the register of states."
        opened = own_fact(f"state:{iso3}/state", "state", said, value, KNOWN, Marking.UNCLASSIFIED)
        codes = self._codes(opened, entry.get("codes", []), (*place, "codes"), sources)
        facts = self.facts(f"state:{iso3}", given, (*place, "facts"), sources, Marking.UNCLASSIFIED)
        return [opened, *codes, *facts]

    def _zone(self, entry: Mapping[str, Any], place: Place) -> str:
        """The time zone in which the capital counts its days."""
        zone = entry.get("zone", "")
        if zone and not is_zone(str(zone)):
            remedy = "Write one of the time zone database, such as Africa/Bamako."
            self.refuse((*place, "zone"), f"{zone!r} is no time zone.", remedy)
            return ""
        return str(zone)

    def _codes(self, state: Fact, given: Any, place: Place, sources: Mapping[str, Source]) -> list[Fact]:
        """The state's numbers in the lists of states, one fact a span."""
        remedy = 'Write codes: [{system: gw, code: "432", from: 1960-09-22}, ...]; to: where it ended.'
        if not isinstance(given, list):
            self.refuse(place, "the codes are no list.", remedy)
            return []
        found: list[Fact] = []
        counted = dict.fromkeys(CODE_LISTS, 0)
        for number, one in enumerate(given):
            here = (*place, number)
            if not self._is_code(one, sources):
                self.refuse(here, "a code is not written as the register writes it.", remedy)
                continue
            counted[one["system"]] += 1
            fact = self._code(state, one, counted[one["system"]], here, sources)
            if fact is not None:
                found.append(fact)
        return found

    @staticmethod
    def _is_code(one: Any, sources: Mapping[str, Source]) -> bool:
        """Whether a code is complete, plain text, and cites a list that stands among the sources under its own id."""
        return (
            isinstance(one, dict)
            and not set(one) - set(CODE_KEYS)
            and all(isinstance(part, str) and part.strip() for part in one.values())
            and {"system", "code", "from"} <= set(one)
            and one["system"] in CODE_LISTS
            and one["system"] in sources
            and bool(_CODE.match(one["code"]))
        )

    def _code(
        self, state: Fact, one: Mapping[str, str], number: int, place: Place, sources: Mapping[str, Source]
    ) -> Fact | None:
        where = self.located.where(place)
        try:
            for word in ("from", "to"):
                if word in one:
                    read_date(one[word], where)
            span = read_span(f"{one['from']}/{one.get('to', '..')}", where)
        except BadRecord as fault:
            self.problems += fault.problems
            return None
        system = one["system"]
        return Fact(
            key=f"{state.subject}/code-{system}-{number}",
            kind="code",
            actor=state.actor,
            span=span,
            known_at=state.known_at,
            text=f"{_LISTS[system][0].upper()}{_LISTS[system][1:]} numbers {state.get('country')} {one['code']}.",
            citations=(Citation(sources[system]),),
            confidence="high",
            value=(("system", system), ("code", one["code"])),
            known_assumed=False,
            note=one.get("note", ""),
        )
