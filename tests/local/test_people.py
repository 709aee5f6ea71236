"""Who sees what, and what reaches the app when people write."""

import pytest

from bot.local.errors import Refused
from bot.local.people import BOT_USER_ID
from tests.local.build import actions, button

PUBLIC, PRIVATE = "C0PRIMARY1", "C0NORTH001"


def sent(workspace):
    return [event.payload["event"] for event in workspace.events]


def test_there_are_five_people_with_a_direct_message_each(workspace):
    assert [person.title for person in workspace.people] == [
        "Physician",
        "Nurse practitioner",
        "Nurse",
        "Supervisor",
        "Supervisor",
    ]
    assert len({person.direct_message.id for person in workspace.people}) == 5


def test_people_are_found_by_name_handle_title_or_id(workspace):
    for who in ("Rosa Reyes", "rosa.reyes", "Nurse", "U0REYES001"):
        assert workspace.person(who).name == "Rosa Reyes"
    with pytest.raises(LookupError, match="2 people fit 'Supervisor'"):
        workspace.person("Supervisor")


def test_a_private_channel_does_not_exist_for_others(rosa, oksana):
    rosa.say("care-team-north", "between us")
    assert [c.name for c in oksana.conversations()] == ["primary-care", ""]
    with pytest.raises(Refused, match="sees no channel"):
        oksana.messages("care-team-north")
    with pytest.raises(Refused, match="sees no channel"):
        oksana.say("care-team-north", "me too")


def test_nobody_presses_a_button_in_a_channel_they_do_not_see(client, rosa, oksana):
    client.chat_postMessage(channel=PRIVATE, text="x", blocks=[actions(button())])
    with pytest.raises(Refused, match="sees no channel"):
        oksana.click(rosa.wait_for_message("", PRIVATE), "Press")


def test_everybody_in_a_channel_reads_what_is_said_there(rosa, marc):
    rosa.say("#primary-care", "hello @Marc Desrosiers")
    assert [m.text for m in marc.messages(PUBLIC)] == ["hello <@U0DESROS01>"]


def test_a_message_in_a_channel_reaches_the_app_only_if_it_mentions_the_bot(workspace, rosa):
    rosa.say(PUBLIC, "nobody in particular")
    assert sent(workspace) == []
    said = rosa.mention(PUBLIC, "who signs?")
    (event,) = sent(workspace)
    assert event == {
        "type": "app_mention",
        "user": rosa.id,
        "text": f"<@{BOT_USER_ID}> who signs?",
        "ts": said.ts,
        "team": "T0LOCAL001",
        "blocks": list(said.blocks),
        "client_msg_id": said.client_msg_id,
        "channel": PUBLIC,
        "event_ts": said.ts,
    }


def test_a_direct_message_reaches_the_app(workspace, rosa):
    said = rosa.say(rosa.direct_message, "who signs & when?")
    (event,) = sent(workspace)
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", rosa.direct_message.id)
    assert (event["text"], event["ts"], event["user"]) == ("who signs &amp; when?", said.ts, rosa.id)


def test_a_message_and_a_mention_are_two_events_where_both_are_subscribed(manifest, open_workspace):
    manifest["settings"]["event_subscriptions"]["bot_events"].append("message.channels")
    manifest["oauth_config"]["scopes"]["bot"].append("channels:history")
    workspace = open_workspace()
    workspace.person("Rosa Reyes").mention(PUBLIC, "hello")
    assert [(e["type"], e.get("channel_type")) for e in sent(workspace)] == [
        ("message", "channel"),
        ("app_mention", None),
    ]


def test_the_event_says_where_it_comes_from(workspace, rosa, clock):
    rosa.say(rosa.direct_message, "hello")
    payload = workspace.events[0].payload
    assert payload["type"] == "event_callback"
    assert payload["event_time"] == int(clock().timestamp())
    assert payload["authorizations"][0]["user_id"] == BOT_USER_ID
    assert payload["event_id"].startswith("Ev")


def test_replies_name_their_thread(workspace, rosa, marc):
    root = rosa.say(PUBLIC, "root")
    marc.mention(PUBLIC, "what do you think?", thread_ts=root.ts)
    (event,) = sent(workspace)
    assert (event["thread_ts"], event["parent_user_id"]) == (root.ts, rosa.id)
    assert [m.replies for m in rosa.messages(PUBLIC)] == [1]
    assert [m.user for m in rosa.messages(PUBLIC, root.ts)] == [rosa.id, marc.id]


def test_edits_and_deletions_by_the_bot_are_events_too(workspace, client, rosa):
    ts = client.chat_postMessage(channel=rosa.id, text="one")["ts"]
    channel = rosa.direct_message.id
    client.chat_update(channel=channel, ts=ts, text="two")
    client.chat_delete(channel=channel, ts=ts)
    assert [event.get("subtype") for event in sent(workspace)] == [None, "message_changed", "message_deleted"]
    assert sent(workspace)[1]["message"]["text"] == "two"


def test_timestamps_rise_even_when_the_clock_stands_still(rosa):
    stamps = [rosa.say(PUBLIC, str(number)).ts for number in range(20)]
    assert stamps == sorted(set(stamps))


def test_the_composer_tells_commands_from_messages(rosa):
    rosa.enter(PUBLIC, "just words")
    assert [m.shown for m in rosa.messages(PUBLIC)] == ["just words"]
    with pytest.raises(Refused, match="/unknown is not a valid command"):
        rosa.enter(PUBLIC, "/unknown words")
    with pytest.raises(Refused, match="There is nothing to send"):
        rosa.enter(PUBLIC, "  ")


def test_a_thread_that_is_gone_takes_no_replies(client, rosa):
    ts = client.chat_postMessage(channel=PUBLIC, text="one")["ts"]
    client.chat_delete(channel=PUBLIC, ts=ts)
    with pytest.raises(Refused, match="thread was deleted"):
        rosa.say(PUBLIC, "reply", thread_ts=ts)


def test_whoever_waits_in_vain_reads_what_is_on_the_screen(client, rosa):
    rosa.say(PUBLIC, "hello")
    client.chat_postEphemeral(channel=PUBLIC, user=rosa.id, text="psst")
    with pytest.raises(TimeoutError) as waited:
        rosa.wait_for_message("never", timeout=0)
    assert "Rosa Reyes waited in vain" in str(waited.value)
    assert "#primary-care:\n  Rosa Reyes: 'hello'\n  Tiny App (only you): 'psst'" in str(waited.value)


def test_every_change_is_counted(workspace, rosa):
    before = workspace.changes
    rosa.say(PUBLIC, "hello")
    assert workspace.wait_for_change(before) > before


def test_names_stand_for_ids(workspace):
    assert workspace.names["U0REYES001"] == "Rosa Reyes"
    assert workspace.names[BOT_USER_ID] == "Tiny App"
    assert workspace.names[PUBLIC] == "primary-care"
