"""Holds: whatever people write and however late, a private word reaches nobody but its author, no
word is lost, and no more mails leave than the budget.

A rule machine over one series.
"""

from datetime import date, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailbot.meeting.events import Away, Bounced
from mailbot.meeting.model import (
    SCHEDULED,
    ActionItem,
    Cadence,
    Person,
    Purpose,
    Role,
    Stage,
    Theme,
    Wanted,
)
from mailbot.meeting.said import (
    Consent,
    Item,
    Mails,
    Mark,
    MoveTo,
    Noted,
    Pause,
    Pick,
    Private,
    Promised,
    Recur,
    Remarked,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
)
from mailbot.meeting.schedule import at_work
from mailbot.meeting.sends import Agenda, ConfirmRequest, MeetingSummary, Notice, Send
from tests.unit.meeting.conftest import MONDAY, Pair, pair

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Ho_Chi_Minh",
    "Australia/Sydney",
    "America/Sao_Paulo",
)
roles = st.sampled_from(list(Role))
numbers = st.integers(1, 6)
days = st.dates(date(2026, 3, 1), date(2027, 4, 1))
times = st.builds(time, st.integers(7, 18), st.sampled_from((0, 30)))

COMMANDS = st.one_of(
    st.builds(Mark, st.sampled_from(("done", "drop", "reopen")), st.tuples(numbers)),
    st.builds(SetDue, numbers, days),
    st.builds(SetOwner, numbers, roles),
    st.builds(MoveTo, days, st.none() | times),
    st.builds(Skip),
    st.builds(Pick, st.integers(1, 4)),
    st.builds(Consent, st.booleans()),
    st.builds(Resume),
    st.builds(Private, numbers),
    st.builds(Mails, st.sampled_from(Wanted)),
    st.builds(
        Recur,
        st.none() | st.integers(1, 4),
        st.none() | st.integers(0, 4),
        st.none() | times,
        st.none() | st.sampled_from((15, 45, 60)),
    ),
)


class Conversation(RuleBasedStateMachine):
    pair: Pair

    @initialize(
        zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
        weekday=st.integers(0, 4),
        at=times,
        weeks=st.integers(1, 2),
    )
    def start(self, zones: tuple[str, str], weekday: int, at: time, weeks: int) -> None:
        ana = Person("ana@corp.example", "Ana Silva", zones[0], country="AA")
        ben = Person("ben@corp.example", "Ben Ito", zones[1], country="BB")
        holidays = {
            "AA": frozenset({date(2026, 3, 12), date(2026, 5, 1), date(2026, 12, 25)}),
            "BB": frozenset({date(2026, 7, 3)}),
        }
        self.pair = pair(Cadence(weekday, at, zones[0], weeks), ana, ben, MONDAY, holidays=holidays)
        self.words = 0
        self.typed: dict[
            str, tuple[Role, bool]
        ] = {}  # every word typed: by whom, and whether it is private
        self.taken_back: set[str] = set()
        self.last: dict[Role, set[str]] = {Role.REPORT: set(), Role.MANAGER: set()}
        self.checked = 0

    def word(self, by: Role, *, private: bool) -> str:
        self.words += 1
        text = f"word{self.words}x"
        self.typed[text] = (by, private)
        self.last[by].add(text)
        return text

    @rule(hours=st.sampled_from((1, 5, 24, 24 * 3, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.pair.until(self.pair.now + timedelta(hours=hours))

    @rule(
        by=roles,
        theme=st.sampled_from(list(Theme)),
        private=st.booleans(),
        kind=st.sampled_from(("item", "note", "promise")),
    )
    def writes(self, by: Role, theme: Theme, private: bool, kind: str) -> None:
        self.last[by] = set()
        text = self.word(by, private=private)
        forms: dict[str, Said] = {"item": Item(text, theme, private), "note": Noted(text, private)}
        said = forms.get(kind, Promised(text, private=private))
        mail = next((s for _, s in reversed(self.pair.sends) if s.to is by), None)
        self.pair.says(by, said, to=mail)

    @rule(by=roles, command=COMMANDS)
    def commands(self, by: Role, command: Said) -> None:
        mail = next((s for _, s in reversed(self.pair.sends) if s.to is by), None)
        self.pair.says(by, command, to=mail)

    @rule(by=roles)
    def remarks(self, by: Role) -> None:
        self.last[by] = set()
        self.pair.says(by, Remarked(1, self.word(by, private=False)))

    @rule(by=roles, weeks=st.integers(1, 5))
    def pauses(self, by: Role, weeks: int) -> None:
        self.pair.says(by, Pause(self.pair.now.date() + timedelta(weeks=weeks)))

    @rule(by=roles)
    def undoes(self, by: Role) -> None:
        self.pair.says(by, Undo())
        self.taken_back |= {
            text for text, (author, _) in self.typed.items() if author is by
        }  # some of these; at most these

    @rule(who=roles, length=st.integers(1, 6))
    def is_away(self, who: Role, length: int) -> None:
        self.pair.happen(Away(who, self.pair.now.date() + timedelta(days=length)))

    @rule(who=roles)
    def bounces(self, who: Role) -> None:
        self.pair.happen(Bounced(who, hard=True))

    # ---- what always holds ----

    @invariant()
    def no_word_is_lost(self) -> None:
        kept = set()
        for meeting in (*self.pair.series.meetings, *self.pair.closed):
            kept |= {i.text for i in meeting.items} | {n.text for n in meeting.notes}
        kept |= {i.text for i in self.pair.series.carried}
        actions = (*self.pair.series.actions, *self.pair.closed_actions)
        kept |= {a.text for a in actions} | {r.text for a in actions for r in a.remarks}
        assert set(self.typed) - self.taken_back <= kept

    @invariant()
    def nothing_private_reaches_the_other(self) -> None:
        for _, send in self.pair.sends:
            for text in words_in(send):
                author, private = self.typed.get(text, (send.to, False))
                assert author is send.to or not private, (send.purpose, text)

    @invariant()
    def nothing_scheduled_leaves_outside_working_hours_or_unwanted(self) -> None:
        for at, send in self.pair.sends[self.checked :]:
            if send.purpose in SCHEDULED or (send.purpose is Purpose.SLOTS and not send.answers):
                assert at_work(send.reader, at, at, self.pair.world())
                assert send.reader.takes(send.purpose)
        self.checked = len(self.pair.sends)

    @invariant()
    def nothing_leaves_to_a_dead_address(self) -> None:
        assert not any(send.reader.unreachable for _, send in self.pair.sends)

    @invariant()
    def the_budget_is_kept(self) -> None:
        seen: dict[tuple[int, Role, Purpose], int] = {}
        for _, send in self.pair.sends:
            if send.purpose in SCHEDULED - {Purpose.GAP_WARNING}:
                key = (send.meeting, send.to, send.purpose)
                seen[key] = seen.get(key, 0) + 1
        assert all(count == 1 for count in seen.values()), seen

    @invariant()
    def time_always_comes_back(self) -> None:
        series = self.pair.series
        to_come = [m for m in series.meetings if m.stage not in (Stage.MET, Stage.CLOSED)]
        if series.paused_until is None:
            assert len(to_come) == 1
            assert series.next_due is not None
        assert series.next_due is None or series.next_due > self.pair.now
        assert len(series.meetings) <= 12, (
            "late notes keep a meeting in play for two months at most"
        )

    @invariant()
    def serials_are_unique(self) -> None:
        serials = [s.serial for _, s in self.pair.sends]
        assert len(serials) == len(set(serials))

    @invariant()
    def the_cadence_stays_inside_two_weeks(self) -> None:
        assert self.pair.series.cadence.every_weeks <= 2


def words_in(send: Send) -> list[str]:
    """Every word of a person in a mail."""
    said = send.content
    words = [line.text for line in send.receipt.lines] + [p.line for p in send.receipt.problems]
    match said:
        case Agenda():
            words += [i.text for i in (*said.items, *said.own_items)]
            words += [n.text for n in (*said.late_notes, *said.own_notes)]
        case MeetingSummary():
            words += [i.text for i in said.own_items]
            words += [n.text for n in (*said.notes, *said.own_notes)]
        case ConfirmRequest():
            words += [line.text for line in said.lines]
    actions: tuple[ActionItem, ...] = ()
    if isinstance(said, Agenda | MeetingSummary):
        actions = (*said.actions, *said.closed)
    elif isinstance(said, Notice):
        actions = said.actions
    words += [a.text for a in actions]
    return words + [r.text for a in actions for r in a.remarks]


Conversation.TestCase.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestConversation = Conversation.TestCase
