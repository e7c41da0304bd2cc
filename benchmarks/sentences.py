"""What a plain sentence does: a case of sentences*.json played through the public kit.

    effects(case) -> [{"outcome": "move", "when": "2026-03-13T11:00"}, ...]

The vocabulary of the effects and the setting of a case are those of ../shared/tools/score_sentences.py,
which scores them. Nothing here reads words: it says what is stored before and after, and what left.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.meeting.model import ActionState, Meeting, Purpose, Role, Series
from mailbot.meeting.said import DAYS, MAILS
from mailbot.testing import TOKENS, Cadence, Got, House, Person

Effect = dict[str, Any]
Row = tuple[str, float, str]

SHARED = Path(__file__).parent.parent.parent / "shared"

_BERLIN = ZoneInfo("Europe/Berlin")
_ADDRESS = {Role.REPORT: "ana.silva@corp.example", Role.MANAGER: "ben.ito@corp.example"}
_WRITTEN = {  # purpose of the mail that is answered -> when
    "agenda_request": datetime(2026, 3, 10, 10, tzinfo=_BERLIN),
    "agenda": datetime(2026, 3, 11, 10, tzinfo=_BERLIN),
    "slots": datetime(2026, 3, 11, 10, tzinfo=_BERLIN),
    "notes_request": datetime(2026, 3, 12, 17, tzinfo=_BERLIN),
    "summary": datetime(2026, 3, 13, 10, tzinfo=_BERLIN),
}
_ANSWERED = {"proposal": Purpose.MOVE_PROPOSAL}  # where the name differs from the purpose's
_LOOKED_AT = datetime(2026, 3, 17, 9, 5, tzinfo=_BERLIN)  # again, for leaks and carried items
_LATER = timedelta(minutes=30)  # between what stands open and the answer to it


def rows() -> Iterator[Row]:
    """Measure the dev files with the scorer that is kept beside them; a sentence where they are not
    there."""
    scorer = SHARED / "tools" / "score_sentences.py"
    if not scorer.exists():
        yield "sentences: not measured, the corpora of ../shared are not there", 0.0, ""
        return
    score = _imported(scorer)
    cases = score.load(sorted((SHARED / "corpus").glob("sentences*.json")))
    graded = [
        (score.wants(case), score.grade(case, score.tidy(effects(_shown(case))))[0])
        for case in cases
    ]
    yield from _shares(graded)


def _imported(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _shown(case: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the case without its answers."""
    secret = case["effects"].get("secret", [])
    return {key: value for key, value in case.items() if key != "effects"} | {"secret": secret}


def _shares(graded: list[tuple[bool, str]]) -> Iterator[Row]:
    """Count the grades: of those that want something, and of all."""
    wishes = [grade for wants, grade in graded if wants]
    got = sum(grade in ("right", "asked ok") for grade in wishes)
    yield (
        f"sentences: right or rightly asked, of {len(wishes)} wishes",
        100 * got / len(wishes),
        "%",
    )
    count = Counter(grade for _, grade in graded)
    for grade in ("half", "kept", "needless", "ignored", "WRONG", "unplayed"):
        yield f"sentences: {grade}, of all {len(graded)}", 100 * count[grade] / len(graded), "%"


class Unplayable(Exception):
    """The setting of the case could not be brought about."""


def effects(case: Mapping[str, Any]) -> list[Effect]:
    """Play the case; list all that changed and what left. One dict {"outcome": "unplayable"} where
    its setting cannot be brought about."""
    try:
        played = _played(case)
        found = [*played.changes(), *played.told()]
        for each in found:
            if each["outcome"] == "ask":
                each["works"] = _works(case)
        return [*found, *played.later()]
    except Unplayable as error:
        return [{"outcome": "unplayable", "why": str(error)}]


def _played(case: Mapping[str, Any]) -> _Played:
    """Bring the setting about and send the words."""
    with tempfile.TemporaryDirectory() as folder:
        play = _Play(case, Path(folder))
        play.prepare()
        return play.send()


def _works(case: Mapping[str, Any]) -> bool:
    """Tell whether "yes" to the question, sent as a reply to it, changes anything."""
    with tempfile.TemporaryDirectory() as folder:
        play = _Play(case, Path(folder))
        play.prepare()
        asked = play.send()
        before = play.series
        play.house.until(play.house.clock.at + timedelta(minutes=5))
        play.house.answers(asked.mails[-1], _ADDRESS[play.writer], "yes")
        return any(_changes(before, play.series, play.writer, play.house.clock.at.date()))


class _Play:
    """One case on a clock that is told the time."""

    def __init__(self, case: Mapping[str, Any], folder: Path) -> None:
        self.case, self.language = case, case.get("lang", "en")
        self.writer, self.open = Role(case["from"]), case.get("open") or {}
        self.house = House(datetime(2026, 2, 23, 8, tzinfo=_BERLIN), folder)
        ana, ben = self._person(Role.REPORT, "Ana Silva"), self._person(Role.MANAGER, "Ben Ito")
        self.pair = (ana, ben)
        first = date(2026, 3, 5)
        cadence = Cadence(3, time(15), "Europe/Berlin", first=first)
        self.house.pairs((ana, ben, cadence))

    def _person(self, role: Role, name: str) -> Person:
        return Person(_ADDRESS[role], name, "Europe/Berlin", language=self.language)

    @property
    def series(self) -> Series:
        return self.house.series(*self.pair)

    @property
    def written(self) -> datetime:
        """When the words are sent: a rhythm is proposed after the summary, a move before."""
        if self.case["answers"] != "proposal":
            return _WRITTEN[self.case["answers"]]
        return _WRITTEN["summary" if self.open["kind"] == "rhythm" else "agenda"]

    def prepare(self) -> None:
        """Live through the meeting of 5 March, and up to the words."""
        self._say(datetime(2026, 3, 5, 17, tzinfo=_BERLIN), Role.MANAGER, self._promises())
        if [action.number for action in self.series.actions] != [1, 2, 3, 4]:
            raise Unplayable("the action items are not 1 to 4")
        topics = self.case["setting"].get("agenda", {}).get(self.language, ())
        if topics and self.case["answers"] != "agenda_request":
            words = "\n".join(f"- {topic}" for topic in topics)
            self._say(datetime(2026, 3, 10, 9, 30, tzinfo=_BERLIN), Role.REPORT, words)
        if self.written >= _WRITTEN["summary"]:
            for role in Role:
                self._say(_WRITTEN["notes_request"], role, "Notes:\n- all is well")
        if self.open:
            self._put_open()

    def _promises(self) -> str:
        one, two, three, four = self.case["setting"]["actions"][self.language]
        return (
            f"I will:\n- {one} by 2026-03-06\nThey will:\n- {two}\n- {three} by 2026-03-12\n"
            f"I will:\n- {four}"
        )

    def _put_open(self) -> None:
        """Let the other propose, or the writer be offered slots."""
        at = self.written - _LATER
        if self.open["kind"] == "slots":
            self._say(at, self.writer, "skip")
            offered = [_local(slot) for offer in self.series.offers for slot in offer.slots]
            if offered != self.open["slots"]:
                raise Unplayable(f"offered {offered}")
            return
        self._say(at, Role(self.open["by"]), self._proposal())
        if self.series.proposal is None:
            raise Unplayable("no proposal stands")

    def _proposal(self) -> str:
        if self.open["kind"] == "move":
            return f"move to {self.open['when'].replace('T', ' ')}"
        if "every_weeks" in self.open:
            return f"every {self.open['every_weeks']} weeks"
        return f"{self.open['weekday']}s {self.open['at']}"

    def _say(self, at: datetime, role: Role, words: str) -> None:
        self.house.until(at)
        self.house.answers(self.house.tray.to(_ADDRESS[role])[-1], _ADDRESS[role], words)

    def _answered(self) -> Got:
        """Find the newest mail of the kind that is answered."""
        answers = self.case["answers"]
        wanted = _ANSWERED.get(answers) or Purpose(answers)
        mails = self.house.tray.to(_ADDRESS[self.writer])
        found = [mail for mail in mails if _purpose(mail) is wanted]
        if not found:
            raise Unplayable(f"{self.writer} got no {answers}")
        return found[-1]

    def send(self) -> _Played:
        """Send the words; what came of it."""
        self.house.until(self.written)
        before, sent = self.series, len(self.house.tray.mails)
        self.house.answers(self._answered(), _ADDRESS[self.writer], self.case["text"])
        mails = self.house.tray.mails[sent:]
        after = self.series
        self.house.until(_LOOKED_AT)
        late = self.series
        shared = [
            m for m in self.house.tray.to(_ADDRESS[self.writer.other]) if m.at >= self.written
        ]
        return _Played(self, before, after, late, self._to_writer(mails), shared)

    def _to_writer(self, mails: Iterable[Got]) -> list[Got]:
        return [mail for mail in mails if mail.recipient == _ADDRESS[self.writer]]


@dataclass(frozen=True)
class _Played:
    """A case that was played: the state at three times, and the mails."""

    play: _Play
    before: Series
    after: Series
    late: Series
    mails: list[Got]  # to the writer, at once
    shared: list[Got]  # to the other, until the last look

    def changes(self) -> list[Effect]:
        return list(_changes(self.before, self.after, self.play.writer, self.play.written.date()))

    def told(self) -> Iterator[Effect]:
        """Say what the answers to the writer are."""
        for mail in self.mails:
            purpose = _purpose(mail)
            if purpose is Purpose.SLOTS:
                slots = [_local(s) for offer in self.after.offers for s in offer.slots]
                yield {"outcome": "slots", "slots": slots}
            elif purpose is Purpose.HELP:
                yield {"outcome": "help"}
            elif purpose is Purpose.PROBLEM:
                yield from self._problems(mail)
            elif "already is as you wrote" in mail.text:
                yield {"outcome": "told", "about": "no_change"}

    def _problems(self, mail: Got) -> Iterator[Effect]:
        """Sort what was not obeyed: asked with a guess, or refused with a reason."""
        new = self.after.feedback[len(self.before.feedback) :]
        reasons = [line.split(" ")[0] for each in new for line in each.about.split("\n") if line]
        about = sorted({_ABOUT[verb] for verb in _GUESS.findall(mail.text)})
        for reason in reasons:
            if reason in ("unclear", "date", "news"):
                yield {"outcome": "ask", "about": about or ["unclear"]}
            else:
                yield {"outcome": "refuse", "why": reason.removeprefix("cadence_")}

    def later(self) -> Iterator[Effect]:
        """Find what the days after it brought: a secret that was told, an item carried over."""
        for secret in self.play.case.get("secret", ()):
            if any(secret.casefold() in mail.text.casefold() for mail in self.shared):
                yield {"outcome": "leak", "texts": [secret]}
        if self.play.case["answers"] != "notes_request":
            return
        stood = {item.text for _, item in _items(self.before)}
        next_one = [item.text for meeting, item in _items(self.late) if not meeting.past]
        carried = [text for text in next_one if text in stood]
        if carried:
            yield {"outcome": "carry", "texts": carried}


_ABOUT = {"done": "done", "drop": "drop", "reopen": "reopen", "move": "move", "skip": "skip"} | {
    "yes": "yes", "no": "yes", "pause": "away", "private": "private",
}  # fmt: skip
_GUESS = re.compile(r"[\"“„«](done|drop|reopen|move|skip|yes|no|pause|private)\b")


def _purpose(mail: Got) -> Purpose | None:
    target = TOKENS.read(mail.id.strip("<>").partition("@")[0])
    return target.purpose if target else None


def _local(at: datetime) -> str:
    return f"{at.astimezone(_BERLIN):%Y-%m-%dT%H:%M}"


# ---- what is stored before and after ----


def _changes(before: Series, after: Series, writer: Role, today: date) -> Iterator[Effect]:
    yield from _times(before, after, writer)
    yield from _absences(before, after, today)
    yield from _actions(before, after)
    yield from _words(before, after)


def _times(before: Series, after: Series, writer: Role) -> Iterator[Effect]:
    was, now = before.proposal, after.proposal
    if now is not None and now != was:
        yield _proposed(now.start, now.cadence, before.cadence)
    moved = [
        (old, new)
        for old in before.meetings
        if (new := after.meeting(old.number)) is not None and new.start != old.start
    ]
    agreed = bool(was and not now and (moved or after.cadence != before.cadence))
    if was and not now:
        ended = "withdrawn" if was.by is writer else "no"
        yield {"outcome": "yes" if agreed else ended}
    if agreed:
        return
    if after.cadence != before.cadence:
        yield {"outcome": "rhythm_now"}
    slots = [slot for offer in before.offers if offer.to is writer for slot in offer.slots]
    for _, new in moved:
        taken = slots.index(new.start) + 1 if new.start in slots else 0
        kind = {"outcome": "pick", "slot": taken} if taken else {"outcome": "moved_now"}
        yield kind | {"when": _local(new.start)}


def _proposed(start: datetime | None, cadence: Cadence | None, today: Cadence) -> Effect:
    if cadence is None:
        assert start is not None
        return {"outcome": "move", "when": _local(start)}
    values = {
        "every_weeks": (cadence.every_weeks, today.every_weeks),
        "weekday": (DAYS[cadence.weekday][:-1], DAYS[today.weekday][:-1]),
        "at": (f"{cadence.at:%H:%M}", f"{today.at:%H:%M}"),
        "minutes": (cadence.minutes, today.minutes),
    }
    return {"outcome": "rhythm"} | {key: new for key, (new, old) in values.items() if new != old}


def _absences(before: Series, after: Series, today: date) -> Iterator[Effect]:
    for role in Role:
        was, now = before.person(role), after.person(role)
        if now.away_until and now.away_until != was.away_until:
            back = now.away_until + timedelta(days=1)
            dates = {"from": today.isoformat(), "until": back.isoformat()}
            yield {"outcome": "away", "who": role.value} | dates
        if now.wanted is not was.wanted:
            yield {"outcome": "mails", "wanted": MAILS[now.wanted]}
    until = after.paused_until
    if until == before.paused_until:
        return
    if until is None:
        yield {"outcome": "resume"}
    else:
        yield {"outcome": "pause", "until": None if until == date.max else until.isoformat()}


def _actions(before: Series, after: Series) -> Iterator[Effect]:
    old = {action.number: action for action in before.actions}
    new = {action.number: action for action in after.actions}
    yield from ({"outcome": "vanished", "number": number} for number in old.keys() - new.keys())
    both = [(old[number], new[number]) for number in sorted(old.keys() & new.keys())]
    verbs = {ActionState.DONE: "done", ActionState.DROPPED: "drop", ActionState.OPEN: "reopen"}
    for state, verb in verbs.items():
        numbers = [now.number for was, now in both if was.state is not state is now.state]
        if numbers:
            yield {"outcome": verb, "numbers": numbers}
    for was, now in both:
        if now.due != was.due:
            yield {"outcome": "due", "number": now.number, "due": _iso(now.due)}
        if now.owner is not was.owner:
            yield {"outcome": "owner", "number": now.number, "owner": now.owner.value}
        if now.text != was.text:
            yield {"outcome": "reworded", "number": now.number}
        if len(now.remarks) > len(was.remarks):
            texts = [remark.text for remark in now.remarks[len(was.remarks) :]]
            yield {"outcome": "remark", "number": now.number, "texts": texts}
    made = [action for number, action in sorted(new.items()) if number not in old]
    if made:
        parts = [{"owner": action.owner.value, "due": _iso(action.due)} for action in made]
        yield {"outcome": "promise", "parts": parts, "texts": [action.text for action in made]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _items(series: Series) -> list[tuple[Meeting, Any]]:
    return [(meeting, item) for meeting in series.meetings for item in meeting.items]


def _words(before: Series, after: Series) -> Iterator[Effect]:
    known = {item.id for _, item in _items(before)}
    for meeting, item in _items(after):
        if item.id not in known and not item.private:
            day = _local(meeting.start)[:10]
            yield {"outcome": "item", "texts": [item.text], "meeting": day}
    left = {item.id for _, item in _items(after)} | {item.id for item in after.carried}
    gone = [item.text for _, item in _items(before) if item.id not in left]
    if gone:
        yield {"outcome": "removed", "texts": gone}
    noted = {note.id for meeting in before.meetings for note in meeting.notes}
    notes = [n for m in after.meetings for n in m.notes if n.id not in noted]
    for note in notes:
        if not note.private:
            yield {"outcome": "note", "texts": [note.text]}
    hidden = [i.text for _, i in _items(after) if i.private and i.id not in known]
    hidden += [note.text for note in notes if note.private]
    if hidden:
        yield {"outcome": "private", "texts": hidden}
    for old in before.meetings:
        new = after.meeting(old.number)
        if new is not None and new.happened is not old.happened:
            yield {"outcome": "held" if new.happened else "not_held"}
