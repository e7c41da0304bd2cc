"""Read the newly written lines of a mail: what each of them means, in which order it is asked.

Every own line ends in the text of some Said, in a Problem, in a command that accounts for each
of its words, or among the courtesies (greeting, closing phrase, name): no word is lost.

A line that stands alone is shown to READERS, one after the other; the first that recognises it
answers. A block that no reader recognises is, in this order: words beside one of our action
items, words about an action item that it names, a remark on a numbered one, an item or a note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mailbot.inbound.understand.answers import PICK_WORDS, consent, doubtful, opening, pick
from mailbot.inbound.understand.blocks import Block, BlockKind, blocks, unmarked
from mailbot.inbound.understand.command_line import EDGES, Answer, Plain, leading, tidy
from mailbot.inbound.understand.commands import (
    change_of_series,
    misspelt_single,
    move_with_slip,
    new_one_on_one,
    pause,
    private_number,
    single,
)
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.marks import about, mark, misspelt_mark
from mailbot.inbound.understand.moves import move
from mailbot.inbound.understand.next_to_item import about_named, beside, item_above, topic_above
from mailbot.inbound.understand.privacy import Owned, ours, owned, private_lead, says_shared
from mailbot.inbound.understand.promises import promise_lead, promised
from mailbot.inbound.understand.small_talk import is_small_talk, polite_lines, small_talk, without
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.inbound.unquote.links import without_addresses
from mailbot.languages.fold import fold
from mailbot.meeting.model import Role, Theme
from mailbot.meeting.said import (
    Consent,
    Help,
    Item,
    Mails,
    Mark,
    MoveTo,
    NewSeries,
    Noted,
    Pause,
    Pick,
    Private,
    Problem,
    Promised,
    Recur,
    Remarked,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
)

__all__ = ["READERS", "Context", "command", "courtesies", "small_talk", "understand"]


@dataclass(frozen=True, slots=True)
class LineReader:
    """One way to read a line that stands alone."""

    read: Callable[[Plain, Context], Answer]
    says: tuple[type[Said], ...] = ()  # beside Problem
    verbs: tuple[str, ...] = ()  # keys of [typed.verbs] in the language files that it obeys
    any_word: bool = False  # asked, too, where no command begins with the first word: for slips


READERS = (
    LineReader(consent, says=(Consent,), any_word=True),
    LineReader(pick, says=(Pick,)),
    LineReader(private_number, says=(Private,), verbs=("private",)),
    LineReader(mark, says=(Mark,), verbs=("done", "drop", "reopen")),
    LineReader(about, says=(SetDue, SetOwner)),
    LineReader(
        single,
        says=(Skip, Resume, Undo, Help, Mails),
        verbs=("skip", "resume", "undo", "help", "less", "more", "stop", "later", "find"),
    ),
    LineReader(pause, says=(Pause,), verbs=("pause",)),
    LineReader(change_of_series, says=(Recur,)),
    LineReader(new_one_on_one, says=(NewSeries,), verbs=("new",)),
    LineReader(move, says=(MoveTo,), verbs=("move",)),
    LineReader(doubtful),
    LineReader(misspelt_mark, any_word=True),
    LineReader(misspelt_single, any_word=True),
    LineReader(move_with_slip, any_word=True),
)
"""Asked in this order; the first that recognises the line answers."""

KEPT: tuple[type[Said], ...] = (Item, Noted, Promised, Remarked)
"""What words become that no reader recognises."""

_ALL = tuple(reader.read for reader in READERS)
_ANY_WORD = tuple(reader.read for reader in READERS if reader.any_word)
_LONGEST = 200  # characters; no command is longer
_MOST_WORDS = 18
_JOINED_LINES = 160  # characters; a command that a client wrapped is not longer
_THEMES = {theme.value: theme for theme in Theme}
_ASKS_FOR_PROMISES = frozenset({"i_will", "they_will", "action_items"})


def command(line: str, context: Context, *, bulleted: bool = False, headed: bool = False) -> Answer:
    """Read what the line asks for, or None when it is no command.

    A command may be linked: where the address behind it is in the way, its words alone are read.
    """
    answer = _command_in(line, context, bulleted=bulleted, headed=headed)
    bare = without_addresses(line)
    if bare == line or _is_understood(answer):
        return answer
    again = _command_in(bare, context, bulleted=bulleted, headed=headed)
    return again if _is_understood(again) else answer


def _is_understood(answer: Answer) -> bool:
    return answer is not None and not any(isinstance(said, Problem) for said in answer)


def _command_in(line: str, context: Context, *, bulleted: bool, headed: bool) -> Answer:
    if len(line) > _LONGEST:
        return None
    text = tidy(line, context)
    if text.count(" ") >= _MOST_WORDS:
        return None
    known = _may_be_one(text, context)
    verb, rest = leading(text, context) if known else ("", "")
    plain = Plain(line.strip(), text, verb, rest, bulleted, headed)
    if not text:
        return consent(plain, context)  # a thumb
    for read in _ALL if known else _ANY_WORD:
        answer = read(plain, context)
        if answer is not None:
            return answer
    return None


def _may_be_one(text: str, context: Context) -> bool:
    """Tell whether a command can begin with the first word; most prose is let go here."""
    first = text.split(" ", 1)[0]
    if not first:
        return False
    if first[0] in "#?@" or first[0].isdecimal():
        return True
    openers = context.words.openers
    return first in openers or first in PICK_WORDS or first.strip(EDGES) in openers


def understand(reply: Reply, context: Context) -> tuple[Said, ...]:
    """Read what the person said, in the order they wrote it."""
    return _Reading(context).read(reply)


def courtesies(reply: Reply, context: Context) -> tuple[str, ...]:
    """Find the own lines that say nothing but hello, thanks and goodbye: they are no items."""
    return _Reading(context).courtesies(reply)


class _Reading:
    """One reply being read. What was found out about a line is remembered: it is asked twice."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = context.words
        self.names = tuple(fold(name) for name, _ in context.names)
        self.answers: dict[tuple[str, bool, bool], Answer] = {}
        self.items: dict[str, int | None] = {}

    def read(self, reply: Reply) -> tuple[Said, ...]:
        found = self._blocks(reply)
        found = [block for block in found if not self._is_polite(block, found)]
        return (*self._opening(found), *(said for block in found for said in self._said(block)))

    def courtesies(self, reply: Reply) -> tuple[str, ...]:
        places = polite_lines(reply, self.names)
        found = self._blocks(reply)
        polite = [block.block.typed for block in found if self._is_polite(block, found)]
        return (*(reply.lines[at].text for at in sorted(places)), *polite)

    # ---- lines and blocks ----

    def _blocks(self, reply: Reply) -> list[Owned]:
        lines = self._lines(reply)
        return owned(blocks(lines, self._standing), ours(lines))

    def _lines(self, reply: Reply) -> list[Line]:
        """The lines to read: courtesies blanked; a typed heading that says private counts as
        "private:" above."""
        result: list[Line] = []
        for line in without(reply, polite_lines(reply, self.names)):
            result.append(line)
            if _heads_private(line):
                hides = Line("private:", own=True, rule=RowRule.HEADING, heading=line.heading)
                result.append(hides)
        return result

    def _standing(self, line: Line, fresh: bool) -> str:  # noqa: FBT001 - see blocks.Standing
        """Tell whether the line is a block by itself or begins one (blocks.Standing)."""
        lead = private_lead(line.text)
        if lead is not None:
            return "alone" if lead.alone else "opens"
        if says_shared(line.text):
            return "opens"
        if not fresh:
            return ""
        if self._command(line.text, line) is not None:
            # its client may have wrapped it
            return "opens" if line.text.rstrip().endswith(",") else "alone"
        return "opens" if promise_lead(line.text) is not None else ""

    def _command(self, text: str, line: Line, *, bulleted: bool = False) -> Answer:
        """A command on this line; next to an action item only one that names its number."""
        if self._item_above(line.near) is not None and not any(c.isdecimal() for c in text):
            return None
        asked = (text, bulleted, line.heading in _THEMES)
        if asked not in self.answers:
            self.answers[asked] = command(text, self.context, bulleted=bulleted, headed=asked[2])
        return self.answers[asked]

    def _item_above(self, near: str) -> int | None:
        if near not in self.items:
            self.items[near] = item_above(near, self.context)
        return self.items[near]

    # ---- what says nothing, and what answers ----

    def _is_polite(self, found: Owned, all_found: list[Owned]) -> bool:
        """Thanks and thumbs at the edges of a mail, and "nothing" where promises are asked for."""
        block = found.block
        if self.context.after_meeting and block.heading in _ASKS_FOR_PROMISES:
            return fold(block.text).strip(EDGES) in self.words.sets["nothing"]
        if found.private or block.heading or block.near:
            return False
        if found is not all_found[0] and found is not all_found[-1]:
            return False
        return block.kind is not BlockKind.ALONE and is_small_talk(block.text, self.names)

    def _opening(self, found: list[Owned]) -> tuple[Said, ...]:
        """Take the answer to what was asked off the first words: "No, I was ill"; "Yes please.
        And on April: ..."."""
        if not found or not self._may_answer(found[0]):
            return ()
        first = found[0].block
        opened = opening(first.text, self.context)
        if opened is None:
            return ()
        consented, rest = opened
        lead = private_lead(rest)
        text = lead.rest if lead else rest
        found[0] = Owned(replace(first, text=text, typed=rest), private=lead is not None)
        return (consented,)

    def _may_answer(self, first: Owned) -> bool:
        """Tell whether an answer may stand in front of other words in this block."""
        if not self.context.asked or first.private or first.block.heading:
            return False
        prose = first.block.kind in (BlockKind.PARAGRAPH, BlockKind.ALONE)
        return prose and self._answer(first.block) is None

    # ---- one block ----

    def _said(self, found: Owned) -> tuple[Said, ...]:
        block = self._unsigned(found.block)
        if found.private:
            return (self._kept(block, private=True),)
        answer = self._answer(block)
        if answer is not None:
            return answer
        number = self._item_above(block.near)
        if number is not None:
            return beside(number, block.text, self.context)
        return about_named(block.text, self.context) or (
            self._numbered(block) or self._kept(block, private=False),
        )

    def _unsigned(self, block: Block) -> Block:
        """Without "[Ana]" in front: Outlook puts the writer's name before words typed into a
        quote."""
        name, _, rest = block.text.partition("] ")
        if not rest or not name.startswith("["):
            return block
        written = self.context.role_of(name[1:]) is self.context.writer
        return replace(block, text=rest) if written else block

    def _answer(self, block: Block) -> Answer:
        """What the block commands, if it is one: a line, or a bullet, or a line that a client
        wrapped."""
        if block.kind in (BlockKind.CODE, BlockKind.ROW) or len(block.text) > _JOINED_LINES:
            return None
        line = Line(
            block.typed, own=True, rule=RowRule.UNJUDGED, heading=block.heading, near=block.near
        )
        bulleted = block.kind is BlockKind.BULLET
        whole = unmarked(block.typed)[1] == block.text or block.kind is BlockKind.ALONE
        if bulleted and whole and block.numbered:  # "3. done" is about item 3
            answer = self._command(block.typed, line, bulleted=True)
            if answer is not None:
                return answer
        answer = self._command(block.text, line, bulleted=bulleted)
        return answer if whole or not _is_guess(answer) else None

    def _numbered(self, block: Block) -> Said | None:
        """Read "3. still waiting for Dana" under the action items: a remark on item 3."""
        number = block.mark.strip("().")
        if block.heading != "action_items" or not number.isdecimal():
            return None
        known = self.context.is_known(int(number))
        return Remarked(int(number), block.text) if known else None

    def _kept(self, block: Block, *, private: bool) -> Said:
        """The words as an item before the meeting, as a note or a promise after it."""
        if not self.context.after_meeting:
            return Item(block.text, _THEMES.get(block.heading), private, block.level)
        lead = promise_lead(block.text)
        owner = self._owner(block.heading)
        asked_for = owner is not None or block.heading == "action_items"
        if lead or block.box or asked_for:
            return promised(lead or block.text, self.context, owner, private=private)
        topic = "" if block.level else topic_above(block.near, self.context)
        return Noted(f"{topic}: {block.text}" if topic else block.text, private, block.level)

    def _owner(self, heading: str) -> Role | None:
        writer = self.context.writer
        return {"i_will": writer, "they_will": writer.other}.get(heading)


def _heads_private(line: Line) -> bool:
    """Tell whether the line is a heading of ours or theirs that says private."""
    heading = not line.own and line.rule is RowRule.HEADING
    return heading and private_lead(line.text) is not None


def _is_guess(answer: Answer) -> bool:
    return answer is not None and any(isinstance(said, Problem) for said in answer)
