"""Rich text from the bot: styled runs in which nothing is markup."""

import pytest

from bot.local.errors import SlackError
from bot.local.limits import checked_blocks
from bot.local.reading import lines


def run(text="Hello", **more):
    return {"type": "text", "text": text, **more}


def part(*runs, kind="rich_text_section"):
    return {"type": kind, "elements": list(runs)}


def rich(*parts):
    return {"type": "rich_text", "elements": list(parts)}


def test_styled_runs_and_quotes_are_taken_and_read():
    block = rich(
        part(run("Old", style={"strike": True}), run(" new", style={"bold": True})),
        part(run("Said."), kind="rich_text_quote"),
    )
    (checked,) = checked_blocks([block])
    assert list(lines([checked])) == ["Old new", "Said."]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (rich(part(run(""))), "must be more than 0 characters"),
        (rich(part(run(style={"loud": True}))), "invalid additional property: loud"),
        (rich(part({"type": "user", "user_id": "U1"})), "must be one of: 'text'"),
        (rich(part(kind="rich_text_list")), "must be one of: 'rich_text_section' or 'rich_text_quote'"),
    ],
)
def test_what_slack_or_this_workspace_does_not_know_is_refused(block, said):
    with pytest.raises(SlackError, match="invalid_blocks") as refused:
        checked_blocks([block])
    assert said in str(refused.value)


def test_all_text_of_a_message_counts():
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        checked_blocks([rich(part(run("x" * 13_201)))])
