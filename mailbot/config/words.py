"""How the values of config.toml are spelled: addresses, zones, weekdays, clock times, countries.

Each reader takes what stands in the file and returns the value, or raises ValueError with the
sentence that the operator reads behind the name of the key.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from mailbot.address import LOCAL_OCTETS, spelt, spelt_domain

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# one @; no dot at an end of either side; nothing that quotes, lists or comments an address
PLAIN_ADDRESS = re.compile(
    r"(?!\.)[^\s@<>,;:\"'\\()\[\]]+(?<!\.)@(?!\.)[^\s@<>,;:\"'\\()\[\]]+(?<!\.)"
)
DOTTED = re.compile(r"[^\s@<>*,;/.]+(?:\.[^\s@<>*,;/.]+)+")
WALL_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
CAPITALS = re.compile(r"[A-Z_][A-Z0-9_]*")
TEMPLATE_FOLDER = re.compile(r"(?=.{2,8}$)-*[a-z][a-z-]*")

TOKEN_OCTETS = 30  # "+" and the reply token that is added to mailbot's own local part


def nearest(word: str, known: Iterable[str]) -> str:
    """Find the known word that was probably meant, or ""; case does not count."""
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def guess(word: str, known: Iterable[str]) -> str:
    """Make the tail of a sentence: "; did you mean ...?", or nothing."""
    name = nearest(word, known)
    return f"; did you mean {name}?" if name else ""


def address(text: str) -> str:
    """Read one plain mail address, spelt out; no display name."""
    word = text.strip().lower()
    if not PLAIN_ADDRESS.fullmatch(word):
        raise ValueError(f"must be one plain mail address such as ana@corp.example, not {text!r}")
    return spelt(word)


def own_address(text: str) -> str:
    """Read mailbot's own address: there must be room for "+" and a reply token before the @."""
    own = address(text)
    room = LOCAL_OCTETS - TOKEN_OCTETS
    if len(own.partition("@")[0]) > room or "+" in own:
        raise ValueError(
            f"must have at most {room} characters and no + before the @: a reply token is added "
            "there"
        )
    return own


def domain(text: str) -> str:
    """Read a mail domain such as corp.example."""
    name = text.strip().lower().lstrip("@")
    if not DOTTED.fullmatch(name):
        raise ValueError(f"must hold domains such as corp.example, not {text!r}")
    return spelt_domain(name)


@cache
def known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def zone(text: str) -> str:
    """Read an IANA zone name."""
    if text in known_zones():
        return text
    city = "/" + text.rpartition("/")[2].replace(" ", "_").casefold()
    there = (name for name in sorted(known_zones()) if name.casefold().endswith(city))
    meant = next(there, "") or nearest(text, known_zones())
    hint = f"did you mean {meant}?" if meant else "write one such as Europe/Lisbon"
    raise ValueError(f"is {text!r}, which is no time zone; {hint}")


def weekday(value: Any) -> int:
    """Read a weekday, Monday = 0, from a name, its beginning, or its plural."""
    text = value if isinstance(value, str) else ""
    name = text.strip().casefold().removesuffix("s")
    for number, known in enumerate(WEEKDAYS):
        if len(name) >= 3 and known.casefold().startswith(name):
            return number
    raise ValueError(
        f'must be a weekday in quotes such as "Tuesday", not {value!r}{guess(text, WEEKDAYS)}'
    )


def clock(value: Any) -> time:
    """Read a wall-clock time, from "09:30" in quotes or TOML's own 09:30:00."""
    if isinstance(value, time) and value.tzinfo is None:
        return value.replace(second=0, microsecond=0)
    if typed := WALL_CLOCK.fullmatch(str(value).strip()):
        return time(int(typed[1]), int(typed[2]))
    raise ValueError(f'must be a time of day in quotes such as "09:30", not {value!r}')


def day(value: Any) -> date:
    """Read a date, from 2026-03-12 with or without quotes."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"must be a date such as 2026-03-12, not {value!r}") from None


def country(text: str) -> str:
    """Read a country whose public holidays are known: ISO 3166, with or without a subdivision."""
    if not text:
        return ""
    import holidays  # noqa: PLC0415 - 90 ms of CPU that only a file with countries pays

    code, _, part = text.strip().upper().partition("-")
    try:
        holidays.country_holidays(code, subdiv=part or None)
    except NotImplementedError:
        parts = holidays.list_supported_countries().get(code) if part else None
        known = f"; {code} has {', '.join(parts)}" if parts else "; write one such as PT or DE-BY"
        raise ValueError(f"is {text!r}, whose public holidays are not known{known}") from None
    return f"{code}-{part}" if part else code


def language(text: str) -> str:
    """Read the name of a folder of templates."""
    name = text.strip().lower()
    if not TEMPLATE_FOLDER.fullmatch(name):
        raise ValueError(f'must be a language such as "en", not {text!r}')
    return name


def variable(text: str) -> str:
    """Read the name of an environment variable. The text is not shown: some write the secret itself
    here."""
    if not CAPITALS.fullmatch(text):
        raise ValueError(
            "must be the name of an environment variable, in capitals, not the secret itself"
        )
    return text


def zone_or_empty(text: str) -> str:
    return zone(text) if text else ""


def address_or_empty(text: str) -> str:
    return address(text) if text else ""


Address = Annotated[str, AfterValidator(address)]
OwnAddress = Annotated[str, AfterValidator(own_address)]
AddressOrEmpty = Annotated[str, AfterValidator(address_or_empty)]
Variable = Annotated[str, AfterValidator(variable)]
Domain = Annotated[str, AfterValidator(domain)]
Zone = Annotated[str, AfterValidator(zone)]
ZoneOrEmpty = Annotated[str, AfterValidator(zone_or_empty)]
Weekday = Annotated[int, BeforeValidator(weekday), PlainSerializer(lambda number: WEEKDAYS[number])]
Clock = Annotated[time, BeforeValidator(clock), PlainSerializer(lambda at: f"{at:%H:%M}")]
Day = Annotated[date, BeforeValidator(day)]
Country = Annotated[str, AfterValidator(country)]
Language = Annotated[str, AfterValidator(language)]
