"""The stage x happening table: what a meeting does with what happens to it. Every cell is filled; a
test proves it.

Stages only follow time and mails, in the order of Stage. A meeting that is CLOSED stays in play
until the next one closes, so that late words still find it; then it is history.
"""

from __future__ import annotations

from enum import StrEnum

from mailbot.meeting.model import Stage


class Happening(StrEnum):
    TIME = "time"
    ITEM = "item"  # somebody wants to talk about something
    NOTE = "note"  # somebody wrote down what was said
    PROMISE = "promise"  # somebody wrote down what was promised
    MOVE = "move"  # another time is wanted: move, skip, cancel, a pick
    HAPPENED = "happened"  # a yes or no to "did it happen?"


class Act(StrEnum):
    ASK = "ask for the agenda when its time comes"
    MERGE = "send the merged agenda when its time comes"
    UPDATE = "send an update if something changed; at the start, ask for notes"
    SUM_UP = "ask for notes, sum up, close"
    LEAVE = "leave play when the next one closes"
    ADD = "add to this meeting"
    CARRY = "add to the next meeting"
    KEEP = "keep with this meeting"
    KEEP_LATE = "keep with this meeting and say that it is late"
    PROMISE = "a new action item"
    PROPOSE = "move this meeting"
    PROPOSE_NEXT = "move the next meeting"
    NOT_YET = "say that it is still to come"
    RECORD = "record whether it happened"


_TO_COME = {
    Happening.ITEM: Act.ADD,
    Happening.NOTE: Act.KEEP,
    Happening.PROMISE: Act.PROMISE,
    Happening.MOVE: Act.PROPOSE,
    Happening.HAPPENED: Act.NOT_YET,
}

TABLE: dict[Stage, dict[Happening, Act]] = {
    Stage.PLANNED: {Happening.TIME: Act.ASK, **_TO_COME},
    Stage.COLLECTING: {Happening.TIME: Act.MERGE, **_TO_COME},
    Stage.AGENDA_SENT: {Happening.TIME: Act.UPDATE, **_TO_COME},
    Stage.MET: {
        Happening.TIME: Act.SUM_UP,
        Happening.ITEM: Act.CARRY,
        Happening.NOTE: Act.KEEP,
        Happening.PROMISE: Act.PROMISE,
        Happening.MOVE: Act.PROPOSE_NEXT,
        Happening.HAPPENED: Act.RECORD,
    },
    Stage.CLOSED: {
        Happening.TIME: Act.LEAVE,
        Happening.ITEM: Act.CARRY,
        Happening.NOTE: Act.KEEP_LATE,
        Happening.PROMISE: Act.PROMISE,
        Happening.MOVE: Act.PROPOSE_NEXT,
        Happening.HAPPENED: Act.RECORD,
    },
}
