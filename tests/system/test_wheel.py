"""Holds: what is installed carries its templates, languages and sample, and finds them where it was
unpacked.
"""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from mailbot.config.file import annotated

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, *words: str) -> str:
    """A command of the unpacked wheel, in its own folder, with nothing of the checkout in reach."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
    env |= {"PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, "-P", *words]
    done = subprocess.run(
        line, cwd=unpacked.parent, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_template_is_in_the_wheel(unpacked: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    theirs = {
        path.relative_to(unpacked / "mailbot").as_posix(): path.read_bytes()
        for path in (unpacked / "mailbot" / "templates").rglob("*")
        if path.is_file()
    }
    assert theirs == ours
    assert len(theirs) > 30


def test_every_language_is_in_the_wheel(unpacked: Path) -> None:
    ours = {path.name for path in (ROOT / "mailbot" / "languages").glob("*.toml")}
    assert {path.name for path in (unpacked / "mailbot" / "languages").glob("*.toml")} == ours
    code = "from mailbot.languages.load import lexicons; print(*lexicons())"
    assert {f"{name}.toml" for name in run(unpacked, "-c", code).split()} == ours


def test_the_sample_is_in_the_wheel(unpacked: Path) -> None:
    assert (unpacked / "mailbot" / "config.toml").read_text("utf8") == annotated()
    assert run(unpacked, "-m", "mailbot", "config") == annotated()


def test_the_wheel_finds_its_own_files(unpacked: Path) -> None:
    code = "from mailbot.config.shipped import shipped; print(shipped('templates')); print(shipped('config.toml'))"
    assert run(unpacked, "-c", code).split() == [
        str(unpacked / "mailbot" / name) for name in ("templates", "config.toml")
    ]


def test_the_wheel_renders_a_mail(unpacked: Path) -> None:
    written = run(unpacked, "-m", "mailbot", "preview", "agenda", "--folder", "looks").split()
    assert "Action items" in (unpacked.parent / written[0]).read_text("utf8")


def test_the_wheel_names_its_command_and_what_it_needs(unpacked: Path) -> None:
    (info,) = unpacked.glob("*.dist-info")
    assert "mailbot = mailbot.commands.cli:main" in (info / "entry_points.txt").read_text()
    assert "Requires-Dist: tzdata" in (info / "METADATA").read_text()


def test_nothing_else_is_in_the_wheel(unpacked: Path) -> None:
    assert {path.name.partition("-")[0] for path in unpacked.iterdir()} == {"mailbot"}
    assert not list(unpacked.rglob("*.pyc"))


def test_the_source_archive_can_be_tested_as_the_checkout_is(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    documents = {path.name for path in ROOT.glob("*.md")}
    assert names >= documents | {
        "Makefile",
        "requirements.txt",
        "requirements-dev.txt",
        ".ci/run",
        "config.toml",
        "templates/en/agenda.txt",
        "tests/kit/cases.py",
    }
