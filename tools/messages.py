#!/usr/bin/env python3
"""Which messages of the pages lack their French, and which French has no message any more.

.venv/bin/python tools/messages.py             lists them, by file
.venv/bin/python tools/messages.py --stubs     prints entries for a catalogue (src/goodoffices/web/locale/fr/*.po)
"""

from __future__ import annotations

import sys

from goodoffices.web.language import catalogue, written


def main() -> int:
    """Print what is missing and what is left over; exit status 1 where there is anything."""
    messages: dict[str, tuple[str, ...]] = {}
    where: dict[str, str] = {}
    for name, text in written():
        texts = (text,) if isinstance(text, str) else text
        messages[texts[0]] = texts
        where.setdefault(texts[0], name)
    french = {(one.id if isinstance(one.id, str) else one.id[0]): one for one in catalogue("fr") if one.id}
    missing = [one for one in messages if one not in french or not all(_texts(french[one].string))]
    for one in missing:
        if "--stubs" in sys.argv:
            print(_stub(where[one], messages[one]))
        else:
            print(f"no French ({where[one]}): {one}")
    for one in french:
        if one not in messages:
            print(f"no such message any more: {one}")
    return 1 if missing or set(french) - set(messages) else 0


def _texts(found: str | tuple[str, ...]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found)


def _stub(name: str, texts: tuple[str, ...]) -> str:
    quoted = ['"' + one.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"' for one in texts]
    if len(texts) == 1:
        return f'#: {name}\nmsgid {quoted[0]}\nmsgstr ""\n'
    return f'#: {name}\nmsgid {quoted[0]}\nmsgid_plural {quoted[1]}\nmsgstr[0] ""\nmsgstr[1] ""\n'


if __name__ == "__main__":
    sys.exit(main())
