"""A ledger on each database in turn."""

from collections.abc import Iterator

import pytest

from goodoffices.ledger.store import Ledger, open_ledger
from ledger.making import ticking


@pytest.fixture
def ledger(ledger_address: str) -> Iterator[Ledger]:
    opened = open_ledger(ledger_address, ticking())
    yield opened
    opened.close()
