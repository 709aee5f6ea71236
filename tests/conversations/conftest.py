"""Every kind of store there is; the contract suite runs on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from places import Place, SQLitePlace

from conversations.store import Store


@pytest.fixture(params=["sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return {"sqlite": SQLitePlace(tmp_path / "store.db")}[request.param]


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    opened = place.open()
    yield opened
    opened.close()
