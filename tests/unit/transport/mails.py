"""Mails for the tests of the transports."""

from mailbot.transport.imap.client import Imap


def mail(name: object) -> bytes:
    return f"From: Ana Silva <ana@corp.example>\r\nSubject: {name}\r\n\r\nhello {name}\r\n".encode()


def drain(imap: Imap) -> list[bytes]:
    """Everything there is, each batch done as it comes."""
    raws = []
    while batch := imap.fetch():
        raws += [arrived.raw for arrived in batch]
        imap.done(arrived.key for arrived in batch)
    return raws


def raws(imap: Imap) -> list[bytes]:
    """The next batch, left undone."""
    return [arrived.raw for arrived in imap.fetch()]
