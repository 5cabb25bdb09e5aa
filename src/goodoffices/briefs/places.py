"""Where a mission or operation works: the region of the world, and the place in French.

The register tells the place in English, and the member states meant; the register of states has their names in French.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

# The five regions of the United Nations’ standard list of countries and areas (M49).
REGIONS: Final[dict[str, tuple[str, str]]] = {
    "africa": ("Africa", "Afrique"),
    "americas": ("Americas", "Amériques"),
    "asia": ("Asia", "Asie"),
    "europe": ("Europe", "Europe"),
    "oceania": ("Oceania", "Océanie"),
}
_CODES: Final = {
    "africa": (
        "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ESH ETH GAB GHA GIN GMB GNB GNQ KEN LBR "
        "LBY LSO MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP "
        "SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE"
    ),
    "americas": (
        "ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN "
        "PER PRY SLV SUR TTO URY USA VCT VEN"
    ),
    "asia": (
        "AFG ARE ARM AZE BGD BHR BRN BTN CHN CYP GEO IDN IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR KWT LAO LBN LKA "
        "MDV MMR MNG MYS NPL OMN PAK PHL PRK PSE QAT SAU SGP SYR THA TJK TKM TLS TUR TWN UZB VNM YEM"
    ),
    "europe": (
        "ALB AND AUT BEL BGR BIH BLR CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA "
        "MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE UKR VAT XKX"
    ),
    "oceania": "AUS FJI FSM KIR MHL NRU NZL PLW PNG SLB TON TUV VUT WSM",
}
_STATES: Final = {region: frozenset(codes.split()) for region, codes in _CODES.items()}
# Places that are no member state, or a part of one: their French, and their region where no state is named.
_PLACES: Final[dict[str, tuple[str, str]]] = {
    "Middle East": ("Moyen-Orient", "asia"),
    "Congo (Leopoldville)": ("Congo (Léopoldville)", "africa"),
    "West New Guinea": ("Nouvelle-Guinée occidentale", "asia"),
    "Golan Heights": ("plateau du Golan", "asia"),
    "Central America": ("Amérique centrale", "americas"),
    "Western Sahara": ("Sahara occidental", "africa"),
    "Former Yugoslavia": ("ex-Yougoslavie", "europe"),
    "Former Yugoslav Republic of Macedonia": ("ex-République yougoslave de Macédoine", "europe"),
    "Kosovo": ("Kosovo", "europe"),
    "East Timor": ("Timor oriental", "asia"),
    "Abyei, between Sudan and South Sudan": ("Abyei, entre le Soudan et le Soudan du Sud", "africa"),
    "Bougainville in Papua New Guinea": ("Bougainville (Papouasie-Nouvelle-Guinée)", "oceania"),
    "Occupied Palestinian territory": ("Territoire palestinien occupé", "asia"),
    "West Africa": ("Afrique de l’Ouest", "africa"),
    "West Africa and the Sahel": ("Afrique de l’Ouest et Sahel", "africa"),
    "Mali and the Sahel": ("Mali et Sahel", "africa"),
    "Central Africa": ("Afrique centrale", "africa"),
    "Central Asia": ("Asie centrale", "asia"),
    "African Union": ("Union africaine", "africa"),
    "Great Lakes region of Africa": ("région des Grands Lacs en Afrique", "africa"),
    "Sudan (Darfur)": ("Soudan (Darfour)", "africa"),
    "Democratic Republic of the Congo (Ituri)": ("République démocratique du Congo (Ituri)", "africa"),
    "Democratic Republic of the Congo (east)": ("République démocratique du Congo (est)", "africa"),
    "Comoros (Anjouan)": ("Comores (Anjouan)", "africa"),
}


def region_of(country: str, codes: Iterable[str]) -> str:
    """The region of the first state named, else of the place; empty where neither is known."""
    for code in codes:
        found = next((region for region, states in _STATES.items() if code in states), "")
        if found:
            return found
    return _PLACES.get(country, ("", ""))[1]


def region_words(region: str, language: str = "en") -> str:
    """A region’s name."""
    return REGIONS[region][language == "fr"] if region in REGIONS else region


def place_words(country: str, codes: Iterable[str], french: Mapping[str, str], language: str = "en") -> str:
    """The place as the register has it; in French from `french`, the names of states by code, or as recorded."""
    if language != "fr":
        return country
    if country in _PLACES:
        return _PLACES[country][0]
    names = [french.get(code, "") for code in codes]
    if not names or not all(names):
        return country
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
