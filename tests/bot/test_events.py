"""Twice is once, whatever Slack sends again; and what is not a person's message is left alone."""

import pytest

from bot.local.model import Message
from tests.bot.conftest import Clinic

LETTER = "What goes in the letter?"


def answers(clinic: Clinic) -> list[Message]:
    rosa = clinic.nurse
    roots = [message for where in rosa.conversations() for message in rosa.messages(where)]
    threads = [rosa.messages(root.channel, root.ts) for root in roots]
    return [m for thread in threads for m in thread if m.from_bot and "What the letter contains" in m.shown]


def test_event_delivered_five_times_is_answered_once(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.say(rosa.direct_message, LETTER)
    rosa.wait_for_message("What the letter contains")
    for _ in range(4):
        clinic.workspace.send_again()
    clinic.workspace.quiet()
    asked = rosa.mention("primary-care", LETTER)
    rosa.wait_for_message("What the letter contains", "primary-care", after=asked)
    assert len(answers(clinic)) == 2


def test_one_message_that_comes_as_two_events_is_answered_once(clinic: Clinic) -> None:
    rosa = clinic.nurse
    said = rosa.mention("primary-care", LETTER)
    rosa.wait_for_message("What the letter contains", "primary-care")
    again = {"type": "app_mention", "user": rosa.id, "text": said.text, "ts": said.ts, "channel": said.channel}
    clinic.workspace.slack.publish("app_mention", again)
    clinic.workspace.quiet()
    asked = rosa.say(rosa.direct_message, LETTER)
    rosa.wait_for_message("What the letter contains", rosa.direct_message, after=asked)
    assert len(answers(clinic)) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
        {"bot_id": "B0SOMEBODY"},
        {"user": None},
    ],
)
def test_what_no_person_wrote_is_acknowledged_and_left_alone(more: dict[str, object], clinic: Clinic) -> None:
    rosa = clinic.nurse
    where = rosa.direct_message
    event = {"type": "message", "user": rosa.id, "text": LETTER, "ts": "1.000001", "channel": where.id}
    clinic.workspace.slack.publish("message.im", event | {"channel_type": "im"} | more)
    clinic.workspace.quiet()
    asked = rosa.say(where, LETTER)
    rosa.wait_for_message("What the letter contains", where, after=asked)
    assert len(answers(clinic)) == 1


def test_app_home_opened_for_the_messages_tab_publishes_nothing(clinic: Clinic) -> None:
    clinic.nurse.open_direct_message()
    clinic.workspace.quiet()
    clinic.nurse.say(clinic.nurse.direct_message, LETTER)
    clinic.nurse.wait_for_message("What the letter contains")
    assert clinic.nurse.home is None
