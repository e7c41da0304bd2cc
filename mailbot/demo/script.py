"""Read the play as a writer left it in play.toml: who does what when, and what is told about it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.meeting.model import Person, Purpose, Role

PLAY = Path(__file__).with_name("play.toml")


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody answers a mail, or (`who` None) something happens that mailbot does not see."""

    at: datetime  # UTC
    tells: str
    who: Person | None = None
    answers: Purpose | None = None  # the newest mail of this kind in their mailbox
    client: str = "gmail"
    words: str = ""  # typed on top
    under: Mapping[str, str] = field(default_factory=dict)  # typed below the line that begins so
    then: str = ""  # told before what mailbot answers


@dataclass(frozen=True, slots=True)
class Chapter:
    """One meeting."""

    meeting: int
    title: str
    tells: str
    # what is told before a mail of this kind that time caused
    mails: Mapping[tuple[Purpose, Role], str]


@dataclass(frozen=True, slots=True)
class Script:
    begins: datetime
    ends: datetime
    chapters: tuple[Chapter, ...]
    scenes: tuple[Scene, ...]  # by time

    def chapter(self, meeting: int) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.meeting == meeting)


def read_script(people: Mapping[str, Person], home: str, path: Path = PLAY) -> Script:
    """Read play.toml. `people` by the name a scene calls them; `home`: the zone of times that are
    nobody's."""
    play = tomllib.loads(path.read_text("utf8"))
    year = play["year"]
    scenes = [_scene(entry, people, home, year) for entry in play["scene"]]
    return Script(
        _instant(play["begins"], home, year),
        _instant(play["ends"], home, year),
        tuple(_chapter(entry) for entry in play["chapter"]),
        tuple(sorted(scenes, key=lambda scene: scene.at)),
    )


def _chapter(entry: Mapping[str, Any]) -> Chapter:
    mails = {
        (Purpose(kind), role): tells if isinstance(tells, str) else tells[role]
        for kind, tells in entry["mails"].items()
        for role in Role
    }
    return Chapter(entry["meeting"], entry["title"], _flowing(entry["tells"]), mails)


def _scene(entry: Mapping[str, Any], people: Mapping[str, Person], home: str, year: int) -> Scene:
    person = people[entry["who"]] if "who" in entry else None
    return Scene(
        at=_instant(entry["at"], person.zone if person else home, year),
        tells=_flowing(entry["tells"]),
        who=person,
        answers=Purpose(entry["answers"]) if person else None,
        client=entry.get("client", "gmail"),
        words=entry.get("words", "").strip("\n"),
        under=entry.get("under", {}),
        then=entry.get("then", ""),
    )


def _instant(text: str, zone: str, year: int) -> datetime:
    """Read `Tue 3 Mar 09:25`, on the wall clock of that zone."""
    there = datetime.strptime(f"{year} {text}", "%Y %a %d %b %H:%M").replace(tzinfo=ZoneInfo(zone))
    assert f"{there:%a}" == text[:3], f"{text} is a {there:%A} in {year}"
    return there.astimezone(UTC)


def _flowing(text: str) -> str:
    return " ".join(text.split())
