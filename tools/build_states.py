"""Fills the register of states with names, M49 codes and codes by date; run by hand, never by a test or the product.

    python -m venv /tmp/names && /tmp/names/bin/pip install --no-deps hdx-python-country pyyaml
    /tmp/names/bin/python tools/build_states.py

Names and M49 codes come from hdx-python-country, which ships the UN terminology list. The numbers of Gleditsch and Ward
and of the Correlates of War come from state_codes.csv beside this file. What people wrote by hand stays: the head of
the register, every fact word for word, and every name that is already there. To have a name filled anew, delete it.

Traps: Namibia's two-letter code reads as "missing" in careless CSV readers; country-converter has one number a country
and no dates, and so gives Yemen, Viet Nam and Czechia those of South Yemen, South Viet Nam and Czechoslovakia; the two
lists number the small Pacific states differently (970 is Kiribati to one, Nauru to the other); countrycode writes
Czechia's Russian name with a Latin x. A number goes to a state of today only where that state continues the old one:
South Yemen, the German Democratic Republic, Czechoslovakia, Zanzibar, Tibet and South Viet Nam are left out.
"""

from __future__ import annotations

import csv
import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REGISTER = HERE.parent / "src" / "goodoffices" / "casebook" / "states.yaml"
CODES = HERE / "state_codes.csv"
LANGUAGES = {"en": "English", "fr": "French", "ar": "Arabic", "es": "Spanish", "ru": "Russian", "zh": "Chinese"}
NOT_KEPT = ("COK", "NIU")  # on the terminology list, but neither members nor observers
# Where the casebook uses the usual name, the other languages do so too; and states the terminology list lacks.
BY_HAND: dict[str, dict[str, str]] = {
    "BOL": {"en": "Bolivia", "fr": "Bolivie", "ar": "بوليفيا", "es": "Bolivia", "ru": "Боливия", "zh": "玻利维亚"},
    "VEN": {
        "en": "Venezuela",
        "fr": "Venezuela",
        "ar": "فنزويلا",
        "es": "Venezuela",
        "ru": "Венесуэла",
        "zh": "委内瑞拉",
    },
    "SYR": {"es": "Siria", "ru": "Сирия", "zh": "叙利亚"},
    "TZA": {"es": "Tanzanía", "ru": "Танзания", "zh": "坦桑尼亚"},
    "STP": {"es": "Santo Tomé y Príncipe"},
    "TLS": {"ar": "تيمور - ليشتي"},
    "NLD": {"ar": "هولندا (مملكة -)"},
    "ESH": {
        "es": "República Árabe Saharaui Democrática",
        "ru": "Сахарская Арабская Демократическая Республика",
        "zh": "阿拉伯撒哈拉民主共和国",
    },
    "XKX": {"en": "Kosovo", "fr": "Kosovo", "ar": "كوسوفو", "es": "Kosovo", "ru": "Косово", "zh": "科索沃"},
    "TWN": {"en": "Taiwan (Province of China)", "fr": "Taïwan (Province de Chine)", "zh": "中国台湾省"},
}


def terminology() -> dict[str, dict[str, str]]:
    """The rows of the UN terminology list, by ISO code. Every cell stays text: NA is no gap."""
    table = next(one for one in files("hdx.location").iterdir() if "Taxonomy" in one.name)
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    rows = {row["ISO 3166-1 Alpha 3-Codes"]: row for row in csv.DictReader(lines)}
    listed = {iso3: row for iso3, row in rows.items() if row["Appears in UNTERM list"] == "Y" and iso3 not in NOT_KEPT}
    return listed | {iso3: rows[iso3] for iso3 in BY_HAND if iso3 in rows}


def names_of(iso3: str, row: dict[str, str], written: dict[str, str]) -> dict[str, str]:
    """The six names: first what stands in the register, then what is settled here, then the terminology list."""
    names = {}
    for language, word in LANGUAGES.items():
        found = row.get(f"{word} Short", "").strip().replace("'", "’")
        name = written.get(language) or BY_HAND.get(iso3, {}).get(language) or found
        if name:
            names[language] = name
    return names


def codes_of() -> dict[str, list[dict[str, str]]]:
    """The spans of state_codes.csv, by ISO code."""
    found: dict[str, list[dict[str, str]]] = {}
    with CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row.pop("iso3"), []).append({key: value for key, value in row.items() if value})
    return found


def quoted(text: str) -> str:
    """A scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def code_line(code: dict[str, str]) -> str:
    """One span of a code, on one line."""
    parts = [f"{key}: {quoted(value) if key in ('code', 'note') else value}" for key, value in code.items()]
    return f"      - {{{', '.join(parts)}}}\n"


def blocks(text: str) -> tuple[str, dict[str, str]]:
    """The head of the register as it stands, and the text of each state's facts as it stands."""
    head, _, rest = text.partition("\nstates:\n")
    found = {}
    for part in re.split(r"(?m)^(?=  [A-Z]{3}:$)", rest):
        iso3 = part[2:5]
        facts = re.search(r"(?ms)^    facts:.*\Z", part)
        if iso3:
            found[iso3] = facts.group(0) if facts else ""
    return head, found


def entry(iso3: str, names: dict[str, str], m49: str, zone: str, codes: list[dict[str, str]], facts: str) -> str:
    """A state as the register writes it."""
    lines = [f"  {iso3}:\n", f"    name: {{{', '.join(f'{key}: {quoted(name)}' for key, name in names.items())}}}\n"]
    if m49:
        lines.append(f"    m49: {quoted(m49)}\n")
    if zone:
        lines.append(f"    zone: {zone}\n")
    if codes:
        lines += ["    codes:\n", *(code_line(code) for code in codes)]
    return "".join(lines) + facts


def main() -> None:
    """Write the register anew, in one go."""
    text = REGISTER.read_text(encoding="utf-8")
    written: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)["states"]
    head, facts = blocks(text)
    rows, codes = terminology(), codes_of()
    made = []
    for iso3 in sorted({*rows, *written, *BY_HAND}):
        row, old = rows.get(iso3, {}), written.get(iso3, {})
        m49 = old.get("m49") or (row["m49 numerical code"].zfill(3) if row else "")
        names = names_of(iso3, row, old.get("name", {}))
        made.append(entry(iso3, names, m49, old.get("zone", ""), codes.get(iso3, []), facts.get(iso3, "")))
    fresh = f"{head}\nstates:\n{''.join(made)}"
    again = yaml.load(fresh, Loader=yaml.BaseLoader)["states"]
    lost = [iso3 for iso3, old in written.items() if again[iso3].get("facts") != old.get("facts")]
    if lost:
        raise SystemExit(f"Facts would change: {lost}. Nothing was written.")
    draft = REGISTER.with_suffix(".draft")
    draft.write_text(fresh, encoding="utf-8")
    os.replace(draft, REGISTER)
    print(f"{len(made)} states, {sum(map(len, codes.values()))} spans of codes.")


if __name__ == "__main__":
    main()
