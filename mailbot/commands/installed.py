"""The installation as commands open it: to look, beside a running mailbot, or to act, in its
place."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from mailbot.config.file import Config, load
from mailbot.errors import InUse
from mailbot.store.open import open_store
from mailbot.store.protocol import Store

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot


def looking(args: Namespace) -> closing[Store]:
    """Open the store to look; nothing can be written. Closed at the end of the block."""
    return closing(open_store(load(args.config).data_folder, look=True))


@contextmanager
def acting(config: Config) -> Iterator[Mailbot]:
    """Open a mailbot that decides and writes. Raises InUse while another one runs."""
    # 0.2 s that a command which only looks, or was wrongly typed, does not pay
    from mailbot.service.runtime.wiring import open_mailbot  # noqa: PLC0415

    try:
        with open_mailbot(config) as mailbot:
            yield mailbot
    except InUse as error:
        folder = config.data_folder
        raise InUse(
            f"A mailbot runs on {folder}: stop it for a moment, run this, start it again"
        ) from error
