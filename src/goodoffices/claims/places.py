"""Where in the report a claim stands: its pages, by the report's own table of contents, and its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: the page on which it begins, and the subject under which its claims are put here."""

    title: str
    page: int
    topic: str


# In the order of the report. The next section's page is where one ends.
SECTIONS: Final = (
    Section("Introduction", 1, "changes"),
    Section("International and Regional Responses", 2, "responses"),
    Section("Recent Trends in Unconstitutional Changes of Government", 3, "changes"),
    Section("Navigating Geopolitics after UCGs", 7, "mandates"),
    Section("Coordinating with Regional Organizations", 10, "regional"),
    Section("UN Missions’ Political Engagement with De Facto Authorities", 12, "engagement"),
    Section("The Immediate Aftermath", 13, "first-days"),
    Section("Legal and Political Guidance", 14, "guidance"),
    Section("How Open Are the New Authorities to Working with the UN?", 16, "engagement"),
    Section("Does Engaging Risk Legitimizing?", 18, "engagement"),
    Section("Reassessing the Approach to Political Engagement", 20, "engagement"),
    Section("Internal Divisions over How to Engage in Integrated Contexts", 22, "engagement"),
    Section("Reprioritizing Mission Mandates", 23, "mandates"),
    Section("Responding to Contentious Actions by the New Authorities", 25, "engagement"),
    Section("Lessons for UN Missions Following UCGs", 27, "changes"),
)
# Boxes and notes, with the number of the section in which they stand, and a box's own subject.
_BOXES: Final = {1: (0, "regional"), 2: (1, "guidance"), 3: (2, "responses"), 4: (4, "regional"), 5: (7, "guidance")}
_NOTES: Final = {1: 0, 15: 2, 22: 2, 23: 2, 56: 4, 70: 6, 157: 13, 166: 13}
_NOTE_TOPICS: Final = {22: "responses", 23: "responses", 166: "mandates"}
TOPICS: Final[dict[str, tuple[str, str]]] = {
    "changes": ("the changes themselves", "les changements eux-mêmes"),
    "responses": ("the United Nations’ organs and states", "les organes de l’ONU et les États"),
    "regional": ("regional organisations", "les organisations régionales"),
    "guidance": ("guidance inside the Secretariat", "les consignes du Secrétariat"),
    "first-days": ("the first days", "les premiers jours"),
    "engagement": ("dealing with the new authorities", "les rapports avec les nouvelles autorités"),
    "mandates": ("mandates and their tasks", "les mandats et leurs tâches"),
    "article": ("the article read beside the report", "l’article lu à côté du rapport"),
}
_FRENCH: Final = (
    (r"The article read beside the report", "L’article lu à côté du rapport"),
    (r"\bparagraph (\d+)", r"paragraphe \1"),
    (r"\bnote\b", "note"),
    (r"\bNote\b", "Note"),
    (r"\bBox\b", "Encadré"),
    (r"\bfirst point\b", "premier point"),
    (r"\bthird point\b", "troisième point"),
    (r", by implication", ", par implication"),
    (r"(?<=\d) and (?=\d|note|Encadré)", " et "),
    (r", and (?=Encadré)", ", et "),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The pages between which a claim stands (0: not in the report; no last page: to its end), and its subject."""

    first: int
    last: int
    topic: str


def place_of(locator: str) -> Place:
    """Where a locator leads: the pages of its section, since the report numbers pages and not paragraphs."""
    box, note = re.match(r"Box (\d+)", locator), re.match(r"Note (\d+)", locator)
    if box:
        number, topic = _BOXES[int(box[1])]
        return _pages(number, topic)
    if note:
        number = _NOTES[int(note[1])]
        return _pages(number, _NOTE_TOPICS.get(int(note[1]), SECTIONS[number].topic))
    for number, section in enumerate(SECTIONS):
        if locator.startswith(section.title):
            return _pages(number, section.topic)
    return Place(0, 0, "article")


def _pages(number: int, topic: str) -> Place:
    last = SECTIONS[number + 1].page if number + 1 < len(SECTIONS) else 0
    return Place(SECTIONS[number].page, last, topic)


def pages_words(place: Place, language: str = "en") -> str:
    """The pages as printed: "pages 3 to 7", "from page 27 on"; empty where it is not in the report."""
    if not place.first:
        return ""
    if language == "fr":
        return f"pages {place.first} à {place.last}" if place.last else f"à partir de la page {place.first}"
    return f"pages {place.first} to {place.last}" if place.last else f"from page {place.first} on"


def locator_words(locator: str, language: str = "en") -> str:
    """The place in words; titles of sections stay as the report has them."""
    if language == "fr":
        for english, french in _FRENCH:
            locator = re.sub(english, french, locator)
    return locator
