"""Holds: `mailbot demo` plays three meetings over real servers, shows each mail as its reader sees
it, and leaves behind what anybody can look at.
"""

import email
import html.parser
import io
import mailbox
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailbot import demo
from mailbot.commands import cli
from mailbot.commands.terminal import Terminal
from mailbot.demo.folder import MARK, OURS, claim
from mailbot.demo.lines import ShownLine, folded_lines, gist, mail_lines
from mailbot.demo.script import PLAY, read_script
from mailbot.demo.show import Showing
from mailbot.demo.telling import both_clocks, understood
from mailbot.errors import InputError, OperatorError
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line
from mailbot.meeting.model import SCHEDULED, Person, Purpose, Role
from mailbot.meeting.said import Consent, Mark, Problem, Promised, SetOwner, Verb

ROOT = Path(__file__).parents[2]
SECRETS = (
    "Ask what happens to my job if the pilot stops",
    "He says the pilot is safe until the summer. Breathe!",
)
PEOPLE = {
    "ana": Person("ana@corp.example", "Ana Silva", "Europe/Lisbon"),
    "ben": Person("ben@corp.example", "Ben Ito", "America/New_York"),
}
ROLES = {Role.REPORT: PEOPLE["ana"], Role.MANAGER: PEOPLE["ben"]}


@dataclass(frozen=True)
class Evening:
    """One performance: where it is kept, what was printed, what it came to."""

    folder: Path
    printed: str
    complaints: str
    played: demo.Played

    @property
    def page(self) -> str:
        return (self.folder / "index.html").read_text("utf8")

    def box(self, name: str) -> list[mailbox.mboxMessage]:
        with closing(mailbox.mbox(self.folder / "mailboxes" / f"{name}.mbox", create=False)) as box:
            return list(box)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    folder, out, err = tmp_path_factory.mktemp("demo") / "left", io.StringIO(), io.StringIO()
    played = demo.play(folder, Terminal(out, err, {}))
    return Evening(folder, out.getvalue(), err.getvalue(), played)


def words_of(message: email.message.Message) -> str:
    """All that a mail says and how it says it: headers, every part decoded, and the source."""
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return "\n".join(
        [message.as_string(), *(part.decode() for part in parts if isinstance(part, bytes))]
    )


# ---- what the folder holds ----


def test_every_mail_is_kept_and_numbered(evening: Evening) -> None:
    names = sorted(path.name for path in (evening.folder / "mails").iterdir())
    assert [int(name[:2]) for name in names] == list(range(1, len(evening.played.leaves) + 1))
    assert names[:3] == [
        "01-to-ana-first_agenda_request.eml",
        "02-from-ana-gmail.eml",
        "03-to-ana-receipt.eml",
    ]
    for name, leaf in zip(names, evening.played.leaves, strict=True):
        assert (evening.folder / "mails" / name).read_bytes() == leaf.mail.raw


def test_both_mailboxes_open_in_a_mail_program(evening: Evening) -> None:
    for name, person in PEOPLE.items():
        mine = Counter(
            leaf.is_reply for leaf in evening.played.leaves if leaf.person.address == person.address
        )
        sent = Counter(person.address in str(message["From"]) for message in evening.box(name))
        assert sent == mine
        dates = [
            email.utils.parsedate_to_datetime(message["Date"]) for message in evening.box(name)
        ]
        assert dates == sorted(dates)


def test_three_meetings_are_told_and_the_second_has_no_summary(evening: Evening) -> None:
    threads = Counter(
        str(message["Subject"]).removeprefix("Re: ") for message in evening.box("ana")
    )
    assert set(threads) == {
        "1:1 Ana / Ben, Thu 5 Mar",
        "1:1 Ana / Ben, Thu 12 Mar",
        "1:1 Ana / Ben, Thu 19 Mar",
    }
    summed_up = [
        leaf.place.meeting
        for leaf in evening.played.leaves
        if not leaf.is_reply and leaf.place.purpose is Purpose.SUMMARY
    ]
    assert summed_up == [1, 1, 3, 3]


def test_a_private_line_reaches_its_author_and_nobody_else(evening: Evening) -> None:
    assert [secret.words for secret in evening.played.secrets] == list(SECRETS)
    for secret in SECRETS:
        assert sum(secret in words_of(message) for message in evening.box("ana")) >= 3
        assert not any(secret in words_of(message) for message in evening.box("ben"))
    assert evening.played.leaks == 0


def test_mailbot_moved_every_mail_out_of_its_inbox(evening: Evening) -> None:
    assert (evening.played.left, evening.played.moved) == (0, evening.played.received)
    outcomes = Counter(leaf.outcome for leaf in evening.played.leaves if leaf.is_reply)
    assert outcomes == {"applied": evening.played.received - 1, "noted": 1}, (
        "and what was noted is a slip of the pen"
    )


def test_an_operator_can_look_at_what_is_kept(
    evening: Evening, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.main(["--config", str(evening.folder / "config.toml"), "status"]) == 3
    )  # it does not run any more
    told = capsys.readouterr().out
    assert re.search(r"series +1\n", told)
    assert f"{evening.played.received - 1} applied, 1 noted" in told


# ---- what happens in it ----


def test_it_shows_what_the_product_can_do(evening: Evening) -> None:
    mails = {leaf.place.purpose for leaf in evening.played.leaves if not leaf.is_reply}
    assert mails == set(Purpose) - {
        Purpose.INTRO,
        Purpose.GAP_WARNING,
        Purpose.NOTICE,
        Purpose.CONFIRM,
    }
    assert {leaf.client for leaf in evening.played.leaves if leaf.is_reply} == {
        "gmail",
        "outlook",
        "apple",
    }
    said = {type(said).__name__ for leaf in evening.played.leaves for said in leaf.said}
    assert said >= {
        "Item",
        "Noted",
        "Promised",
        "Mark",
        "Remarked",
        "MoveTo",
        "Consent",
        "Problem",
        "Undo",
        "Skip",
        "Pick",
        "Help",
    }


def test_nobody_gets_more_mails_than_promised(evening: Evening) -> None:
    scheduled = Counter(
        (leaf.role, leaf.place.meeting, leaf.place.purpose)
        for leaf in evening.played.leaves
        if not leaf.is_reply and leaf.place.purpose in SCHEDULED
    )
    assert set(scheduled.values()) == {1}
    per_meeting = Counter(
        (role, meeting)
        for role, meeting, purpose in scheduled
        if purpose is not Purpose.AGENDA_UPDATE
    )
    assert max(per_meeting.values()) <= 4


def test_what_was_not_talked_about_is_carried_over(evening: Evening) -> None:
    request = next(leaf for leaf in evening.played.leaves if leaf.place.meeting == 3)
    assert (
        "What is our plan B if the pilot is late? (Ana, carried from 12 Mar)" in request.mail.text
    )


# ---- what is printed ----


def test_a_pipe_gets_plain_lines_that_fit(evening: Evening) -> None:
    assert "\x1b" not in evening.printed
    assert evening.complaints == ""
    printed = evening.printed.replace(str(evening.folder), "demo")  # of the tests; it may be long
    assert max(map(len, printed.splitlines())) == 80


def test_every_mail_is_printed_as_its_reader_sees_it(evening: Evening) -> None:
    numbers = [
        int(number)
        for number in re.findall(
            r"^┌─ (\d+) ─ (?:Ana|Ben) (?:reads|writes, in)", evening.printed, re.MULTILINE
        )
    ]
    assert numbers == list(range(1, len(evening.played.leaves) + 1))
    assert (
        "Tuesday 3 March, 09:00 in Lisbon, 04:00 in New York\nTwo working days before"
        in evening.printed
    )
    assert "│ Date: Tuesday 3 March 2026, 09:00 (New York)" in evening.printed
    assert f"✓ agenda: Personal: {SECRETS[0]} [only Ana]" in evening.printed


def test_it_ends_with_what_it_came_to_and_where_to_look(evening: Evening) -> None:
    last = evening.printed[evening.printed.rindex("━━━") :]
    assert (
        f"{evening.played.sent} mails from mailbot and {evening.played.received} replies in "
        in last
    )
    assert "2 private lines; found in 0 mails of anybody but their author." in last
    assert str(evening.folder / "index.html") in last
    assert evening.played.seconds < 30


def test_a_terminal_gets_colour_and_an_old_one_gets_letters_it_has(evening: Evening) -> None:
    reply = next(leaf for leaf in evening.played.leaves if leaf.is_reply)
    out = io.StringIO()
    Showing(Terminal(out, io.StringIO(), {"FORCE_COLOR": "1"}), ROLES).leaf(reply, "")
    assert (
        "\x1b[1;35m- I would love to present the pilot to the board myself\x1b[0m" in out.getvalue()
    )
    assert f"\x1b[33mprivate: {SECRETS[0]}\x1b[0m" in out.getvalue()
    assert "\x1b[2m> Hi Ana,\x1b[0m" in out.getvalue()
    old = io.TextIOWrapper(io.BytesIO(), "ascii")
    Showing(Terminal(old, io.StringIO(), {}), ROLES).leaf(reply, "")
    old.seek(0)
    assert "+- 1 - Ana writes, in Gmail ---" in old.read()


# ---- the page ----


class Seen(html.parser.HTMLParser):
    """What a browser would make of the page: ids, frames, addresses it would load, words."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.frames: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.loads += [found[name] for name in ("src", "data", "poster") if name in found]
        self.loads += [found["href"]] if tag == "link" else []
        if tag == "iframe":
            assert found["sandbox"] == "allow-same-origin"  # no scripts, no forms, no way out
            self.frames.append(found["srcdoc"])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def seen(evening: Evening) -> Seen:
    seen = Seen()
    seen.feed(evening.page)
    seen.close()
    return seen


def test_the_page_has_every_mail(evening: Evening, seen: Seen) -> None:
    numbers = [int(name.removeprefix("mail-")) for name in seen.ids if name.startswith("mail-")]
    assert sorted(numbers) == list(
        range(1, len(evening.played.leaves) + 1)
    )  # Ana's before Ben's where both got one
    assert seen.frames == [evening.played.leaves[number - 1].mail.html for number in numbers]
    words = " ".join("".join(seen.text).split())
    for leaf in evening.played.leaves:
        for line in (
            leaf.mail.text
            if not leaf.is_reply
            else "\n".join(each.text for each in leaf.lines if each.own)
        ).splitlines():
            assert " ".join(line.split()) in words


def test_the_page_loads_nothing(evening: Evening, seen: Seen) -> None:
    assert seen.loads == ["data:,"]
    assert all(link.startswith(("mails/", "#")) for link in seen.links)
    assert not re.search(r"url\(|@import|https?://", evening.page)
    assert "default-src 'none'" in evening.page


def test_links_of_the_page_lead_somewhere(evening: Evening, seen: Seen) -> None:
    for link in seen.links:
        assert link[1:] in seen.ids if link.startswith("#") else (evening.folder / link).is_file()


def test_the_page_says_what_was_understood_and_where_private_lines_went(
    evening: Evening, seen: Seen
) -> None:
    words = " ".join("".join(seen.text).split())
    assert "promise Ben: ask the board for ten minutes, by Fri 6 Mar" in words
    assert f"{SECRETS[0]} 🔒 only Ana" in words
    for secret in evening.played.secrets:
        assert f"{secret.words} In {len(secret.mails)} mails of Ana" in words
    assert "In 0 of anybody else." in words
    assert "1. ask the board for ten minutes Ben, done, 10 Mar" in words


# ---- the folder before, and what can go wrong ----


def test_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    claim(tmp_path)
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "01.eml").write_text("old")
    (tmp_path / "data").symlink_to("/nowhere")
    claim(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MARK]


@pytest.mark.parametrize(
    ("names", "named"),
    [(["thesis.txt"], "thesis.txt"), ([MARK, "index.html", "notes"], "notes"), (["data"], "data")],
)
def test_a_folder_with_something_else_is_refused(
    tmp_path: Path, names: list[str], named: str
) -> None:
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(OperatorError, match=rf"holds {named}, .* another folder"):
        claim(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(
        names, "mine"
    )


def test_the_refusal_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert cli.main(["demo", str(tmp_path)]) == 78
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "thesis.txt" in err


def test_without_the_extra_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pymap.backend.dict", None)
    assert cli.main(["demo", str(tmp_path / "demo")]) == 78
    assert "pip install '.[demo]'" in capsys.readouterr().err
    assert list((tmp_path / "demo").iterdir()) == []


def test_an_interrupt_leaves_no_server_behind(tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    line = [sys.executable, "-m", "mailbot", "demo", str(tmp_path / "demo")]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stdout is not None
        while "Ana reads" not in (printed := process.stdout.readline()):
            assert printed, "it ended before it began"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "mailbot: stopped.\n")
    claim(tmp_path / "demo")  # and what it left is a demo's folder, to be replaced by the next


def test_a_mistake_in_the_play_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = PLAY.read_text("utf8").replace('under."I will"', 'under."You will"', 1)
    (tmp_path / "play.toml").write_text(broken, "utf8")
    monkeypatch.setattr(
        demo, "read_script", lambda people, home: read_script(people, home, tmp_path / "play.toml")
    )
    with pytest.raises(InputError, match=r"play\.toml: .* no line that begins with 'You will'"):
        demo.play(tmp_path / "demo", Terminal(io.StringIO(), io.StringIO(), {}))


# ---- small pieces ----


def test_times_are_told_in_both_zones() -> None:
    script = read_script(PEOPLE, "Europe/Lisbon")
    assert [f"{scene.at:%d %H:%M}" for scene in script.scenes[:2]] == ["03 09:25", "03 14:12"]
    late = script.begins.replace(hour=2)
    assert (
        both_clocks(late, *PEOPLE.values())
        == "Monday 2 March, 02:00 in Lisbon, Sunday 21:00 in New York"
    )


NAMES = {Role.REPORT: "Ana", Role.MANAGER: "Ben"}


@pytest.mark.parametrize(
    ("said", "sort", "text"),
    [
        (Promised("call Ruth"), "promise", "Ana: call Ruth"),
        (Promised("call Ruth", Role.MANAGER), "promise", "Ben: call Ruth"),
        (Mark(Verb.DROP, (3, 5)), "promise", "3, 5 is dropped"),
        (SetOwner(3, Role.MANAGER), "promise", "3 is Ben's now"),
        (Consent(yes=False), "command", "no"),
        (Problem("don 3", "done 3"), "question", '"don 3": did you mean "done 3"?'),
    ],
)
def test_what_was_understood_is_told(
    said: Promised | Mark | SetOwner | Consent | Problem, sort: str, text: str
) -> None:
    found = understood(said, Role.REPORT, NAMES)
    assert (found.sort, found.text, found.private) == (sort, text, False)


def test_quotes_are_folded_around_new_words() -> None:
    lines = [
        *(Line(f"q{n}", own=False, rule=RowRule.ALIGNED) for n in range(9)),
        Line("new", own=True, rule=RowRule.OWN),
        *(Line(f"r{n}", own=False, rule=RowRule.ALIGNED) for n in range(3)),
    ]
    assert [words.text for words in folded_lines(lines, 2)] == [
        "> ... 7 more lines ...",
        "> q7",
        "> q8",
        "new",
        "",
        "> r0",
        "> r1",
        "> r2",
    ]


def test_the_gist_of_a_mail_keeps_its_private_lines() -> None:
    items = "\n".join(f"- item {n}" for n in range(12))
    mail = f"Hi Ana,\n\nHere is the agenda.\n\nCareer\n{items}\n\nOnly you can see this\n- private: mine\n\nJust reply.\n"
    found = list(gist(mail, Purpose.AGENDA))
    assert found[-2:] == [ShownLine("- private: mine", "private"), ShownLine("and 5 more", "fold")]
    assert [words.text for words in gist(mail, Purpose.NOTES_REQUEST)] == ["Here is the agenda."]
    assert ShownLine("Career", "heading") in list(mail_lines(mail))


def test_the_folder_names_are_all_ours(evening: Evening) -> None:
    assert {path.name for path in evening.folder.iterdir()} == OURS
