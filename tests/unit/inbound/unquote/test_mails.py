"""Holds: of every mail in tests/mails/clients, as each client emits it, exactly the newly written
lines come out.

Each is named client_trouble, with the truth beside it. Its .toml has: `trouble` in words, `answers`
(the mail of ours that it answers, by the name of the .txt beside it) and `lines`, what the person
newly wrote, each with the heading it stands `under` and, where it matters, the line of ours it
stands `near`.
"""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailbot.inbound.message.parse import Body, Unreadable, parse
from mailbot.inbound.unquote.lines import Reply, new_lines

CORPUS = Path(__file__).parents[3] / "mails" / "clients"
MAILS = sorted(CORPUS.glob("*.eml"))
MUTATIONS = 200
SLOW_S = 0.25  # of the processor; 100 times the usual


def read(path: Path) -> tuple[Reply, dict[str, Any]]:
    truth = tomllib.loads(path.with_suffix(".toml").read_text("utf8"))
    return new_lines(parse(path.read_bytes()).body, sent(truth["answers"])), truth


def sent(name: str) -> str:
    return (CORPUS / f"{name}.txt").read_text("utf8")


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_the_new_words_come_out(path: Path) -> None:
    reply, truth = read(path)
    found = [
        {"under": line.heading, "text": line.text, "near": line.near}
        for line in reply.own
        if line.text.strip() and line.rule != "private section"
    ]
    wanted = [
        {"near": got["near"], **line} for line, got in zip(truth["lines"], found, strict=False)
    ]
    assert found == [*wanted, *truth["lines"][len(found) :]], truth["trouble"]


def test_the_corpus_is_as_large_as_it_claims() -> None:
    assert len(MAILS) >= 60
    assert all(path.with_suffix(".toml").exists() and "_" in path.stem for path in MAILS)
    assert len({path.stem.split("_")[0] for path in MAILS}) >= 25


@pytest.mark.slow
@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_mutations_neither_crash_nor_hang(path: Path) -> None:
    chance = random.Random(path.stem)
    raw, (_, truth) = path.read_bytes(), read(path)
    ours = sent(truth["answers"])
    for mutant in mutants(raw, parse(raw).body, chance):
        begin = time.process_time()
        try:
            body = parse(mutant).body if isinstance(mutant, bytes) else mutant
            reply = new_lines(body, ours)
        except Unreadable:
            continue
        assert time.process_time() - begin < SLOW_S
        assert all(line.rule for line in reply.lines)


def mutants(raw: bytes, body: Body, chance: random.Random) -> Iterator[bytes | Body]:
    """Half of them have bytes of the mail changed, half have lines of the decoded body cut, doubled, moved or joined."""
    for _ in range(MUTATIONS // 2):
        octets = bytearray(raw)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(octets))
            octets[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 2))
        yield bytes(octets)
        yield Body(_shuffled(body.text, chance), _shuffled(body.html, chance))


def _shuffled(text: str | None, chance: random.Random) -> str | None:
    if not text:
        return text
    pieces = text.replace("><", ">\n<").split("\n")
    for _ in range(chance.randint(1, 6)):
        at, to = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                pieces[at] = ""
            case 1:
                pieces.insert(at, pieces[to])
            case 2:
                pieces[at], pieces[to] = pieces[to], pieces[at]
            case _:
                pieces[at] = pieces[at] + pieces[to]
    return "\n".join(pieces)
