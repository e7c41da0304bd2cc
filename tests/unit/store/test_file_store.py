"""Holds: the store in files keeps the contract of a store, and what it says is still so after the
process is gone.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.store.files.store import FileStore
from mailbot.store.protocol import Store
from tests.unit.store.contract import StoreContract


class TestFileStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = FileStore(tmp_path / "data")
        yield store
        store.close()
