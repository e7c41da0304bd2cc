"""`pause` and `resume`: no meeting and no scheduled mail until a day, or until somebody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.meeting.acts.proposals import give_up_question
from mailbot.meeting.clockwork import FOR_EVER, carried_over
from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import LastMail, Meeting, PauseChanged, Purpose, Stage
from mailbot.meeting.said import Pause, Reason, Resume, words_of
from mailbot.meeting.schedule import last_met
from mailbot.meeting.sends import Fact, Notice


def pause(mail: MailDraft, said: Pause) -> None:
    """Pause the series and tell both; an open question is void."""
    draft, until = mail.draft, said.until or FOR_EVER
    if until <= draft.today:
        mail.receipt.problem(words_of(said), Reason.PAST)
        return
    give_up_question(mail, None)
    changed = PauseChanged(draft.series.paused_until, until, draft.upcoming())
    mail.receipt.undoable = replace(mail.receipt.undoable, pause=changed)
    draft.set(paused_until=until, proposal=None)
    _put_off(draft)
    notice = Notice(until=said.until, gap_days=_gap_of_pause(draft, until))
    draft.tell_both(mail.by, Purpose.NOTICE, None, notice, (Fact.PAUSED,))


def _put_off(draft: Draft) -> None:
    """Drop the meeting to come, which is planned anew after the pause; what is on its agenda
    waits."""
    meeting = draft.upcoming()
    if meeting is None:
        return
    draft.drop(meeting)
    draft.set(
        carried=(*draft.series.carried, *carried_over(draft, meeting)),
        # a number that was mailed names a thread
        next_meeting=meeting.number + bool(meeting.mailed),
    )
    if meeting.mailed or meeting.notes:
        draft.closed.append(replace(meeting, items=(), stage=Stage.CLOSED, happened=False))


def _gap_of_pause(draft: Draft, until: date) -> int | None:
    """Count the days from the last meeting to the end of a pause; None: of one without an end, or
    before any meeting."""
    met = last_met(draft.series)
    if met is None or until == FOR_EVER:
        return None
    return (until - draft.day(met)).days


def resume(mail: MailDraft, said: Resume) -> None:
    """End the pause and tell both; the next meeting is planned at once."""
    paused_until = mail.draft.series.paused_until
    if paused_until is None:
        mail.receipt.problem(words_of(said), Reason.NOT_PAUSED)
        return
    changed = PauseChanged(before=paused_until, after=None)
    mail.receipt.undoable = replace(mail.receipt.undoable, pause=changed)
    mail.draft.set(paused_until=None)
    mail.draft.tell_both(mail.by, Purpose.NOTICE, None, Notice(), (Fact.RESUMED,))


def take_back_pause(draft: Draft, last: LastMail) -> None:
    """Go back to how it was before `pause` or `resume`, if it still is as that mail left it."""
    changed = last.pause
    if changed is None or draft.series.paused_until != changed.after:
        return
    before = changed.before
    draft.set(paused_until=before)
    if before is not None:
        _put_off(draft)
    elif changed.put_off is not None:
        _bring_back(draft, changed.put_off)
    fact = Fact.RESUMED if before is None else Fact.PAUSED
    notice = Notice(until=None if before == FOR_EVER else before)
    draft.tell_both(last.by, Purpose.NOTICE, None, notice, (fact,))


def _bring_back(draft: Draft, meeting: Meeting) -> None:
    """Put back the meeting that was put off, unless it is past or another was planned since."""
    if meeting.start <= draft.world.now or draft.upcoming() is not None:
        return
    back = {item.id for item in meeting.items}
    carried = tuple(item for item in draft.series.carried if item.id not in back)
    draft.set(carried=carried, next_meeting=meeting.number + 1)
    draft.put(meeting)
