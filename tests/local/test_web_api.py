"""The Web API: who may call what, with which arguments, and what comes back."""

import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.local.faults import LostAnswer, RateLimited, ServerError
from bot.local.people import BOT_ID, BOT_USER_ID
from tests.local.build import actions, button, section

PUBLIC, PRIVATE = "C0PRIMARY1", "C0NORTH001"
NOWHERE = "C0NOWHERE1"


def refused(call, *args, **kwargs):
    with pytest.raises(SlackApiError) as error:
        call(*args, **kwargs)
    return error.value.response.data


def posted(client, **more):
    return client.chat_postMessage(channel=PUBLIC, text="hello", **more)["ts"]


# tokens, scopes, arguments


def test_a_call_without_token_is_refused(workspace):
    assert refused(WebClient(base_url=workspace.api_url).auth_test)["error"] == "not_authed"


def test_a_call_with_a_wrong_token_is_refused(workspace):
    assert refused(WebClient("xoxb-other", base_url=workspace.api_url).auth_test)["error"] == "invalid_auth"


def test_each_token_is_good_for_its_own_methods_only(workspace, client):
    with_app_token = WebClient(workspace.app_token, base_url=workspace.api_url)
    assert refused(with_app_token.auth_test)["error"] == "not_allowed_token_type"
    wrong = refused(client.apps_connections_open, app_token=workspace.bot_token)
    assert wrong["error"] == "not_allowed_token_type"


def test_the_bot_learns_who_it_is(client):
    answer = client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["is_enterprise_install"]) == (BOT_USER_ID, BOT_ID, False)


def test_an_unknown_method_is_refused(client):
    assert refused(client.api_call, "chat.scheduleMessage", json={"channel": PUBLIC})["error"] == "unknown_method"


@pytest.mark.parametrize("how", ["json", "params", "data"])
def test_an_unknown_argument_is_refused_however_it_is_sent(client, how):
    arguments = {"channel": PUBLIC, "text": "hello", "colour": "red"}
    answer = refused(client.api_call, "chat.postMessage", **{how: arguments})
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] invalid additional property: colour"]


def test_a_missing_argument_is_named(client):
    answer = refused(client.api_call, "chat.postMessage", json={"text": "hello"})
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize("how", ["params", "data"])
def test_blocks_may_come_as_json_in_a_form(client, rosa, how):
    blocks = '[{"type": "section", "text": {"type": "mrkdwn", "text": "from a form"}}]'
    client.api_call("chat.postMessage", **{how: {"channel": PUBLIC, "text": "x", "blocks": blocks}})
    assert rosa.messages(PUBLIC)[0].shown == "from a form"


SCOPED = {
    "chat.postMessage": ("chat:write", {"channel": PUBLIC, "text": "hello"}),
    "chat.postEphemeral": ("chat:write", {"channel": PUBLIC, "user": "U0REYES001", "text": "hello"}),
    "users.info": ("users:read", {"user": "U0REYES001"}),
    "users.list": ("users:read", {}),
    "conversations.open": ("im:write", {"users": "U0REYES001"}),
    "conversations.info": ("channels:read", {"channel": PUBLIC}),
    "conversations.members": ("groups:read", {"channel": PRIVATE}),
    "conversations.list": ("groups:read", {"types": "public_channel,private_channel"}),
    "bots.info": ("users:read", {"bot": BOT_ID}),
}


@pytest.mark.parametrize(("method", "scope", "arguments"), [(name, *given) for name, given in SCOPED.items()])
def test_a_method_needs_its_scope(manifest, open_workspace, method, scope, arguments):
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    workspace = open_workspace()
    client = WebClient(workspace.bot_token, base_url=workspace.api_url)
    answer = refused(client.api_call, method, params=arguments)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert answer["provided"].split(",") == manifest["oauth_config"]["scopes"]["bot"]


@pytest.mark.parametrize(("method", "arguments"), [(name, given) for name, (_, given) in SCOPED.items()])
def test_with_its_scope_the_method_answers(client, method, arguments):
    assert client.api_call(method, params=arguments)["ok"]


def test_everything_refused_is_kept_for_who_asks(workspace, client):
    refused(client.chat_postMessage, channel=NOWHERE, text="hello")
    assert [(r.what, r.error) for r in workspace.refusals] == [("chat.postMessage", "channel_not_found")]


def test_only_this_machine_may_call(workspace):
    request = urllib.request.Request(f"{workspace.api_url}api.test", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request)


# messages

BAD_MESSAGES = {
    "no text": ({"text": ""}, "no_text"),
    "endless text": ({"text": "x" * 40_001}, "msg_too_long"),
    "unknown channel": ({"channel": NOWHERE}, "channel_not_found"),
    "channel by name": ({"channel": "#primary-care"}, "channel_not_found"),
    "unknown thread": ({"thread_ts": "1.000001"}, "thread_not_found"),
    "blocks that are no list": ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
    "blocks that are no JSON": ({"blocks": "["}, "invalid_blocks_format"),
    "bad block": ({"blocks": [{"type": "carousel"}]}, "invalid_blocks"),
    "too much text in blocks": ({"blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long"),
    "metadata without type": ({"metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    "metadata that is no object": ({"metadata": {"event_type": "a", "event_payload": 1}}, "invalid_metadata_schema"),
}


@pytest.mark.parametrize(("change", "error"), BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_bad_messages_are_refused_by_name(client, rosa, change, error):
    answer = refused(client.api_call, "chat.postMessage", json={"channel": PUBLIC, "text": "hello"} | change)
    assert answer["error"] == error
    assert rosa.messages(PUBLIC) == []


def test_a_channel_the_bot_is_not_in_is_refused(client, workspace):
    state = workspace.slack.state
    for channel in (PUBLIC, PRIVATE):
        here = state.channels[channel]
        state.channels[channel] = type(here)(here.id, here.name, here.kind, here.members - {BOT_USER_ID})
    assert refused(client.chat_postMessage, channel=PUBLIC, text="x")["error"] == "not_in_channel"
    assert refused(client.chat_postMessage, channel=PRIVATE, text="x")["error"] == "channel_not_found"


def test_posting_to_a_person_is_a_direct_message(client, rosa, marc):
    client.chat_postMessage(channel=rosa.id, text="just you")
    assert [m.shown for m in rosa.messages(rosa.direct_message)] == ["just you"]
    assert marc.messages(marc.direct_message) == []


def test_replies_lie_in_the_thread_and_are_counted_at_its_root(client, rosa):
    root = posted(client)
    client.chat_postMessage(channel=PUBLIC, text="reply", thread_ts=root)
    assert [(m.shown, m.replies) for m in rosa.messages(PUBLIC)] == [("hello", 1)]
    assert [m.shown for m in rosa.messages(PUBLIC, root)] == ["hello", "reply"]


def test_an_update_changes_what_people_see(client, rosa):
    ts = posted(client, blocks=[section("first")])
    client.chat_update(channel=PUBLIC, ts=ts, text="x", blocks=[section("second")])
    (message,) = rosa.messages(PUBLIC)
    assert (message.shown, message.edited) == ("second", True)


def test_an_update_without_blocks_leaves_them(client, rosa):
    ts = posted(client, blocks=[section("first")])
    client.chat_update(channel=PUBLIC, ts=ts, text="other fallback")
    assert rosa.messages(PUBLIC)[0].shown == "first"
    client.chat_update(channel=PUBLIC, ts=ts, text="only text", blocks=[])
    assert rosa.messages(PUBLIC)[0].shown == "only text"


def test_only_existing_messages_of_its_own_can_be_updated_or_deleted(client, rosa):
    theirs = rosa.say(PUBLIC, "mine").ts
    hidden = client.chat_postEphemeral(channel=PUBLIC, user=rosa.id, text="x")["message_ts"]
    assert refused(client.chat_update, channel=PUBLIC, ts=theirs, text="x")["error"] == "cant_update_message"
    assert refused(client.chat_delete, channel=PUBLIC, ts=theirs)["error"] == "cant_delete_message"
    assert refused(client.chat_update, channel=PUBLIC, ts="1.000001", text="x")["error"] == "message_not_found"
    assert refused(client.chat_update, channel=PUBLIC, ts=hidden, text="x")["error"] == "message_not_found"


def test_a_deleted_message_is_gone_and_its_thread_stays(client, rosa):
    root = posted(client)
    client.chat_postMessage(channel=PUBLIC, text="reply", thread_ts=root)
    client.chat_delete(channel=PUBLIC, ts=root)
    assert rosa.messages(PUBLIC) == []
    assert [m.shown for m in rosa.messages(PUBLIC, root)] == ["reply"]
    client.chat_postMessage(channel=PUBLIC, text="another", thread_ts=root)


def test_an_ephemeral_message_is_seen_by_its_addressee_alone(client, rosa, marc):
    client.chat_postEphemeral(channel=PUBLIC, user=rosa.id, text="psst", blocks=[actions(button())])
    assert [m.to for m in rosa.messages(PUBLIC)] == [rosa.id]
    assert marc.messages(PUBLIC) == []


def test_an_ephemeral_message_needs_a_member(client, oksana):
    answer = refused(client.chat_postEphemeral, channel=PRIVATE, user=oksana.id, text="psst")
    assert answer["error"] == "user_not_in_channel"


def test_the_answer_holds_the_message_as_kept(client):
    message = client.chat_postMessage(channel=PUBLIC, text="hello", blocks=[section()])["message"]
    assert message["user"] == BOT_USER_ID
    assert message["bot_id"] == BOT_ID
    assert message["blocks"][0]["block_id"]


def test_a_permalink_is_given_for_a_message_that_exists(client):
    ts = posted(client)
    assert PUBLIC in client.chat_getPermalink(channel=PUBLIC, message_ts=ts)["permalink"]
    missing = refused(client.chat_getPermalink, channel=PUBLIC, message_ts="1.000001")
    assert missing["error"] == "message_not_found"


# people and conversations


def test_members_are_described(client):
    user = client.users_info(user="U0REYES001")["user"]
    assert (user["real_name"], user["profile"]["title"], user["is_bot"]) == ("Rosa Reyes", "Nurse", False)
    assert client.users_info(user=BOT_USER_ID)["user"]["is_bot"]
    assert refused(client.users_info, user="U0NOBODY01")["error"] == "user_not_found"


def test_conversations_are_described_by_kind(client):
    assert client.conversations_info(channel=PRIVATE)["channel"]["is_private"]
    assert not client.conversations_info(channel=PUBLIC)["channel"]["is_private"]
    direct = client.conversations_open(users="U0REYES001")["channel"]["id"]
    assert client.conversations_info(channel=direct)["channel"]["user"] == "U0REYES001"


def test_the_private_channel_has_all_members_but_one(client, oksana):
    members = client.conversations_members(channel=PRIVATE)["members"]
    assert len(members) == 5
    assert BOT_USER_ID in members
    assert oksana.id not in members


def test_conversations_are_listed_by_type(client, oksana):
    names = [c["name"] for c in client.conversations_list(types="public_channel,private_channel")["channels"]]
    assert names == ["primary-care", "care-team-north"]
    hers = client.users_conversations(user=oksana.id, types="public_channel,private_channel")["channels"]
    assert [c["name"] for c in hers] == ["primary-care"]
    assert refused(client.conversations_list, types="secret")["error"] == "invalid_types"


# failures on purpose


def test_a_rate_limit_says_when_to_come_back(workspace, client, rosa):
    workspace.faults.add("chat.postMessage", RateLimited(retry_after=7))
    with pytest.raises(SlackApiError) as error:
        posted(client)
    assert error.value.response.status_code == 429
    assert error.value.response.headers["Retry-After"] == "7"
    assert rosa.messages(PUBLIC) == []
    posted(client)


def test_a_server_error_is_no_json_and_does_nothing(workspace, client, rosa):
    workspace.faults.add("chat.postMessage", ServerError(503))
    with pytest.raises(SlackApiError) as error:
        posted(client)
    assert error.value.response.status_code == 503
    assert rosa.messages(PUBLIC) == []


def test_a_lost_answer_leaves_the_message_posted(workspace, rosa):
    workspace.faults.add("chat.postMessage", LostAnswer())
    hasty = WebClient(workspace.bot_token, base_url=workspace.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        posted(hasty)
    assert [m.shown for m in rosa.messages(PUBLIC)] == ["hello"]


def test_offline_every_call_is_refused_and_nothing_is_lost(workspace, client, rosa):
    posted(client)
    without_retries = WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
    with workspace.offline(), pytest.raises((OSError, SlackClientError)):
        posted(without_retries)
    posted(client)
    assert len(rosa.messages(PUBLIC)) == 2
