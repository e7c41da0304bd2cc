"""Newly written lines -> what they mean, and Problems for what cannot be read. Never loses a word.

Every own line ends in the text of some Said, in a Problem, in a command that accounts for each
of its words, or among the courtesies (greeting, closing phrase, name).
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.inbound.understand.answers import opening
from mailbot.inbound.understand.blocks import Block, blocks, unmarked
from mailbot.inbound.understand.command_line import EDGES, Answer
from mailbot.inbound.understand.commands import command
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.next_to_item import about_named, beside, item_above, topic_above
from mailbot.inbound.understand.privacy import Owned, owned, private_lead
from mailbot.inbound.understand.promises import promise_lead, promised
from mailbot.inbound.understand.small_talk import is_small_talk, polite_lines, small_talk, without
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.languages.fold import fold
from mailbot.meeting.model import Role, Theme
from mailbot.meeting.said import Item, Noted, Problem, Remarked, Said

__all__ = ["Context", "courtesies", "small_talk", "understand"]

_THEMES = {theme.value: theme for theme in Theme}
_ASKS_FOR_PROMISES = frozenset({"i_will", "they_will", "action_items"})
_JOINED_LINES = 160  # characters; a command that a client wrapped is not longer


def understand(reply: Reply, context: Context) -> tuple[Said, ...]:
    """What the person said, in the order they wrote it."""
    return _Reading(context).read(reply)


def courtesies(reply: Reply, context: Context) -> tuple[str, ...]:
    """The own lines that say nothing but hello, thanks and goodbye: they are read and are no
    items."""
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
        lines = self._lines(reply)
        found = owned(blocks(lines, self._standing))
        found = [block for block in found if not self._is_polite(block, found)]
        return (*self._opening(found), *(said for block in found for said in self._said(block)))

    def _opening(self, found: list[Owned]) -> tuple[Said, ...]:
        """Takes the answer to what was asked off the first words: "No, I was ill"; "Yes please.
        And on April: ..."."""
        first = found[0] if found else None
        if (
            first is None
            or first.private
            or first.block.heading
            or first.block.kind not in ("paragraph", "alone")
        ):
            return ()
        if not self.context.asked or self._answer(first.block) is not None:
            return ()
        opened = opening(first.block.text, self.context)
        if opened is None:
            return ()
        consent, rest = opened
        lead = private_lead(rest)
        text = lead.rest if lead else rest
        found[0] = Owned(replace(first.block, text=text, typed=rest), private=lead is not None)
        return (consent,)

    def courtesies(self, reply: Reply) -> tuple[str, ...]:
        places = polite_lines(reply, self.names)
        found = owned(blocks(self._lines(reply), self._standing))
        polite = [block.block.typed for block in found if self._is_polite(block, found)]
        return (*(reply.lines[at].text for at in sorted(places)), *polite)

    def _lines(self, reply: Reply) -> list[Line]:
        """The lines to read: courtesies blanked; a typed heading that says private counts as
        "private:" above."""
        lines = without(reply, polite_lines(reply, self.names))
        result: list[Line] = []
        for line in lines:
            result.append(line)
            if (
                not line.own
                and line.rule is RowRule.HEADING
                and private_lead(line.text) is not None
            ):
                result.append(
                    Line("private:", own=True, rule=RowRule.HEADING, heading=line.heading)
                )
        return result

    def _standing(self, line: Line, fresh: bool) -> str:
        lead = private_lead(line.text)
        if lead is not None:
            return "alone" if lead.alone else "opens"
        if fresh and self._command(line.text, line) is not None:
            # its client may have wrapped it
            return "opens" if line.text.rstrip().endswith(",") else "alone"
        return "opens" if fresh and promise_lead(line.text) is not None else ""

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

    def _is_polite(self, found: Owned, all_found: list[Owned]) -> bool:
        """Thanks and thumbs at the edges of a mail, and "nothing" where promises are asked for."""
        block = found.block
        if self.context.after_meeting and block.heading in _ASKS_FOR_PROMISES:
            return fold(block.text).strip(EDGES) in self.words.sets["nothing"]
        if (
            found.private
            or block.heading
            or block.near
            or (found is not all_found[0] and found is not all_found[-1])
        ):
            return False
        return block.kind != "alone" and is_small_talk(block.text, self.names)

    def _said(self, found: Owned) -> tuple[Said, ...]:
        block = found.block
        number = self._item_above(block.near)
        block = self._unsigned(block)
        if found.private:
            return (self._kept(block, private=True),)
        answer = self._answer(block)
        if answer is not None:
            return answer
        if number is not None:
            return beside(number, block.text, self.context)
        return about_named(block.text, self.context) or (
            self._numbered(block) or self._kept(block, private=False),
        )

    def _answer(self, block: Block) -> Answer:
        """What the block commands, if it is one: a line, or a bullet, or a line that a client
        wrapped."""
        if block.kind in ("code", "row") or len(block.text) > _JOINED_LINES:
            return None
        line = Line(
            block.typed, own=True, rule=RowRule.UNJUDGED, heading=block.heading, near=block.near
        )
        bulleted = block.kind == "bullet"
        whole = unmarked(block.typed)[1] == block.text or block.kind == "alone"
        if bulleted and whole and block.mark[:1].isdecimal():  # "3. done" is about item 3
            answer = self._command(block.typed, line, bulleted=True)
            if answer is not None:
                return answer
        answer = self._command(block.text, line, bulleted=bulleted)
        guessed = answer is not None and any(isinstance(said, Problem) for said in answer)
        return answer if whole or not guessed else None

    def _unsigned(self, block: Block) -> Block:
        """Without "[Ana]" in front: Outlook puts the writer's name before words typed into a
        quote."""
        mark, _, rest = block.text.partition("] ")
        named = (
            mark.startswith("[") and rest and self.context.role_of(mark[1:]) is self.context.writer
        )
        return replace(block, text=rest) if named else block

    def _numbered(self, block: Block) -> Said | None:
        """ "3. still waiting for Dana" under the action items: a remark on item 3."""
        number = block.mark.strip("().")
        if block.heading != "action_items" or not number.isdecimal():
            return None
        known = any(int(number) == action for action, _ in self.context.actions)
        return Remarked(int(number), block.text) if known else None

    def _kept(self, block: Block, *, private: bool) -> Said:
        """The words as an item before the meeting, as a note or a promise after it."""
        if not self.context.after_meeting:
            return Item(block.text, _THEMES.get(block.heading), private, block.level)
        lead = promise_lead(block.text)
        owner = self._owner(block.heading)
        if lead or block.box or owner is not None or block.heading == "action_items":
            return promised(lead or block.text, self.context, owner, private=private)
        topic = topic_above(block.near, self.context) if not block.level else ""
        return Noted(f"{topic}: {block.text}" if topic else block.text, private, block.level)

    def _owner(self, heading: str) -> Role | None:
        writer = self.context.writer
        return {"i_will": writer, "they_will": writer.other}.get(heading)
