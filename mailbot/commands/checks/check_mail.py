"""What `mailbot check` tries about mail that comes in: who is believed, the mailbox, its junk,
the way back to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress

from mailbot.commands.checks.probe import probe as sent_to_ourselves
from mailbot.config.file import Config
from mailbot.errors import MailbotError, OperatorError
from mailbot.inbound.triage.auth import seen_servers
from mailbot.meeting.events import Outcome
from mailbot.service.intake.pipeline import MailReader
from mailbot.service.operations.operator_texts import counted
from mailbot.service.runtime.servers import inbox, junk_of
from mailbot.store.open import open_store
from mailbot.store.protocol import JOURNAL
from mailbot.threads.token import ReplyTokens

NEWEST = 20  # mails that are asked who judged them


def proven(config: Config) -> bool:
    """Tell whether some server's word on who wrote a mail is believed; the profiles know where it
    stands."""
    return bool(config.trust.believed) or config.trust.profile != "generic"


def trust(config: Config) -> str:
    """Say whose word is believed. Raises OperatorError where nobody's is: nobody should run so
    unawares."""
    if proven(config):
        return (
            f"believes {config.trust.believed or f'the servers of {config.trust.profile}'} about "
            "who wrote a mail"
        )
    if config.trust.authserv_id:
        return "believes nobody about who wrote a mail, as the file says"
    raise OperatorError(
        "[trust] authserv_id is empty, so no sender can be proven: set it to the name that your "
        f'server puts first in its Authentication-Results headers{_seen(config)}, or to "none" if '
        "it writes no such header"
    )


def _seen(config: Config) -> str:
    """Name who judged the newest mails, by the topmost header of each: one of them may be the
    operator's own server."""
    if config.imap is None:
        return ""
    heads: list[bytes] = []
    for beside in {"", config.imap.done_folder}:
        with suppress(MailbotError), closing(inbox(config, beside=beside)) as server:
            heads += server.newest(NEWEST)
    topmost = Counter(seen_servers(head)[:1] for head in heads)
    names = ", ".join(f"{name[0]} in {n}" for name, n in topmost.most_common(4) if name)
    if not names:
        return ""
    return f" (of the newest {len(heads)} mails: {names}; take one only if it is your own)"


def imap(config: Config) -> str:
    with closing(inbox(config)) as server:
        facts, junk = server.probe(), junk_of(config, server)
    if junk is not None:
        with closing(junk):
            facts.append(
                f'junk folder "{junk.name}" is looked through: {counted(len(junk.uids()), "mail")}'
            )
    return "; ".join(facts)


def left_in_junk(config: Config) -> Iterator[str]:
    """Count the replies that the server took for junk and whose author it does not vouch for: a
    person has to look."""
    has_run = config.key_file.exists() and (config.data_folder / "series").is_dir()
    if config.imap is None or not has_run:
        return
    ours = MailReader(ReplyTokens(config.keys(make=False)), config.mail.address).is_for_us
    with closing(inbox(config)) as server:
        junk = junk_of(config, server, ours)
    if junk is None:
        return
    dealt_with = _dealt_with(config)
    with closing(junk):
        batches = iter(junk.fetch, [])
        left = sum(mail.key not in dealt_with for batch in batches for mail in batch)
    if left:
        replies = "1 reply" if left == 1 else f"{left} replies"
        yield (
            f'{replies} to mailbot in the junk folder "{junk.name}" not read, for want of proof or '
            f"not looked at yet: move what is genuine to {config.imap.folder}."
        )


def _dealt_with(config: Config) -> set[str]:
    """Collect the keys of mails that have an outcome; junk is none, it may be looked at again."""
    with closing(open_store(config.data_folder, look=True)) as store:
        entries = store.recall(JOURNAL)
        return {entry.key for entry in entries if entry.outcome != Outcome.JUNK}


def probe(config: Config) -> str:
    return sent_to_ourselves(config)
