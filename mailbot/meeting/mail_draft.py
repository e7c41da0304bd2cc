"""One mail being acted on: who wrote it, the meeting it is about, and what it did so far."""

from __future__ import annotations

from dataclasses import replace

from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Answered
from mailbot.meeting.model import NO_REF, ActionItem, LastMail, Meeting, Purpose, Ref, Role, Stage
from mailbot.meeting.said import Problem, Reason
from mailbot.meeting.sends import Fact, LineKind, ReceiptLine, TimeChange
from mailbot.meeting.stages import TABLE, Act, Happening

ASKED_FOR_NOTES = (Purpose.NOTES_REQUEST, Purpose.SUMMARY)


class ReceiptDraft:
    """What one mail did, line by line, on its way into the answer and into LastMail."""

    def __init__(self, by: Role) -> None:
        self.lines: list[ReceiptLine] = []
        self.refs: list[Ref] = []
        self.problems: list[Problem] = []
        self.facts: list[Fact] = []
        self.asked: TimeChange | None = None
        # "2 private": the numbered lines of the mail before stay what they are
        self.corrects = False
        self.quiet = True  # a plain `done 3` gets no receipt: the next mail shows it
        self.undoable = LastMail(by)  # changes that are no words: moves, pauses, cadences
        self.actions_before: dict[int, ActionItem] = {}  # by number

    def line(self, line: ReceiptLine, ref: Ref = NO_REF, *, quiet: bool = False) -> None:
        """Add a numbered line. ref: what stands there, if it can be hidden."""
        self.lines.append(line)
        self.refs.append(ref)
        self.quiet = self.quiet and quiet

    def known(self, line: ReceiptLine) -> None:
        """Add a line that says nothing new."""
        self.line(replace(line, kind=LineKind.KNOWN), quiet=True)

    def fact(self, *facts: Fact) -> None:
        """Add facts, once each, however many words of the mail they hold for."""
        self.facts += [fact for fact in facts if fact not in self.facts]

    def problem(self, line: str, reason: Reason, hint: str = "") -> None:
        """Add a line that could not be obeyed."""
        self.problems.append(Problem(line, hint, reason))

    def before(self, action: ActionItem) -> None:
        """Keep how an action item was before this mail, the first time it is touched."""
        self.actions_before.setdefault(action.number, action)

    def unask(self) -> None:
        """Take back that the other was asked: the question is withdrawn."""
        self.facts = [fact for fact in self.facts if fact not in (Fact.ASKED, Fact.CLASH)]
        self.asked = None

    def last_mail(self, receipt: int) -> LastMail | None:
        """Sum up for `undo` and "2 private"; None for a mail that did nothing, or corrects.
        receipt: serial of the answer that numbers the lines; 0: there is none."""
        idle = not self.lines and self.undoable == LastMail(self.undoable.by)
        if self.corrects or idle:
            return None
        return replace(
            self.undoable,
            receipt=receipt,
            lines=tuple(self.refs),
            actions_before=tuple(self.actions_before.values()),
        )


class MailDraft:
    """One mail, the Draft of the step it is part of, and its receipt."""

    def __init__(self, draft: Draft, event: Answered) -> None:
        self.draft = draft
        self.event = event
        self.by = event.by
        self.receipt = ReceiptDraft(event.by)
        self.number = _target(draft, event)

    @property
    def meeting(self) -> Meeting | None:
        """The one the words are about, as it is now."""
        return self.draft.meeting(self.number)

    def act(self, happening: Happening) -> Act:
        """Look up the table of stages; a series without any meeting in play is between two: words
        go to the next one."""
        meeting = self.meeting
        return TABLE[meeting.stage if meeting else Stage.CLOSED][happening]

    def meeting_to_move(self) -> Meeting | None:
        """Find which meeting "move" means: the one that was answered if it is still to come, else
        the next. None: the series is paused."""
        if self.act(Happening.MOVE) is Act.PROPOSE:
            return self.meeting
        return self.draft.upcoming()


def _target(draft: Draft, event: Answered) -> int | None:
    """Find the number of the meeting the words are about: the one whose mail was answered, else
    the one in hand."""
    in_hand = [draft.upcoming(), draft.past()]
    if event.purpose in ASKED_FOR_NOTES:
        in_hand.reverse()
    found = filter(None, (draft.meeting(event.meeting), *in_hand))
    return next((meeting.number for meeting in found), None)
