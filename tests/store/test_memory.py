"""The store in dictionaries keeps the contract."""

import pytest

from mailbot.store import Store
from mailbot.store.memory import Memory

from .contract import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return Memory()
