"""Holds: what the documents name is there, and each test file says what it holds.

Commands, settings, files, targets of make.
"""

import ast
import re
import tomllib
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from mailbot import __version__
from mailbot.commands.arguments import parser
from mailbot.config.file import Config
from mailbot.config.problems import models
from mailbot.config.shipped import template_sources
from mailbot.languages.headings import printed
from mailbot.meeting.model import Purpose
from mailbot.outbound.compose import Composer, Finished
from mailbot.outbound.samples import AT, SERIES, example
from mailbot.threads.token import ReplyTokens
from tests.kit import references

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text("utf8")
MAKEFILE = (ROOT / "Makefile").read_text("utf8")

NAMES = [pytest.param(path.read_text("utf8"), id=str(path.relative_to(ROOT))) for path in DOCUMENTS]


def commands() -> set[str]:
    (choices,) = [
        action.choices for action in parser()._actions if action.dest == "help" or action.choices
    ][-1:]
    assert choices is not None
    return set(choices)


def test_the_documents_are_there() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {path.name for path in DOCUMENTS}


def test_every_command_is_in_the_readme() -> None:
    missing = [name for name in commands() - {"demo"} if f"`mailbot {name}" not in README]
    assert not missing


def test_the_first_screen_shows_a_mail_and_both_commands() -> None:
    screen = "\n".join(README.splitlines()[:40])
    for words in (
        "Subject: 1:1 Ana / Ben",
        printed("en")["action_items"],
        printed("en")["career"],
        "make demo",
        "make test",
    ):
        assert words in screen


def test_the_mail_in_the_readme_is_one_that_mailbot_sends() -> None:
    """Header by header and sentence by sentence, whatever the lines are broken at."""
    shown = README[README.index("    From:") : README.index("She answers")]
    message = message_from_bytes(preview_of(Purpose.AGENDA_REQUEST).raw, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    sent = " ".join(body.get_content().split())
    for paragraph in shown.split("\n\n"):
        for line in [paragraph] if "You meet" in paragraph else paragraph.splitlines():
            words = " ".join(line.split())
            name, _, value = words.partition(": ")
            if name in {"From", "Subject"}:
                assert value in message[name], words
            else:
                assert words in sent, words


def preview_of(purpose: Purpose) -> Finished:
    return Composer(
        template_sources(), "mailbot@corp.example", ReplyTokens((b"a key of the tests",))
    ).compose(SERIES, example(purpose), AT)


@pytest.mark.parametrize("text", NAMES)
def test_commands_that_are_named_can_be_typed(text: str) -> None:
    for line in re.findall(r"`(?:python -m )?mailbot ([a-z]+(?: [a-zA-Z./-]+)*)", text):
        word = line.split()[0]
        assert word in commands(), line


@pytest.mark.parametrize("text", NAMES)
def test_targets_of_make_that_are_named_are_there(text: str) -> None:
    for target in re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE):
        assert f"\n{target}:" in MAKEFILE, target


@pytest.mark.parametrize("text", NAMES)
def test_settings_that_are_named_are_there(text: str) -> None:
    for table, key in re.findall(r"`\[+([a-z_]+)\]+ ([a-z_]+)`", text):
        (model,) = models(Config.model_fields[table].annotation)
        assert key in model.model_fields, f"[{table}] {key}"


@pytest.mark.parametrize("text", NAMES)
def test_files_that_are_named_are_there(text: str) -> None:
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", text)
    quoted = re.findall(r"`((?:mailbot|tests|templates|benchmarks|docs)/[A-Za-z0-9_./]+)`", text)
    places = (ROOT, ROOT / "docs", ROOT / "docs" / "howto")
    named = (*linked, *quoted)
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert not missing


def test_every_file_of_tests_says_what_it_holds() -> None:
    """Its first words are `Holds:` and one sentence, the promise in the words of the product."""
    silent = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        first, *_ = (ast.get_docstring(ast.parse(file.read_text("utf8"))) or "").split("\n\n")
        if not (first.startswith("Holds: ") and first.endswith(".") and len(first.split()) > 5):
            silent.append(str(file.relative_to(ROOT)))
    assert silent == []


def test_the_page_of_rfcs_is_made_of_what_the_code_names() -> None:
    """Writes docs/rfc.md; fails where the one that is kept differs."""
    made = references.page()
    if references.PAGE.read_text("utf8") != made:
        references.PAGE.write_text(made, "utf8")
        pytest.fail("docs/rfc.md was not true any more; it is made anew, commit it")


def test_the_page_on_the_house_is_read_in_ten_minutes() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf8").splitlines()) <= 120


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    assert project["version"] == __version__


def test_the_changelog_has_room_for_what_comes_next() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf8")
