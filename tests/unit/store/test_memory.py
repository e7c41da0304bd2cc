"""Holds: the store in dictionaries keeps the contract of a store."""

import pytest

from mailbot.store.memory import Memory
from mailbot.store.protocol import Store
from tests.unit.store.contract import StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return Memory()
