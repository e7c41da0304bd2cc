"""The clock jumps: a running mailbot is set forward a day and back an hour; two people live through both clock changes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks.faults.life import POLL_S
from benchmarks.faults.place import POLLS, Ground, Place
from benchmarks.faults.table import Row, row
from mailbot.meeting.model import Cadence, Meeting, Person, Purpose, Role
from mailbot.store.protocol import history_key
from mailbot.testing import House

DAY_S, HOUR_S = 86_400, 3_600
JUMPS_S = (
    HOUR_S,
    DAY_S + HOUR_S,
    DAY_S,
    0,
)  # off by: an hour, a day more, an hour less, right again

# ---- a running process ----


def jumps(place: Place, each: int) -> Row:
    """Answers are read before and after every jump; nothing that was sent is sent again, and the timer does not sleep."""
    clock, slowest = place.folder / "clock", 0.0
    set_to(clock, 0)
    place.begin(clock=str(clock))
    for off_s in JUMPS_S:
        place.post(each)
        place.settle()
        set_to(clock, off_s)
        time.sleep(POLL_S / 2)
        place.post(each)
        slowest = max(slowest, place.settle())
    seen = place.finish()
    what = "clock set forward an hour and a day, back an hour and a day"
    return row(what, len(JUMPS_S), seen, f"{slowest:.2f} s", good=slowest <= POLLS * POLL_S)


def set_to(clock: Path, off_s: float) -> None:
    """At once: whoever looks sees the old figure or the new one."""
    fresh = clock.with_suffix(".new")
    fresh.write_text(str(off_s))
    fresh.rename(clock)


# ---- both changes of the year, in every direction ----

ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Sydney", "Asia/Tokyo")
SEASONS = (
    datetime(2026, 3, 2, tzinfo=UTC),
    datetime(2026, 9, 21, tzinfo=UTC),
)  # in each, clocks change in three zones
WEEKS = 7
STEP = timedelta(minutes=10)
BACK, BACK_EVERY = (
    timedelta(hours=1),
    149,
)  # steps; no divisor of a day, so that it meets every time of day
REQUESTS = (Purpose.AGENDA_REQUEST, Purpose.FIRST_AGENDA_REQUEST)


def pairs() -> list[tuple[Person, Person, Cadence]]:
    """A report and a manager of any two zones; they meet at ten in the zone of the report."""
    made = []
    for number, (here, there) in enumerate(product(ZONES, ZONES)):
        ana = Person(f"ana.{number}@corp.example", f"Ana{number} Silva", here)
        ben = Person(f"ben.{number}@corp.example", f"Ben{number} Ito", there)
        made.append((ana, ben, Cadence(number % 5, clock_time(10), here)))
    return made


@dataclass
class Season:
    """Some weeks of these pairs, looked at every ten minutes."""

    house: House
    sent: Counter[tuple[object, ...]] = field(
        default_factory=Counter
    )  # of each purpose, meeting and person
    off_hours: int = 0

    def look(self, at: datetime) -> None:
        self.house.clock.at = at
        self.house.work()
        people = (
            {person.address: person for pair in pairs() for person in pair[:2]}
            if self.house.tray.mails
            else {}
        )
        for mail in self.house.tray.mails:
            place = self.house.mailbot.reader.tokens.read(mail.id.strip("<>").partition("@")[0])
            assert place is not None
            self.sent[place.series, place.meeting, place.role, place.purpose] += 1
            self.off_hours += off_hours(people[mail.recipient], at)
        self.house.tray.mails.clear()

    def over(self) -> Iterator[tuple[str, Meeting, str]]:
        """Meetings of the past, each with its series and the zone in which it is at ten."""
        for name in self.house.store.find():
            stored = self.house.store.load(name)
            assert stored is not None
            for meeting in self.house.store.recall(history_key(name)).meetings:
                yield name, meeting, stored.series.cadence.zone

    def missing(self) -> int:
        """Mails that a meeting of the past should have caused, when nobody answers: a request, agendas, notes requests."""
        found = 0
        for name, meeting, _ in self.over():
            asked = any(
                self.sent[name, meeting.number, Role.REPORT, purpose] for purpose in REQUESTS
            )
            both = product(Role, (Purpose.AGENDA, Purpose.NOTES_REQUEST))
            found += (not asked) + sum(not self.sent[name, meeting.number, *each] for each in both)
        return found


def off_hours(person: Person, at: datetime) -> bool:
    here = at.astimezone(ZoneInfo(person.zone))
    return (
        here.weekday() not in person.days or not person.from_hour <= here.time() <= person.to_hour
    )


def season(start: datetime, folder: Path, back: timedelta = timedelta()) -> Season:
    """`back`: so far the clock is set back, every day at another time, and then goes on as before."""
    lived = Season(House(start, folder))
    lived.house.pairs(*pairs())
    for step in range(1, int(timedelta(weeks=WEEKS) / STEP)):
        at = start + step * STEP
        lived.look(at)
        if back and step % BACK_EVERY == 0:
            lived.look(at - back)
    return lived


def changes() -> Iterator[Row]:
    """Spring and autumn, once in order and once with a clock that is set back now and then."""
    for what, back in (
        ("over both clock changes in four zones", timedelta()),
        ("the same, the clock set back an hour daily", BACK),
    ):
        with TemporaryDirectory() as folder:
            seasons = [season(start, Path(folder), back) for start in SEASONS]
        yield judged(what, seasons)


def judged(what: str, seasons: list[Season]) -> Row:
    over = [(meeting, ZoneInfo(zone)) for lived in seasons for _, meeting, zone in lived.over()]
    elsewhen = sum(meeting.start.astimezone(zone).hour != 10 for meeting, zone in over)
    off = sum(lived.off_hours for lived in seasons)
    twice = sum(count - 1 for lived in seasons for count in lived.sent.values())
    mails = sum(sum(lived.sent.values()) for lived in seasons)
    return Row(
        f"{what}: meetings",
        len(over),
        sum(lived.missing() for lived in seasons),
        None,
        twice,
        good=not (off or elsewhen),
        notes=(f"{mails:,} mails, {off} outside working hours; {elsewhen} meetings not at ten",),
    )


def on_a_server(ground: Ground, each: int) -> Iterator[Row]:
    with ground.place(series=each * len(JUMPS_S)) as place:
        yield jumps(place, each)
