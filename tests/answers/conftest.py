"""The answerer of the built-in content."""

import pytest

from guideline_content.engine import Answerer, open_answerer


@pytest.fixture(scope="package")
def answerer() -> Answerer:
    return open_answerer()
