"""Holds: over a year of forty pairs, who answer, late, twice, from the wrong mail or never, every
promise about mails, words and working hours is kept.

Every mail goes through the whole path; what people really got is looked at in the end.
"""

import heapq
import itertools
import quopri
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from mailbot.meeting.events import World
from mailbot.meeting.model import SCHEDULED, Cadence, Person, Purpose, Role
from mailbot.meeting.schedule import at_work, days_between
from mailbot.service.people.availability import days_off_around
from mailbot.store.protocol import history_key
from mailbot.testing import Got, House, answer
from mailbot.threads.token import ReplyTarget

START = datetime(2026, 1, 5, tzinfo=UTC)
END = START + timedelta(weeks=52)
STEP = timedelta(minutes=30)
PAIRS = 40
PLACES = (
    ("Europe/Berlin", "DE-BE"),
    ("Europe/Lisbon", "PT"),
    ("America/New_York", "US"),
    ("America/Sao_Paulo", "BR"),
    ("Asia/Ho_Chi_Minh", "VN"),
    ("Australia/Sydney", "AU-NSW"),
    ("Asia/Tokyo", "JP"),
    ("Europe/London", "GB-ENG"),
)
HABITS = ("always", "always", "sometimes", "late", "twice", "wrong mail", "never", "mover")
THEMES = ("Big picture", "Feedback", "Career", "Personal")
TYPED = re.compile(r"\b(?:w|secret)\d+of\w+")
Q = Purpose
WORD = re.compile(rb"w\d+of\w+")
SECRET = re.compile(rb"secret\d+of\w+")
TELLS_THE_GAP = {Q.SUMMARY, Q.GAP_WARNING, Q.MOVED, Q.MOVE_PROPOSAL, Q.RECEIPT, Q.SLOTS, Q.NOTICE}


@dataclass
class Habit:
    """How one person deals with these mails."""

    person: Person
    kind: str
    chance: random.Random
    mails: list[Got] = field(default_factory=list)
    typed: dict[str, datetime] = field(
        default_factory=dict
    )  # every unique word in a mail that was delivered, and when
    private: set[str] = field(default_factory=set)
    sent: int = 0
    words: int = 0

    def word(self, kind: str = "w") -> str:
        self.words += 1
        return f"{kind}{self.words}of{self.person.address.partition('@')[0]}"

    def says(self, purpose: Purpose, mail: Got) -> str | dict[str, str] | None:
        """The words of the answer, or None."""
        willing = {"never": 0.0, "sometimes": 0.4}.get(self.kind, 0.9)
        if self.chance.random() > willing:
            return None
        match purpose:
            case Q.AGENDA_REQUEST | Q.FIRST_AGENDA_REQUEST | Q.FIRST_MANAGER | Q.AGENDA:
                return self._agenda(purpose)
            case Q.NOTES_REQUEST:
                return self._notes()
            case Q.MOVE_PROPOSAL:
                return self.chance.choice(("yes", "yes", "no"))
            case Q.SLOTS | Q.GAP_WARNING:
                return "1" if "1" in mail.text else None
            case _:
                return None

    def _agenda(self, purpose: Purpose) -> str | dict[str, str] | None:
        if self.kind == "mover" and self.chance.random() < 0.3:
            return "skip"
        if purpose is Q.AGENDA and self.chance.random() < 0.8:
            return None
        words = self.word()
        if self.chance.random() < 0.3:
            secret = self.word("secret")
            self.private.add(secret)
            return f"- we should talk about {words}\n\nprivate: {secret} is on my mind"
        theme = self.chance.choice(THEMES)
        if purpose is not Q.AGENDA and self.chance.random() < 0.5:
            return {theme: f"- we should talk about {words}"}
        return f"{theme}:\n- we should talk about {words}"

    def _notes(self) -> str | dict[str, str]:
        if self.chance.random() < 0.1:
            return "no"
        note, promise = self.word(), self.word()
        return {"Notes": f"- we spoke about {note}", "I will": f"- look into {promise} by Friday"}

    def delay(self) -> timedelta:
        hours = (
            self.chance.uniform(30, 100) if self.kind == "late" else self.chance.uniform(0.2, 20)
        )
        return timedelta(hours=hours)


@dataclass
class Year:
    house: House
    habits: dict[str, Habit]
    places: list[tuple[datetime, ReplyTarget, Got]]


def people() -> Iterator[tuple[Person, Person, Cadence]]:
    chance = random.Random(2026)  # the same year at every run
    for n in range(PAIRS):
        (zone, country), (far, abroad) = PLACES[n % len(PLACES)], chance.choice(PLACES)
        if n % 3:
            far, abroad = zone, country  # most pairs sit in one place
        report = Person(f"ana{n}@corp.example", f"Ana{n} Silva", zone, country=country)
        manager = Person(
            f"ben{n // 2}at{far.split('/')[1].lower()}@corp.example",
            f"Ben{n // 2} Ito",
            far,
            country=abroad,
        )
        yield report, manager, Cadence(n % 5, time(9 + n % 8, 30 * (n % 2)), zone, 1 + (n % 4 == 0))


def live(folder: Path) -> Year:
    """The year, half an hour by half an hour."""
    house = House(START, folder)
    pairs = list(people())
    house.pairs(*pairs)
    chance = random.Random(1)
    everybody = {p.address: p for report, manager, _ in pairs for p in (report, manager)}
    habits = {
        a: Habit(p, HABITS[n % len(HABITS)], random.Random(n))
        for n, (a, p) in enumerate(sorted(everybody.items()))
    }
    answers: list[tuple[datetime, int, str, Got, str | dict[str, str]]] = []
    places: list[tuple[datetime, ReplyTarget, Got]] = []
    count = 0
    while house.clock.at < END:
        house.clock.at += STEP
        house.work()
        while answers and answers[0][0] <= house.clock.at:
            _, _, author, mail, words = heapq.heappop(answers)
            habit = habits[author]
            for _ in range(2 if habit.kind == "twice" else 1):
                raw = answer(
                    mail,
                    author,
                    words,
                    house.clock.at,
                    chance.choice(("gmail", "outlook", "apple")),
                )
                entry = house.receive(raw)
                assert entry.outcome in {"applied", "duplicate", "noted", "muted"}, entry
                habit.sent += 1
                for word in TYPED.findall(Got(raw).text):
                    if author.startswith(word.partition("of")[2]):
                        habit.typed.setdefault(word, house.clock.at)
        for mail in house.tray.mails[len(places) :]:
            place = house.mailbot.reader.tokens.read(mail.id.strip("<>").partition("@")[0])
            assert place is not None
            places.append((house.clock.at, place, mail))
            habit = habits[mail.recipient]
            habit.mails.append(mail)
            said = habit.says(place.purpose, mail)
            if said is not None:
                count += 1
                wrong = habit.kind == "wrong mail" and isinstance(said, str)
                answered = chance.choice(habit.mails[-4:]) if wrong else mail
                heapq.heappush(
                    answers, (house.clock.at + habit.delay(), count, mail.recipient, answered, said)
                )
    return Year(house, habits, places)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return live(tmp_path_factory.mktemp("year"))


pytestmark = pytest.mark.timeout(400)


def test_everybody_met_all_year(year: Year) -> None:
    for report, manager, cadence in people():
        starts = held(year, report.address, manager.address)
        assert len(starts) > 0.6 * 52 / cadence.every_weeks, (report.address, len(starts))


def held(year: Year, report: str, manager: str) -> list[datetime]:
    store = year.house.store
    (name,) = set(store.find(report)) & set(store.find(manager))
    stored = store.load(name)
    assert stored is not None
    meetings = (*store.recall(history_key(name)).meetings, *stored.series.meetings)
    return sorted(m.start for m in meetings if m.start <= END and m.happened is not False)


def test_the_budget_is_kept(year: Year) -> None:
    seen: dict[tuple[str, int, Role], list[Purpose]] = defaultdict(list)
    for _, place, _ in year.places:
        if place.purpose in SCHEDULED:
            seen[place.series, place.meeting, place.role].append(place.purpose)
    for key, purposes in seen.items():
        most = (
            4 + (Q.AGENDA_UPDATE in purposes) + (Q.GAP_WARNING in purposes)
        )  # a warning names the next meeting
        assert len(purposes) <= most, (key, purposes)
        assert len(purposes) == len(set(purposes)), (key, purposes)


def test_at_most_one_receipt_for_each_mail(year: Year) -> None:
    receipts = Counter(
        mail.recipient
        for _, place, mail in year.places
        if place.purpose in {Q.RECEIPT, Q.PROBLEM, Q.HELP}
    )
    for address, habit in year.habits.items():
        assert receipts[address] <= habit.sent


def test_no_scheduled_mail_outside_working_hours(year: Year) -> None:
    days_off = days_off_around(date(2026, 7, 1))
    for at, place, mail in year.places:
        if place.purpose in SCHEDULED:
            person = year.habits[mail.recipient].person
            assert at_work(person, at, at, World(at, days_off)), (at, place, person)


def test_no_gap_over_two_weeks_without_a_warning(year: Year) -> None:
    warned: dict[str, list[datetime]] = defaultdict(list)
    for at, place, mail in year.places:
        if place.purpose in TELLS_THE_GAP and "two weeks is the most" in mail.text:
            warned[place.series].append(at)
    for report, manager, cadence in people():
        starts = held(year, report.address, manager.address)
        (name,) = set(year.house.store.find(report.address)) & set(
            year.house.store.find(manager.address)
        )
        for before, after in itertools.pairwise(starts):
            if days_between(before, after, cadence.zone) > 14:
                assert any(before < at < after for at in warned[name]), (
                    report.address,
                    before,
                    after,
                )


def test_no_word_is_lost(year: Year) -> None:
    store = year.house.store
    kept: set[str] = set()
    for name in store.find():
        stored = store.load(name)
        assert stored is not None
        history = store.recall(history_key(name))
        for meeting in history.meetings + stored.series.meetings:
            texts = [item.text for item in meeting.items] + [note.text for note in meeting.notes]
            kept |= {w for text in texts for w in text.split()}
        kept |= {w for item in stored.series.carried for w in item.text.split()}
        kept |= {
            w for action in (*history.actions, *stored.series.actions) for w in action.text.split()
        }
    arrived = {word for habit in year.habits.values() for word in habit.typed}
    waiting = {word for word in arrived if word not in kept}
    assert len(arrived) > 2000
    assert not waiting, sorted(waiting)[:20]


def test_nothing_private_reaches_the_other(year: Year) -> None:
    secrets = {word: address for address, habit in year.habits.items() for word in habit.private}
    assert len(secrets) > 100
    seen: set[str] = set()
    for _, _, mail in year.places:
        found = {word.decode() for word in SECRET.findall(quopri.decodestring(mail.raw))}
        assert all(secrets[word] == mail.recipient for word in found), mail.text
        seen |= found
    assert len(seen) > 0.8 * len(secrets), "the search finds what it looks for"


def test_nothing_is_sent_twice(year: Year) -> None:
    ids = Counter(mail.id for _, _, mail in year.places)
    assert set(ids.values()) == {1}


def test_every_shared_word_reaches_the_other(year: Year) -> None:
    reached: dict[str, set[str]] = defaultdict(set)
    for _, place, mail in year.places:
        reached[place.role].update(w.decode() for w in WORD.findall(quopri.decodestring(mail.raw)))
    settled = END - timedelta(weeks=4)  # what was written later may still wait for its agenda
    for address, habit in year.habits.items():
        other = Role.MANAGER if address.startswith("ana") else Role.REPORT
        shared = {
            word for word, at in habit.typed.items() if word not in habit.private and at < settled
        }
        assert shared <= reached[other], (address, sorted(shared - reached[other])[:5])
