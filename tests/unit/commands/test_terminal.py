"""Holds: colour and progress are for terminals; a pipe gets plain lines, and a reader that leaves
early is no mistake.
"""

import io
import logging
import os
import subprocess
import sys

import pytest

from mailbot.commands.log import LineFormatter
from mailbot.commands.terminal import Terminal
from tests.unit.commands.conftest import ROOT


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "coloured"),
    [
        (Screen(), {}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (Screen(), {"NO_COLOR": "1"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals(
    stream: io.StringIO, environ: dict[str, str], coloured: bool
) -> None:
    terminal = Terminal(stream, io.StringIO(), environ)
    assert terminal.paint("ok", "green") == ("\x1b[32mok\x1b[0m" if coloured else "ok")


def test_progress_is_for_terminals() -> None:
    screen, pipe = Screen(), io.StringIO()
    assert list(Terminal(io.StringIO(), screen, {}).progress(["a", "b"], "reading")) == ["a", "b"]
    assert "reading 2 of 2 ..." in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")
    assert list(Terminal(io.StringIO(), pipe, {}).progress("ab", "reading")) == ["a", "b"]
    assert pipe.getvalue() == ""


def test_a_table_is_aligned_on_a_terminal_and_plain_in_a_pipe() -> None:
    screen, pipe = Screen(), io.StringIO()
    rows = [("abc", 5), ("\x1b[2J", 12)]
    for out in (screen, pipe):
        Terminal(out, io.StringIO(), {"NO_COLOR": "1"}).table(("name", "size"), rows)
    assert screen.getvalue() == "name  size\nabc   5\n\N{REPLACEMENT CHARACTER}[2J  12\n"
    assert pipe.getvalue() == "abc\t5\n\N{REPLACEMENT CHARACTER}[2J\t12\n"


def test_a_reader_that_leaves_early_is_no_mistake() -> None:
    """`mailbot config | head -1`"""
    read, write = os.pipe()
    os.close(read)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "mailbot", "config"]
    done = subprocess.run(line, stdout=write, stderr=subprocess.PIPE, env=env, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_name_without_letters_for_it_is_still_shown() -> None:
    octets = io.BytesIO()
    out = io.TextIOWrapper(octets, encoding="ascii")
    Terminal(out, io.StringIO(), {}).say("Łukasz")
    out.flush()
    assert octets.getvalue() == rb"\u0141ukasz" + b"\n"


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (
            {"action": "applied", "reason": "", "series": "abcdefgh"},
            "mail action=applied series=abcdefgh",
        ),
        (
            {"action": "ignored", "reason": "a \x1b list"},
            'mail action=ignored reason="a \\u001b list"',
        ),
        ({}, "mail"),
    ],
)
def test_a_record_of_the_log_is_one_line(facts: dict[str, str], line: str) -> None:
    record = logging.makeLogRecord(
        {"name": "mailbot.service.app", "levelname": "INFO", "msg": "mail", "created": 0.0, **facts}
    )
    assert LineFormatter().format(record) == f"1970-01-01T00:00:00Z INFO mailbot.service.app {line}"
