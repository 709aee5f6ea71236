"""Modals and the Home: opened with a fresh trigger, stacked, updated, submitted, closed."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.local.errors import Refused
from tests.local.build import actions, button, field, home, modal, option, plain, section, typed


def refused(call, **arguments):
    with pytest.raises(SlackApiError) as error:
        call(**arguments)
    return error.value.response["error"]


@pytest.fixture
def trigger(workspace, rosa):
    """Fresh trigger ids of Rosa's."""
    return lambda view=None: workspace.slack.triggers.issue(rosa.id, channel="C0PRIMARY1", view=view and view["id"])


@pytest.fixture
def open_modal(client, trigger):
    return lambda *blocks, **more: client.views_open(trigger_id=trigger(), view=modal(*blocks, **more))["view"]


# triggers


def test_a_modal_opens_for_whoever_acted(open_modal, rosa, marc):
    open_modal(section("Hello"), title="Greeting")
    assert (rosa.modal.title, rosa.modal.shown) == ("Greeting", "Greeting\nHello")
    assert marc.modal is None


def test_a_trigger_is_good_for_three_seconds(client, trigger, clock):
    late, in_time = trigger(), trigger()
    clock.advance(3)
    client.views_open(trigger_id=in_time, view=modal(section()))
    clock.advance(0.1)
    assert refused(client.views_open, trigger_id=late, view=modal(section())) == "expired_trigger_id"


def test_a_trigger_is_good_for_one_view(client, trigger):
    once = trigger()
    client.views_open(trigger_id=once, view=modal(section()))
    assert refused(client.views_open, trigger_id=once, view=modal(section())) == "exchanged_trigger_id"


def test_an_invented_trigger_is_refused(client):
    assert refused(client.views_open, trigger_id="1.2.3", view=modal(section())) == "invalid_arguments"


def test_a_refused_view_leaves_the_trigger_good(client, trigger, rosa):
    again = trigger()
    assert refused(client.views_open, trigger_id=again, view=modal(field(), submit=None)) == "invalid_arguments"
    client.views_open(trigger_id=again, view=modal(field()))
    assert rosa.modal


def test_a_home_cannot_be_opened_as_a_modal(client, trigger):
    assert refused(client.views_open, trigger_id=trigger(), view=home(section())) == "invalid_arguments"


# the stack


def test_three_modals_can_lie_on_each_other(client, trigger, open_modal, rosa):
    first = open_modal(section(), title="First")
    second = client.views_push(trigger_id=trigger(first), view=modal(section(), title="Second"))["view"]
    third = client.views_push(trigger_id=trigger(second), view=modal(section(), title="Third"))["view"]
    assert [view.title for view in rosa.modals] == ["First", "Second", "Third"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert refused(client.views_push, trigger_id=trigger(third), view=modal(section())) == "push_limit_reached"


def test_pushing_needs_a_trigger_from_an_open_modal(client, trigger, open_modal):
    open_modal(section())
    assert refused(client.views_push, trigger_id=trigger(), view=modal(section())) == "not_found"


def test_closing_goes_back_one_modal_or_through_all(client, trigger, open_modal, rosa):
    first = open_modal(section(), title="First")
    client.views_push(trigger_id=trigger(first), view=modal(section(), title="Second"))
    rosa.dismiss()
    assert rosa.modal.title == "First"
    client.views_push(trigger_id=trigger(first), view=modal(section(), title="Second", clear_on_close=True))
    rosa.dismiss()
    assert rosa.modal is None


def test_a_closed_view_cannot_be_used(open_modal, rosa):
    open_modal(field())
    closed = rosa.modal
    rosa.dismiss()
    with pytest.raises(Refused, match="closed"):
        rosa.choose(closed, "Reason", "text")


# updates


def test_an_update_needs_the_view_and_its_present_hash(client, open_modal, rosa):
    view = open_modal(section("one"))
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("two")))
    assert "two" in rosa.modal.shown
    stale = refused(client.views_update, view_id=view["id"], hash=view["hash"], view=modal(section("three")))
    assert stale == "hash_conflict"
    rosa.dismiss()
    assert refused(client.views_update, view_id=view["id"], view=modal(section("four"))) == "not_found"


def test_an_update_keeps_what_was_typed_under_the_same_ids(client, open_modal, rosa):
    view = open_modal(field(), field("Other", block_id="other"))
    rosa.fill("Reason", "typed before")
    rosa.fill("Other", "typed too")
    client.views_update(view_id=view["id"], view=modal(field(), field("Other", block_id="renamed")))
    values = rosa.modal.values
    assert values["reason"]["typed"]["value"] == "typed before"
    assert values["renamed"]["typed"]["value"] is None


def test_a_view_can_be_found_by_the_id_the_app_gave_it(client, trigger, open_modal, rosa):
    open_modal(section("one"), external_id="mine")
    client.views_update(external_id="mine", view=modal(section("two"), external_id="mine"))
    assert "two" in rosa.modal.shown
    again = refused(client.views_open, trigger_id=trigger(), view=modal(section(), external_id="mine"))
    assert again == "duplicate_external_id"


# the Home


def test_each_person_has_a_home_of_their_own(client, rosa, marc):
    client.views_publish(user_id=rosa.id, view=home(section("Welcome, Rosa")))
    assert rosa.home.shown == "Welcome, Rosa"
    assert marc.home is None


def test_publishing_goes_by_hash_if_one_is_given(client, rosa):
    view = client.views_publish(user_id=rosa.id, view=home(section("one")))["view"]
    client.views_publish(user_id=rosa.id, hash=view["hash"], view=home(section("two")))
    stale = refused(client.views_publish, user_id=rosa.id, hash=view["hash"], view=home(section("three")))
    assert stale == "hash_conflict"


def test_a_home_needs_a_person_and_its_tab(client, manifest, open_workspace):
    assert refused(client.views_publish, user_id="U0NOBODY01", view=home(section())) == "user_not_found"
    manifest["features"]["app_home"]["home_tab_enabled"] = False
    other = open_workspace()
    client.token, client.base_url = other.bot_token, other.api_url
    assert refused(client.views_publish, user_id="U0REYES001", view=home(section())) == "not_enabled"


# what Slack's client checks before it sends anything


@pytest.mark.parametrize(
    ("element", "text", "problem"),
    [
        (typed(), None, "Please complete this required field."),
        (typed(), "", "Please complete this required field."),
        (typed(min_length=5), "four", "Please enter at least 5 characters."),
        (typed(max_length=3), "four", "Please enter no more than 3 characters."),
    ],
)
def test_fields_are_checked_before_anything_is_sent(workspace, open_modal, rosa, element, text, problem):
    open_modal(field(element=element))
    rosa.fill("Reason", text)
    assert rosa.submit() == {"reason": problem}
    assert problem in rosa.modal.shown
    assert not workspace.slack.socket_mode.in_flight


def test_filling_a_field_takes_its_error_away(open_modal, rosa):
    open_modal(field())
    rosa.submit()
    rosa.fill("Reason", "now")
    assert rosa.modal.errors == {}


def test_optional_fields_may_stay_empty(open_modal, rosa):
    open_modal(field(optional=True))
    assert rosa.submit() == {}
    assert rosa.modal.trouble == "We had some trouble connecting. Try again?"


# choosing

BOXES = {"type": "checkboxes", "action_id": "e", "options": [option("One"), option("Two"), option("Three")]}
RADIO = BOXES | {"type": "radio_buttons"}
SELECT = BOXES | {"type": "static_select"}
GROUPED = {
    "type": "static_select",
    "action_id": "e",
    "option_groups": [{"label": plain("Group"), "options": [option("One"), option("Two")]}],
}
ONE, TWO = ({"text": plain(text) | {"emoji": True}, "value": text.lower()} for text in ("One", "Two"))


CHOICES = [
    (typed("e"), "words", {"type": "plain_text_input", "value": "words"}),
    (typed("e"), None, {"type": "plain_text_input", "value": None}),
    (SELECT, "Two", {"type": "static_select", "selected_option": TWO}),
    (SELECT, "two", {"type": "static_select", "selected_option": TWO}),
    (SELECT, None, {"type": "static_select", "selected_option": None}),
    (GROUPED, "One", {"type": "static_select", "selected_option": ONE}),
    (RADIO, "One", {"type": "radio_buttons", "selected_option": ONE}),
    (BOXES, ["Two", "One"], {"type": "checkboxes", "selected_options": [ONE, TWO]}),
    (BOXES, [], {"type": "checkboxes", "selected_options": []}),
    ({"type": "datepicker", "action_id": "e"}, "2026-01-31", {"type": "datepicker", "selected_date": "2026-01-31"}),
    (
        {"type": "users_select", "action_id": "e"},
        "Jasleen Gill",
        {"type": "users_select", "selected_user": "U0GILL0001"},
    ),
    (
        {"type": "multi_users_select", "action_id": "e"},
        ["Jasleen Gill", "U0DESROS01"],
        {"type": "multi_users_select", "selected_users": ["U0GILL0001", "U0DESROS01"]},
    ),
    (
        {"type": "conversations_select", "action_id": "e"},
        "care-team-north",
        {"type": "conversations_select", "selected_conversation": "C0NORTH001"},
    ),
]


@pytest.mark.parametrize(("element", "chosen", "entry"), CHOICES)
def test_choices_are_kept_in_slacks_shapes(open_modal, rosa, element, chosen, entry):
    open_modal(field(element=element))
    rosa.fill("Reason", chosen)
    assert rosa.modal.values == {"reason": {"e": entry}}


@pytest.mark.parametrize(
    ("element", "entry"),
    [
        (typed("e", initial_value="preset"), {"type": "plain_text_input", "value": "preset"}),
        (SELECT | {"initial_option": option("One")}, {"type": "static_select", "selected_option": ONE}),
        (BOXES | {"initial_options": [option("Two")]}, {"type": "checkboxes", "selected_options": [TWO]}),
        (
            {"type": "conversations_select", "action_id": "e", "default_to_current_conversation": True},
            {"type": "conversations_select", "selected_conversation": "C0PRIMARY1"},
        ),
        (
            {
                "type": "conversations_select",
                "action_id": "e",
                "default_to_current_conversation": True,
                "filter": {"include": ["private"]},
            },
            {"type": "conversations_select", "selected_conversation": None},
        ),
    ],
)
def test_presets_are_chosen_from_the_start(open_modal, rosa, element, entry):
    open_modal(field(element=element))
    assert rosa.modal.values == {"reason": {"e": entry}}


def test_a_filter_limits_the_conversations_to_choose_from(open_modal, rosa, oksana):
    only_private = {"type": "conversations_select", "filter": {"include": ["private"]}}
    assert rosa.options(only_private) == [("C0NORTH001", "#care-team-north")]
    assert oksana.options(only_private) == []
    no_bots = {"type": "conversations_select", "filter": {"exclude_bot_users": True}}
    assert [text for _, text in rosa.options(no_bots)] == ["#primary-care", "#care-team-north"]


@pytest.mark.parametrize(
    ("element", "chosen", "error"),
    [
        (SELECT, "Four", LookupError),
        ({"type": "datepicker", "action_id": "e"}, "31 January", Refused),
        ({"type": "users_select", "action_id": "e"}, "Nobody", LookupError),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["Rosa Reyes", "Jasleen Gill"], Refused),
    ],
)
def test_nothing_else_can_be_chosen(open_modal, rosa, element, chosen, error):
    open_modal(field(element=element))
    with pytest.raises(error):
        rosa.fill("Reason", chosen)


def test_an_ambiguous_button_or_field_is_named(open_modal, rosa):
    open_modal(actions(button(action_id="a"), button(action_id="b")), field(), field("Reason", block_id="second"))
    with pytest.raises(LookupError, match="2 buttons fit 'Press'"):
        rosa.click(rosa.modal, "Press")
    with pytest.raises(LookupError, match="0 buttons fit 'Pres'; there are 'Press', 'Press'"):
        rosa.click(rosa.modal, "Pres")
    with pytest.raises(LookupError, match="2 fields fit 'Reason'"):
        rosa.fill("Reason", "text")
    rosa.fill("second", "text")
