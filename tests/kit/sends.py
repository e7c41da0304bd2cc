"""Looking into a Send: its content by the kind that it has to be."""

from __future__ import annotations

from typing import TypeVar

from mailbot.meeting.sends import Agenda, Content, MeetingSummary, Send, Slots, TimeChange

C = TypeVar("C", bound=Content)


def content_in(send: Send, kind: type[C]) -> C:
    assert isinstance(send.content, kind), send.purpose
    return send.content


def agenda_in(send: Send) -> Agenda:
    return content_in(send, Agenda)


def summary_in(send: Send) -> MeetingSummary:
    return content_in(send, MeetingSummary)


def slots_in(send: Send) -> Slots:
    return content_in(send, Slots)


def change_in(send: Send) -> TimeChange:
    return content_in(send, TimeChange)
