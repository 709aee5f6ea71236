"""What buttons carry, and how long failures are left alone."""

from datetime import timedelta

import pytest

from bot.delivery.patience import LONGEST, Patience
from bot.references import Origin, Reference, Screen


def test_button_carries_what_it_is_about() -> None:
    about = Reference("TR-4F7K", "work-together", 3, "done")
    assert Reference.parse(about.value()) == about


def test_screen_and_form_carry_where_they_come_from() -> None:
    screen = Screen("readiness", "TR-4F7K", "step", 2)
    assert Screen.parse(screen.metadata()) == screen
    origin = Origin(Reference("TR-4F7K", "1", 2, "f" * 64), "nonce", True, "V1", screen.metadata())
    assert Origin.parse(origin.metadata()) == origin


@pytest.mark.parametrize("metadata", ["", "ending:0", Origin(Reference(""), "nonce").metadata()])
def test_what_is_no_screen_is_none(metadata: str) -> None:
    assert Screen.parse(metadata) is None


def test_patience_doubles_up_to_an_end_and_forgets() -> None:
    patience = Patience(timedelta(seconds=1))
    waits = [patience.after_failure("card").total_seconds() for _ in range(4)]
    assert waits == [1, 2, 4, 8]
    for _ in range(100):
        last = patience.after_failure("card")
    assert last == LONGEST
    assert patience.after_failure("letter") == timedelta(seconds=1)
    patience.forget("card")
    assert patience.after_failure("card") == timedelta(seconds=1)
