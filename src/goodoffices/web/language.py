"""The languages of the pages: English as the templates have it, French from the catalogues in `locale`.

Invariant: every message of a template or a page has its French; a test compares what is written with what is
translated.
What is recorded (facts, titles of sources) stays in the language it was recorded in.
"""

from __future__ import annotations

import functools
import gettext
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

LANGUAGES: Final = ("en", "fr")
FOLDER: Final = Path(__file__).parent
_METHODS: Final = (("templates/**.html", "jinja2"), ("*.py", "python"))
_OPTIONS: Final = {"templates/**.html": {"trimmed": "true", "silent": "false"}}


def language_of(request: Request) -> str:
    """The language a page is asked for in: "fr" with `?lang=fr`, otherwise English."""
    return "fr" if request.query_params.get("lang") == "fr" else "en"


def message(text: str) -> str:
    """Marks a text of a module as one to be translated where it is shown."""
    return text


@functools.lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> gettext.NullTranslations:
    """The messages of a language; those of English are the texts themselves."""
    if language == "en":
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalogue(language: str) -> Catalog:
    """All catalogues of a language as one."""
    joined = Catalog(locale=language)
    for path in sorted((FOLDER / "locale" / language).glob("*.po")):
        with path.open("rb") as file:
            for one in read_po(file, locale=language, abort_invalid=True):
                if one.id:
                    joined.add(one.id, one.string, flags=one.flags)
    return joined


def say(text: str, language: str, **values: object) -> str:
    """A message in a language, with its values."""
    return translations(language).gettext(text) % values if values else translations(language).gettext(text)


def written() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every message of the templates and of the pages' modules: the file, and the text; two where there is a plural."""
    from babel.messages.extract import extract_from_dir  # only what checks the catalogues needs it

    keywords: dict[str, Any] = {"message": None, "gettext": None, "ngettext": (1, 2), "_": None}
    for name, _, found, _, _ in extract_from_dir(FOLDER, list(_METHODS), _OPTIONS, keywords):
        yield name, found
