"""What owners of a workspace do, and that the bot meets it as in Slack."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.local.build import section


def refused(call, **given):
    with pytest.raises(SlackApiError) as error:
        call(**given)
    return error.value.response["error"]


@pytest.fixture
def owners(workspace):
    return workspace.administration


def test_nothing_is_posted_or_changed_in_an_archived_channel(owners, client):
    ts = client.chat_postMessage(channel="C0NORTH001", text="Hello")["ts"]
    owners.archive("care-team-north")
    assert refused(client.chat_postMessage, channel="C0NORTH001", text="Hello") == "is_archived"
    assert refused(client.chat_update, channel="C0NORTH001", ts=ts, text="Hello") == "is_inactive"
    assert client.conversations_info(channel="C0NORTH001")["channel"]["is_archived"]
    owners.archive("care-team-north", archived=False)
    client.chat_postMessage(channel="C0NORTH001", text="Hello")


def test_bot_that_was_taken_out_knows_nothing_of_a_private_channel(owners, client, rosa):
    owners.take_out("care-team-north")
    assert refused(client.chat_postMessage, channel="C0NORTH001", text="Hello") == "channel_not_found"
    assert refused(client.conversations_members, channel="C0NORTH001") == "channel_not_found"
    assert "care-team-north" in [channel.name for channel in rosa.conversations()]


def test_bot_hears_that_it_came_in(manifest, open_workspace):
    manifest["settings"]["event_subscriptions"]["bot_events"].append("member_joined_channel")
    workspace = open_workspace()
    workspace.administration.take_out("care-team-north")
    workspace.administration.bring_in("care-team-north")
    (event,) = [envelope.payload for envelope in workspace.events]
    assert event["event"]["type"] == "member_joined_channel"
    assert event["event"]["user"] == event["authorizations"][0]["user_id"]


def test_new_channel_is_seen_by_its_members_alone(owners, rosa, marc):
    owners.add_channel("quiet-room", frozenset({rosa.id}), with_bot=False)
    assert "quiet-room" in [channel.name for channel in rosa.conversations()]
    assert "quiet-room" not in [channel.name for channel in marc.conversations()]


def test_anybodys_message_can_be_deleted(owners, client, rosa):
    ts = client.chat_postMessage(channel="C0PRIMARY1", text="Hello")["ts"]
    (message,) = rosa.messages("primary-care")
    owners.delete(message)
    assert rosa.messages("primary-care") == []
    assert refused(client.chat_update, channel="C0PRIMARY1", ts=ts, text="Hello") == "message_not_found"


def test_calls_are_counted_answered_or_not(workspace, client):
    client.chat_postMessage(channel="C0PRIMARY1", blocks=[section()], text="Hello")
    assert refused(client.chat_postMessage, channel="C0NOWHERE1", text="Hello") == "channel_not_found"
    assert workspace.calls("chat.postMessage") == 2
