"""Holds: a Send holds nothing private of anybody but its reader."""

from dataclasses import replace

import pytest

from mailbot.meeting.model import AgendaItem, Note, Purpose, Role, Theme
from mailbot.meeting.sends import CONTENTS, Agenda, Content, MeetingSummary, Receipt
from mailbot.outbound import samples

BENS_ITEM = AgendaItem(1, "a secret", Role.MANAGER, Theme.CAREER, private=True)
BENS_NOTE = Note(2, "a secret", Role.MANAGER, private=True)


@pytest.mark.parametrize(
    ("purpose", "content"),
    [
        (Purpose.AGENDA, Agenda(items=(BENS_ITEM,))),
        (Purpose.AGENDA, Agenda(own_items=(BENS_ITEM,))),
        (Purpose.AGENDA_REQUEST, Agenda(late_notes=(BENS_NOTE,))),
        (Purpose.NOTES_REQUEST, Agenda(own_notes=(BENS_NOTE,))),
        (Purpose.SUMMARY, MeetingSummary(notes=(BENS_NOTE,))),
        (Purpose.SUMMARY, MeetingSummary(own_notes=(BENS_NOTE,))),
        (Purpose.SUMMARY, MeetingSummary(own_items=(BENS_ITEM,))),
    ],
)
def test_nothing_private_of_the_other_can_be_put_into_a_send(
    purpose: Purpose, content: Content
) -> None:
    with pytest.raises(AssertionError) as refused:
        replace(samples.example(purpose, Role.REPORT), content=content)
    assert "secret" not in str(refused.value)


def test_every_purpose_has_one_kind_of_content_and_takes_no_other() -> None:
    assert set(CONTENTS) == set(Purpose)
    with pytest.raises(AssertionError, match="agenda with Receipt"):
        replace(samples.example(Purpose.AGENDA), content=Receipt())
