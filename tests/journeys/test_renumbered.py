"""Holds: a mailbox that is renumbered (a new UIDVALIDITY) hands out every mail again, and nothing
happens twice.
"""

from tests.kit.cases import case

from .conftest import ANA, BEN, NewOffice, Office
from .test_machines import report


def come(office: Office, mails: dict[str, bytes], validity: int) -> dict[str, str]:
    """The outcome of each, as the mailbox of that time hands them over."""
    taken = [
        (name, office.mailbot.take(f"imap/INBOX/{validity}/{uid}", raw, office.clock.at))
        for uid, (name, raw) in enumerate(mails.items(), 1)
    ]
    office.work()
    return {name: entry.outcome for name, entry in taken}


@case(67)
def test_nothing_happens_twice_when_every_mail_comes_again(new_office: NewOffice) -> None:
    office = new_office(operator="root@corp.example")
    request = office.last(ANA)
    passed = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
    mails = {
        "answer": office.reply(request, ANA.address, "My point", passed),
        "pause": office.reply(request, ANA.address, "pause until 12 April", passed),
        "held": office.reply(request, "ana@home.example", "From my other address"),
        "set aside": office.mail("x@evil.example", "Words", "1:1 Ana / Ben, Thu 5 Mar"),
        "bounce": report(office, office.last(BEN)),
    }
    first = come(office, mails, 1)
    assert first == {
        "answer": "applied",
        "pause": "applied",
        "held": "unconfirmed",
        "set aside": "set_aside",
        "bounce": "bounced",
    }
    office.answers(office.last(ANA), ANA.address, "resume")
    count = len(office.tray.mails)
    aside, waiting = office.mailbot.quarantine.list(), office.mailbot.held.list()
    again = come(office, mails, 2)
    assert [again[name] for name in ("answer", "pause", "held")] == ["duplicate"] * 3
    assert again["bounce"] in ("duplicate", "noted")
    assert office.pair.paused_until is None, "what was said since stays"
    assert (office.mailbot.quarantine.list(), office.mailbot.held.list()) == (aside, waiting)
    assert len(office.tray.mails) == count
