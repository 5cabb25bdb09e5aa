"""The subregions of the United Nations’ standard list of countries and areas (M49), for finding cases by place.

The list puts states together for statistics alone. It has no place for Kosovo, which stands in no subregion here, and
none of its own for Taiwan, which stands with the mainland.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goodoffices.briefs.places import REGIONS, region_of


@dataclass(frozen=True, slots=True)
class Subregion:
    """A subregion: its region, its name in both languages, its states by their ISO 3166 codes."""

    region: str
    name: str
    name_fr: str
    states: frozenset[str]


def _sub(region: str, name: str, name_fr: str, states: str) -> Subregion:
    return Subregion(region, name, name_fr, frozenset(states.split()))


SUBREGIONS: Final[dict[str, Subregion]] = {
    "northern-africa": _sub("africa", "Northern Africa", "Afrique septentrionale", "DZA EGY ESH LBY MAR SDN TUN"),
    "western-africa": _sub(
        *("africa", "Western Africa", "Afrique occidentale"),
        "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SLE TGO",
    ),
    "middle-africa": _sub("africa", "Middle Africa", "Afrique centrale", "AGO CAF CMR COD COG GAB GNQ STP TCD"),
    "eastern-africa": _sub(
        *("africa", "Eastern Africa", "Afrique orientale"),
        "BDI COM DJI ERI ETH KEN MDG MOZ MUS MWI RWA SOM SSD SYC TZA UGA ZMB ZWE",
    ),
    "southern-africa": _sub("africa", "Southern Africa", "Afrique australe", "BWA LSO NAM SWZ ZAF"),
    "northern-america": _sub("americas", "Northern America", "Amérique septentrionale", "CAN USA"),
    "caribbean": _sub("americas", "Caribbean", "Caraïbes", "ATG BHS BRB CUB DMA DOM GRD HTI JAM KNA LCA TTO VCT"),
    "central-america": _sub("americas", "Central America", "Amérique centrale", "BLZ CRI GTM HND MEX NIC PAN SLV"),
    "south-america": _sub(
        "americas", "South America", "Amérique du Sud", "ARG BOL BRA CHL COL ECU GUY PER PRY SUR URY VEN"
    ),
    "central-asia": _sub("asia", "Central Asia", "Asie centrale", "KAZ KGZ TJK TKM UZB"),
    "eastern-asia": _sub("asia", "Eastern Asia", "Asie orientale", "CHN JPN KOR MNG PRK TWN"),
    "south-eastern-asia": _sub(
        "asia", "South-eastern Asia", "Asie du Sud-Est", "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM"
    ),
    "southern-asia": _sub("asia", "Southern Asia", "Asie du Sud", "AFG BGD BTN IND IRN LKA MDV NPL PAK"),
    "western-asia": _sub(
        *("asia", "Western Asia", "Asie occidentale"),
        "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    ),
    "eastern-europe": _sub("europe", "Eastern Europe", "Europe orientale", "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR"),
    "northern-europe": _sub(
        "europe", "Northern Europe", "Europe septentrionale", "DNK EST FIN GBR IRL ISL LTU LVA NOR SWE"
    ),
    "southern-europe": _sub(
        *("europe", "Southern Europe", "Europe méridionale"),
        "ALB AND BIH ESP GRC HRV ITA MKD MLT MNE PRT SMR SRB SVN VAT",
    ),
    "western-europe": _sub("europe", "Western Europe", "Europe occidentale", "AUT BEL CHE DEU FRA LIE LUX MCO NLD"),
    "australia-new-zealand": _sub("oceania", "Australia and New Zealand", "Australie et Nouvelle-Zélande", "AUS NZL"),
    "melanesia": _sub("oceania", "Melanesia", "Mélanésie", "FJI PNG SLB VUT"),
    "micronesia": _sub("oceania", "Micronesia", "Micronésie", "FSM KIR MHL NRU PLW"),
    "polynesia": _sub("oceania", "Polynesia", "Polynésie", "TON TUV WSM"),
}


def regions_of(iso3: str) -> tuple[str, ...]:
    """The region and subregion a state stands in, the wider first; empty where the list has no place for it."""
    found = next((name for name, one in SUBREGIONS.items() if iso3 in one.states), "")
    if found:
        return SUBREGIONS[found].region, found
    wider = region_of("", (iso3,))
    return (wider,) if wider else ()


def region_name(region: str, language: str = "en") -> str:
    """The name of a region or subregion."""
    if region in SUBREGIONS:
        return SUBREGIONS[region].name_fr if language == "fr" else SUBREGIONS[region].name
    return REGIONS[region][language == "fr"]
