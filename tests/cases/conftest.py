"""A clinic on a file of its own, with the built-in content."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinic import Clinic

from guideline_content.loading import BUILT_IN, load
from guideline_content.pathway import Pathway
from guideline_content.pathway_loading import load_pathway


@pytest.fixture(scope="session")
def pathway() -> Pathway:
    return load_pathway(BUILT_IN, load())


@pytest.fixture
def clinic(tmp_path: Path, pathway: Pathway) -> Iterator[Clinic]:
    opened = Clinic(tmp_path / "store.db", pathway)
    yield opened
    opened.store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in content that a test may break."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "content"))
