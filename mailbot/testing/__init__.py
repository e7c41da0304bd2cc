"""The public test kit: a clock that is told the time, a tray for what leaves, and people who answer
like people do.

    house = House(datetime(2026, 3, 2, 8, tzinfo=UTC), folder)
    house.pairs((ana, ben, Cadence(3, time(15), "UTC")))
    house.until(datetime(2026, 3, 3, 10, tzinfo=UTC))
    request = house.tray.to(ana.address)[-1]
    house.answers(request, ana.address, "The budget", client="outlook")
    assert house.outcomes[-1].outcome == "applied"
    assert house.series(ana, ben).meetings

Used by the tests, the benchmarks and `mailbot demo`; nothing in it is a patch point of the product.
What stands in __all__ stays, whatever moves below.
"""

from __future__ import annotations

from mailbot.meeting.model import Cadence, Person
from mailbot.testing.clients import CLIENTS, Answers, answer
from mailbot.testing.house import TOKENS, House
from mailbot.testing.tray import FakeClock, Got, Tray, got

__all__ = [
    "CLIENTS",
    "TOKENS",
    "Answers",
    "Cadence",
    "FakeClock",
    "Got",
    "House",
    "Person",
    "Tray",
    "answer",
    "got",
]
