"""A copy of the built-in content that a test may break."""

import shutil
from pathlib import Path

import pytest

from guideline_content.loading import BUILT_IN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "content"))
