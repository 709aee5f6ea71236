"""Envelopes: delivered to one connection, acknowledged or sent again."""

import asyncio
import os
import queue
import threading

import pytest
from slack_sdk import WebClient

from bot.local.errors import Refused
from bot.local.socket_mode import WouldBlock
from bot.local.workspace import LocalWorkspace
from tests.local.build import section

PUBLIC = "C0PRIMARY1"


@pytest.fixture
def heard(app):
    """The ids of the events that reached the app's listener, as they come."""
    ids = queue.Queue()
    app.event("message")(lambda body: ids.put(body["event_id"]))
    return ids


def test_an_event_is_acknowledged(workspace, heard, rosa):
    rosa.say(rosa.direct_message, "hello")
    workspace.quiet()
    assert workspace.events[0].acknowledged


def test_an_event_sent_again_keeps_its_id(workspace, heard, rosa):
    rosa.say(rosa.direct_message, "hello")
    workspace.quiet()
    again = workspace.send_again()
    workspace.quiet()
    assert again.attempt == 1
    assert again.acknowledged
    assert heard.get(timeout=10) == heard.get(timeout=10)


def test_an_event_nobody_acknowledges_is_sent_three_times_more(open_workspace, connect):
    workspace = open_workspace(ack_timeout=0, retry_after=(0, 0, 0))
    deliveries = queue.Queue()
    app = connect(workspace)
    app.middleware(lambda req, next: (deliveries.put((req.body["event_id"], req.headers)), next()))
    rosa = workspace.person("Rosa Reyes")
    rosa.say(rosa.direct_message, "hello")
    got = [deliveries.get(timeout=10) for _ in range(4)]
    assert len({event_id for event_id, _ in got}) == 1
    assert sorted(headers.get("x-slack-retry-num", ["0"])[0] for _, headers in got) == ["0", "1", "2", "3"]


def test_an_event_without_a_connection_comes_when_it_is_tried_again(open_workspace, connect):
    workspace = open_workspace(retry_after=[0.2] * 50)
    rosa = workspace.person("Rosa Reyes")
    rosa.say(rosa.direct_message, "hello")
    connect(workspace).event("message")(lambda say: say("heard you"))
    rosa.wait_for_message("heard you")


def test_each_envelope_goes_to_one_of_several_connections(workspace, connect, rosa):
    first, second = queue.Queue(), queue.Queue()
    connect(workspace).event("message")(lambda event: first.put(event["text"]))
    connect(workspace).event("message")(lambda event: second.put(event["text"]))
    rosa.wait_for(lambda: workspace.slack.socket_mode.connected == 2)
    for number in "1234":
        rosa.say(rosa.direct_message, number)
    got = [heard.get(timeout=10) for heard in (first, second, first, second)]
    assert sorted(got) == ["1", "2", "3", "4"]


def test_a_bot_that_is_disconnected_comes_back(workspace, heard, rosa):
    workspace.disconnect_bot()
    workspace.wait_until_connected()
    rosa.say(rosa.direct_message, "still there?")
    assert heard.get(timeout=10)


def test_a_ticket_admits_one_connection(workspace, client):
    url = client.apps_connections_open(app_token=workspace.app_token)["url"]
    assert url.startswith("ws://127.0.0.1:")
    ticket = url.partition("ticket=")[2].partition("&")[0]
    assert workspace.slack.socket_mode._admit(ticket)
    assert not workspace.slack.socket_mode._admit(ticket)


def test_a_late_acknowledgement_no_longer_counts(open_workspace, connect):
    workspace = open_workspace(ack_timeout=0)
    app = connect(workspace)
    acknowledged = threading.Event()
    app.command("/tiny")(lambda ack: (ack("too late"), acknowledged.set()))
    rosa = workspace.person("Rosa Reyes")
    assert "operation_timeout" in rosa.command(PUBLIC, "/tiny")
    assert acknowledged.wait(10)
    rosa.wait_for(lambda: not workspace.slack.socket_mode.in_flight)
    assert [m.user for m in rosa.messages(PUBLIC)] == ["USLACKBOT"]


def test_a_listener_may_take_its_time_after_the_acknowledgement(workspace, app, rosa):
    go_on = threading.Event()

    @app.event("message")
    def answer(ack, say):
        ack()
        go_on.wait(10)
        say(text="done", blocks=[section("done")])

    rosa.say(rosa.direct_message, "hello")
    workspace.quiet()
    assert [m.user for m in rosa.messages(rosa.direct_message)] == [rosa.id]
    go_on.set()
    rosa.wait_for_message("done")


def test_waiting_for_the_bot_on_its_own_loop_is_an_error(workspace, rosa):
    async def from_the_loop():
        rosa.command(PUBLIC, "/tiny")

    loop = workspace.slack.socket_mode.loop
    with pytest.raises(WouldBlock):
        asyncio.run_coroutine_threadsafe(from_the_loop(), loop).result()


def test_the_loop_can_wait_for_the_next_change(workspace, rosa):
    before = workspace.changes
    waiting = asyncio.run_coroutine_threadsafe(workspace.next_change(before), workspace.slack.socket_mode.loop)
    rosa.say(PUBLIC, "hello")
    assert waiting.result(10) > before


def test_closing_ends_those_who_wait_for_a_change(manifest):
    with LocalWorkspace(manifest) as workspace:
        loop = workspace.slack.socket_mode.loop
        waiting = asyncio.run_coroutine_threadsafe(workspace.next_change(10**6), loop)
    assert waiting.done()


def test_a_workspace_closes_while_the_bot_is_connected(manifest, connect):
    with LocalWorkspace(manifest) as workspace:
        connect(workspace)
        rosa = workspace.person("Rosa Reyes")
        rosa.say(PUBLIC, "hello")
    assert not [thread for thread in threading.enumerate() if thread.name == "local-workspace"]
    assert len(rosa.messages(PUBLIC)) == 1


def test_no_proxy_comes_between(manifest, connect, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with LocalWorkspace(manifest) as workspace:
        assert WebClient(workspace.bot_token, base_url=workspace.api_url).auth_test()["ok"]
        connect(workspace).command("/tiny")(lambda ack, respond: (ack(), respond("through")))
        rosa = workspace.person("Rosa Reyes")
        rosa.command(PUBLIC, "/tiny")
        rosa.wait_for_message("through")
    assert os.environ["HTTPS_PROXY"] == "http://127.0.0.1:9"


def test_after_the_end_people_can_still_look_but_reach_nobody(manifest):
    with LocalWorkspace(manifest) as workspace:
        rosa = workspace.person("Rosa Reyes")
    rosa.say(rosa.direct_message, "hello?")
    assert "dispatch_failed" in rosa.command(PUBLIC, "/tiny")
    with pytest.raises(Refused):
        rosa.command(PUBLIC, "/other")
