"""How well and how fast replies are read, on the shared corpora, against the bars; a sentence where they are not there."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = tuple[str, float, str]
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
CALL = ("--callable", "benchmarks.replies:extract", "--path", str(ROOT))
TIMEOUT_S = 20.0
NOT_PUBLIC = {"interleaved", "zones-enron"}  # ours; and a stress test of mails from before 2002


def rows() -> Iterator[Row]:
    if not (SHARED / "tools" / "score_replies.py").exists():
        yield "replies: not measured, the corpora of ../shared are not there", 0.0, ""
        return
    yield from accuracy(scored())
    yield from robustness()
    yield from blow_up()


def tool(name: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "tools" / name), *CALL, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def scored() -> list[dict[str, Any]]:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        tool("score_replies.py", "--json", file.name)
        found: list[dict[str, Any]] = json.loads(Path(file.name).read_text("utf8"))
    return found


def accuracy(scores: list[dict[str, Any]]) -> Iterator[Row]:
    corpora: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in scores:
        corpora[row["corpus"]].append(row)

    def share(name: str, key: str) -> float:
        return 100 * statistics.mean(bool(row[key]) for row in corpora[name])

    public = sorted(set(corpora) - NOT_PUBLIC)
    for name in sorted(corpora):
        yield f"ok, {name} ({len(corpora[name])} mails)", share(name, "ok"), "%"
    yield (
        "ok, mean of the public corpora",
        statistics.mean(share(name, "ok") for name in public),
        "% (bar: >= 88)",
    )
    yield "ok, erp", share("erp", "ok"), "% (bar: >= 85)"
    yield "ok, interleaved", share("interleaved", "ok"), "% (bar: >= 95)"
    structured = [row for row in corpora["interleaved"] if "items" in row]
    yield (
        "items F1, interleaved",
        statistics.mean(row["items"] for row in structured),
        "(bar: >= 0.95)",
    )
    yield (
        "every section right, interleaved",
        100 * statistics.mean(row["all"] for row in structured),
        "% (bar: >= 85)",
    )
    yield (
        "mails that lost a word",
        100 * statistics.mean(row["lost"] for row in scores),
        "% (bar: <= 1)",
    )
    yield "crashes", float(sum(bool(row["err"]) for row in scores)), "(bar: 0)"
    timed = [row["ms"] for row in scores if row["corpus"] != "zones-enron"]
    yield "time a mail, median", statistics.median(timed), "ms (bar: <= 2)"


def robustness() -> Iterator[Row]:
    """The tool says "300 mails, 0 failures, median ..."."""
    words = tool("score_replies.py", "--robustness").replace(",", " ").split()
    yield f"failures on {words[0]} odd and broken mails", float(words[2]), "(bar: 0)"


def blow_up() -> Iterator[Row]:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        tool("blowup_replies.py", "--json", file.name)
        found = json.loads(Path(file.name).read_text("utf8"))
    slowest = max(each["times"][-1] or TIMEOUT_S for each in found.values())
    growth = max(each["exp"] for each in found.values() if each["exp"] is not None)
    yield f"slowest of {len(found)} hostile inputs at 1 MB", slowest, "s (bar: <= 1)"
    yield "growth exponent, the largest", growth, "(bar: <= 1.2)"
