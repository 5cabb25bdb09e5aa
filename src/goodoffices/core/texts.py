"""What text may hold so that every file, page and database can carry it."""

from __future__ import annotations

import re
from typing import Final

# What XML 1.0, and so a Word file or a feed, cannot hold: control characters but tab and line ends, halves of a
# surrogate pair, and two code points that stand for nothing. PostgreSQL refuses the first of them, UTF-8 the halves.
_UNCARRIED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a sentence ends with.
ENDS: Final = (".", "!", "?", "”", "»")


def uncarried(text: str) -> str:
    """The first character of `text` that no document can carry, as "U+0000"; nothing where all is well."""
    match = _UNCARRIED.search(text)
    return f"U+{ord(match.group()):04X}" if match else ""


def sentence(text: str) -> str:
    """A text with the full stop that was left out in a hurry."""
    text = text.strip()
    return text if not text or text.endswith(ENDS) else f"{text}."
