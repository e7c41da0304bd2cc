"""Holds: what mailbot writes to the operator comes from files that can be replaced, and a mistake
in one stops the start and names the file.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.shipped import template_sources
from mailbot.errors import OperatorError
from mailbot.meeting.events import Outcome
from mailbot.service.operations.digest import Day, daily
from mailbot.service.operations.operator_texts import FIELDS, OperatorTexts
from mailbot.store.protocol import Entry

SOURCES = template_sources()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(outcome: Outcome, reason: str = "") -> Entry:
    return Entry(NOON, f"imap/INBOX/1/{outcome}{reason}", "", outcome, reason)


def test_the_digest_of_a_full_day() -> None:
    entries = (
        entry(Outcome.APPLIED),
        entry(Outcome.MUTED),
        entry(Outcome.IGNORED, "stranger"),
        entry(Outcome.BOUNCED),
        Entry(NOON, "out/x/1", "", Outcome.FAILED, "receipt"),
        Entry(NOON, "held/x", "", Outcome.EXPIRED, "nobody said yes"),
        entry(Outcome.SET_ASIDE, "too many wait for a yes"),
        entry(Outcome.DISCARDED, "not theirs"),
    )
    day = Day(
        NOON - timedelta(days=1), NOON, entries, {"queued": 2, "accepted": 9}, sent=1_200, waiting=1,
        quarantine=3, leaving=2, unaccounted=1, trouble=("capped",),
    )  # fmt: skip
    text = daily(day, OperatorTexts(SOURCES))
    assert text.subject == "mailbot, 2 March: 6 mails read, 1,200 mails sent"
    assert (
        text.body
        == """\
From Sun 1 Mar, 12:00 to Mon 2 Mar, 12:00 (UTC)

Read: 6
  applied: 1
  muted: 1
  discarded: 1
  bounced: 1
  ignored: 1
  set aside: 1
  of the ignored, from strangers: 1
Waiting for somebody's yes: 1
Thrown away, because nobody said yes in seven days: 1

Sent: 1200. In the outbox: 2 queued.

Needs a hand:
  3 mails in quarantine (2 of strangers, leave within a week): `mailbot quarantine list`
  1 mail had no outcome until the audit found them
  1 mail of mine could not be delivered
  1 mail came back because the address is dead; the other person was told
  1 mail got no answer: too many in a day for one person, or the same one again
  1 mail not from the person it named, as that person says
  1 mail set aside unasked: three already waited for that person's yes
  too many answers

These are counts; no word of any mail is in them.
"""
    )


def test_the_digest_of_an_empty_day() -> None:
    text = daily(Day(NOON, NOON, (), {}), OperatorTexts(SOURCES))
    assert "Sent: 0. In the outbox: nothing.\n\nNothing needs a hand.\n" in text.body


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("capped", None, "templates/en/operator/capped.txt is missing"),
        ("capped", "Too many\n", "templates/en/operator/capped.txt, line 1"),
        ("which", "Subject: x\n\n{tiles}\n", r"which.txt: there is no \{tiles\}"),
        ("which", "Subject: x\n\n{titles\n", "templates/en/operator/which.txt: "),
        ("sentences", "read: Read\n", "sentences.txt lacks bounced, "),
        ("sentences", "read: {m.read}\n", r"sentences.txt: there is no \{m.read\}"),
    ],
)
def test_a_mistake_stops_the_start(name: str, text: str | None, complaint: str) -> None:
    sources = {key: each for key, each in SOURCES.items() if key != f"en/operator/{name}.txt"}
    if text is not None:
        sources[f"en/operator/{name}.txt"] = text
    with pytest.raises(OperatorError, match=complaint):
        OperatorTexts(sources)


def test_each_text_has_its_file_and_each_file_its_text() -> None:
    files = {name for name in SOURCES if name.startswith("en/operator/")}
    assert files == {f"en/operator/{name}.txt" for name in (*FIELDS, "sentences")}
