import json
import re

from bot.local.page.authors import author, initials
from bot.local.page.fields import field_name


def shown(ask, person, place):
    """The page as text, without markup and surplus space."""
    html = ask(f"/as/{person.id}/{place}").text
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_one_begins_as_the_first_person_before_the_bot(ask, workspace):
    first = workspace.people[0]
    answer = ask("/")
    assert answer.status == 307
    assert answer.headers["Location"] == f"/as/{first.id}/{first.direct_message.id}"


def test_a_conversation_shows_who_said_what_when(ask, rosa, marc):
    rosa.say("primary-care", "One\nTwo")
    text = shown(ask, marc, "C0PRIMARY1")
    assert "Monday, March 2" in text or "Today" in text
    assert "Rosa Reyes 9:00 AM One Two" in text


def test_a_message_that_goes_on_within_five_minutes_does_not_repeat_the_picture(ask, rosa, clock):
    rosa.say("primary-care", "One")
    clock.advance(299)
    rosa.say("primary-care", "Two")
    clock.advance(300)
    rosa.say("primary-care", "Three")
    html = ask(f"/as/{rosa.id}/C0PRIMARY1").text
    lines = re.findall(r'<li class="(message[^"]*)"', html)
    assert ["message-follows" in line for line in lines] == [False, True, False]


def test_a_day_that_passed_is_named(ask, rosa, clock):
    rosa.say("primary-care", "Then")
    assert " Today " in shown(ask, rosa, "C0PRIMARY1")
    clock.advance(24 * 3600)
    assert " Yesterday " in shown(ask, rosa, "C0PRIMARY1")
    clock.advance(24 * 3600)
    assert "Monday, March 2 " in shown(ask, rosa, "C0PRIMARY1")
    clock.advance(365 * 24 * 3600)
    assert "Monday, March 2, 2026 " in shown(ask, rosa, "C0PRIMARY1")


def test_a_thread_shows_beside_its_conversation(ask, rosa, marc):
    root = rosa.say("primary-care", "Who signs?")
    marc.say("primary-care", "The provider.", root.ts)
    assert "MD 1 reply Last at 9:00 AM" in shown(ask, rosa, "C0PRIMARY1")
    assert "The provider." not in shown(ask, rosa, "C0PRIMARY1")
    thread = shown(ask, rosa, f"C0PRIMARY1?thread={root.ts}")
    assert re.search(r"Thread #primary-care .* Who signs\? 1 reply .* The provider\.", thread)


def test_an_ephemeral_message_says_so_to_the_one_who_sees_it(ask, client, rosa, marc):
    client.chat_postEphemeral(channel="C0PRIMARY1", user=rosa.id, text="Psst")
    assert "Only visible to you Psst" in shown(ask, rosa, "C0PRIMARY1")
    assert "Psst" not in shown(ask, marc, "C0PRIMARY1")


def test_an_edited_message_says_so(ask, client, rosa):
    posted = client.chat_postMessage(channel="C0PRIMARY1", text="Before")
    client.chat_update(channel="C0PRIMARY1", ts=posted["ts"], text="After")
    assert "After (edited)" in shown(ask, rosa, "C0PRIMARY1")


def test_the_rail_marks_what_is_unread_until_it_was_opened(ask, rosa, marc):
    unread = re.compile(r"primary-care\s+unread")
    marc.say("primary-care", "News")
    assert unread.search(shown(ask, rosa, "home"))
    assert not unread.search(shown(ask, marc, "home")), "one's own words are no news"
    shown(ask, rosa, "C0PRIMARY1")
    assert not unread.search(shown(ask, rosa, "home"))
    marc.say("primary-care", "More news")
    assert unread.search(shown(ask, rosa, "home"))


def test_an_answer_in_a_thread_counts_as_unread_in_a_direct_message(ask, client, rosa):
    question = rosa.say(rosa.direct_message, "Who signs?")
    shown(ask, rosa, rosa.direct_message.id)
    client.chat_postMessage(channel=rosa.direct_message.id, text="The provider.", thread_ts=question.ts)
    assert "Tiny App 1 unread" in shown(ask, rosa, "C0PRIMARY1")


def test_every_command_and_everybody_else_is_offered(ask, rosa, workspace):
    text = shown(ask, rosa, "C0PRIMARY1")
    assert "/tiny Do something" in text
    offers = ask(f"/as/{rosa.id}/C0PRIMARY1").text
    assert 'data-insert="@Tiny App"' in offers
    assert 'data-insert="@Marc Desrosiers"' in offers
    assert 'data-insert="@Rosa Reyes"' not in offers


def test_what_cannot_be_sent_is_answered_with_the_reason(ask, rosa):
    answer = ask(f"/as/{rosa.id}/enter", {"channel": "C0PRIMARY1", "text": "/unheard-of"})
    assert answer.status == 409
    assert json.loads(answer.text) == {"problem": "/unheard-of is not a valid command."}


def test_pressing_what_is_gone_says_that_it_changed(ask, rosa):
    gone = {"channel": "C0PRIMARY1", "ts": "1.000000", "block": "b", "action": "a"}
    answer = ask(f"/as/{rosa.id}/press", gone)
    assert answer.status == 409
    assert "changed in the meantime" in json.loads(answer.text)["problem"]


def test_the_app_being_away_is_said_in_words(ask, client, rosa):
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    block = {"type": "actions", "block_id": "row", "elements": [button]}
    posted = client.chat_postMessage(channel="C0PRIMARY1", text="Go", blocks=[block])
    pressed = {"channel": "C0PRIMARY1", "ts": posted["ts"], "block": "row", "action": "go"}
    answer = ask(f"/as/{rosa.id}/press", pressed)
    assert json.loads(answer.text) == {"problem": "The app is not connected. Please try again in a moment."}


def test_a_field_is_named_by_both_ids_whatever_they_contain():
    names = [field_name({"block_id": b}, {"action_id": a}) for b, a in [("a", "b/c"), ("a/b", "c"), ("a%2Fb", "c")]]
    assert len(set(names)) == 3
    assert not any('"' in name for name in names), "a browser would rewrite it"


def test_initials_are_those_of_the_first_and_the_last_word():
    assert [initials(name) for name in ("Rosa Reyes", "Guideline", "Jean van der Berg", "  ")] == ["RR", "G", "JB", "?"]


def test_the_app_and_the_people_look_different():
    people = ("U1", "U2")
    marks = [author(user, "A B", people).mark for user in ("U1", "U2", "U0LOCALBOT", "USLACKBOT")]
    assert marks == ["person-0", "person-1", "app", "note"]
