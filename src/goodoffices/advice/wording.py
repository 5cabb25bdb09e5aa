"""What the parts of an item are called, in both languages: for pages, commands and documents."""

from __future__ import annotations

from typing import Final

from goodoffices.advice.items import Ground

BASIS_WORDS: Final[dict[str, tuple[str, str]]] = {
    "rule": ("rule", "règle"),
    "guidance": ("guidance", "orientation"),
    "precedent": ("precedent", "précédent"),
    "judgement": ("our judgement", "notre appréciation"),
}
BASIS_MEANING: Final[dict[str, tuple[str, str]]] = {
    "rule": ("an article of a text asks or allows it", "un article d’un texte le demande ou le permet"),
    "guidance": (
        "a text of the United Nations, or its practice as described, suggests it",
        "un texte de l’ONU, ou sa pratique telle que décrite, le suggère",
    ),
    "precedent": ("others did so; it binds nobody", "d’autres l’ont fait ; cela ne lie personne"),
    "judgement": (
        "the authors of this product think so, and nobody else need",
        "les auteurs de ce produit le pensent, sans engager personne d’autre",
    ),
}
SIDE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "for": ("for", "pour"),
    "against": ("against", "contre"),
    "limit": ("limit", "limite"),
}
SIDE_LESSON: Final[dict[str, tuple[str, str]]] = {
    "for": ("kept", "suivi"),
    "against": ("not kept", "non suivi"),
    "limit": ("limit", "limite"),
}
SIDE_OPTION: Final[dict[str, tuple[str, str]]] = {**SIDE_WORDS, "limit": ("needs and limits", "besoins et limites")}
_SIDES: Final = {"lessons": SIDE_LESSON, "options": SIDE_OPTION}
CHANGE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "new": ("new", "nouveau"),
    "gone": ("gone", "n’est plus donné"),
    "settled": ("no longer in doubt", "n’est plus douteux"),
    "in_doubt": ("in doubt now", "douteux désormais"),
    "course": ("another course", "autre conduite"),
}
_PERHAPS: Final = ("perhaps: not settled on what is known", "peut-être : non établi sur ce qui est connu")
_NOT_PUBLIC: Final = ("not public; from the report’s description", "non public ; d’après la description du rapport")
_AFTERWARDS: Final = ("published only later, {day}", "publié seulement plus tard, {day}")
_UNCHECKED: Final = ("reference not verified", "référence non vérifiée")
FAILED: Final = (
    "The attempt failed or was undone: no new rulers hold power. What follows is for the days of doubt, and for the "
    "next time.",
    "La tentative a échoué ou a été annulée : aucun nouveau pouvoir n’est en place. Ce qui suit vaut pour les jours "
    "d’incertitude, et pour la prochaine fois.",
)


def basis_words(basis: str, language: str = "en") -> str:
    """What a basis is called."""
    return BASIS_WORDS[basis][language == "fr"]


def side_words(side: str, section: str, language: str = "en") -> str:
    """What the side of an item is called: an argument’s, or a lesson’s evidence."""
    return _SIDES.get(section, SIDE_WORDS)[side][language == "fr"]


def perhaps_words(language: str = "en") -> str:
    """That nobody can say whether the item applies."""
    return _PERHAPS[language == "fr"]


def ground_words(ground: Ground, language: str = "en") -> str:
    """A ground as printed, with what a reader must know of it."""
    french = language == "fr"
    notes = []
    if not ground.public:
        notes.append(_NOT_PUBLIC[french])
    elif not ground.checked:
        notes.append(_UNCHECKED[french])
    if ground.afterwards:
        notes.append(_AFTERWARDS[french].format(day=ground.published))
    return ground.words + (f" ({'; '.join(notes)})" if notes else "")
