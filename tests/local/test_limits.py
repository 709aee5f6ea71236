"""What Slack refuses in blocks and views, by Slack's names."""

import pytest

from bot.local.errors import SlackError
from bot.local.limits import checked_blocks, checked_view
from tests.local.build import actions, button, field, home, modal, mrkdwn, option, plain, section, typed


def select(**more):
    return {"type": "static_select", "action_id": "pick", "options": [option("One"), option("Two")], **more}


def boxes(count, **more):
    options = [option(f"Box {number}") for number in range(count)]
    return {"type": "checkboxes", "action_id": "boxes", "options": options, **more}


def thumbs(**more):
    yes, no = {"text": plain("Yes"), "value": "yes"}, {"text": plain("No"), "value": "no"}
    return {"type": "feedback_buttons", "action_id": "thumbs", "positive_button": yes, "negative_button": no, **more}


def thumbs_block(*elements):
    return {"type": "context_actions", "elements": list(elements)}


def context(*elements):
    return {"type": "context", "elements": list(elements)}


def header(text):
    return {"type": "header", "text": text}


def question(**more):
    words = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return words | more


GOOD_BLOCKS = {
    "text": [section()],
    "fields": [{"type": "section", "fields": [mrkdwn("*A*"), plain("B")]}],
    "two blocks with the same action_id": [actions(button()), actions(button())],
    "a header, a line, small print": [header(plain("Title")), {"type": "divider"}, context(mrkdwn("small"))],
    "thumbs": [thumbs_block(thumbs())],
    "markdown": [{"type": "markdown", "text": "**bold**"}],
    "a field in a message": [field()],
    "a confirmation": [actions(button(confirm=question(), style="danger", value="x" * 2000))],
    "as many blocks as a message takes": [section()] * 50,
    "as long a text as a section takes": [section("x" * 3000)],
    "every select": [
        actions(
            select(initial_option=option("One")),
            {"type": "users_select", "action_id": "u"},
            {"type": "conversations_select", "action_id": "c", "filter": {"include": ["private"]}},
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-01-31"},
        )
    ],
}

BAD_BLOCKS = {
    "unknown block": ([{"type": "carousel"}], "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    "image": (
        [{"type": "image", "image_url": "https://a.ca/a.png", "alt_text": "a"}],
        "unsupported type: image [json-pointer:/blocks/0/type]",
    ),
    "no type": ([{"text": plain("a")}], "missing required field: type [json-pointer:/blocks/0]"),
    "unknown field": ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    "unknown field of a text": (
        [section() | {"text": mrkdwn("a") | {"emoji": True}}],
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    "null": ([section(accessory=None)], "must not be null [json-pointer:/blocks/0/accessory]"),
    "no text": ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "empty text": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "long text": ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "long field": (
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "many fields": (
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "long header": (
        [header(plain("x" * 151))],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "header with formatting": (
        [header(mrkdwn("*x*"))],
        "must be one of: 'plain_text' [json-pointer:/blocks/0/text/type]",
    ),
    "button with formatting": (
        [actions(button() | {"text": mrkdwn("*x*")})],
        "must be one of: 'plain_text' [json-pointer:/blocks/0/elements/0/text/type]",
    ),
    "long button": (
        [actions(button("x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "long value": (
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "unknown style": (
        [actions(button(style="default"))],
        "must be one of: 'primary' or 'danger' [json-pointer:/blocks/0/elements/0/style]",
    ),
    "address without scheme": ([actions(button(url="example.ca"))], "[json-pointer:/blocks/0/elements/0/url]"),
    "many buttons": (
        [actions(*(button(action_id=str(n)) for n in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": ([actions()], "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "text input outside of an input block": (
        [actions(typed())],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button in an input block": (
        [field(element=button())],
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    "much small print": (
        [context(*[mrkdwn("x")] * 11)],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "small print with a picture": (
        [context({"type": "image", "image_url": "https://a.ca/a.png", "alt_text": "a"})],
        "unsupported type: image [json-pointer:/blocks/0/elements/0/type]",
    ),
    "long markdown": (
        [{"type": "markdown", "text": "x" * 12_001}],
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
    "many thumbs": (
        [thumbs_block(*(thumbs(action_id=str(n)) for n in range(6)))],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "thumb without value": (
        [thumbs_block(thumbs(negative_button={"text": plain("No")}))],
        "missing required field: value [json-pointer:/blocks/0/elements/0/negative_button]",
    ),
    "button among thumbs": (
        [thumbs_block(button())],
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    "many blocks": ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "long block_id": (
        [section(block_id="x" * 256)],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "long action_id": (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "block_id twice": ([section(block_id="a"), section(block_id="a")], "`block_id` a already exists"),
    "action_id twice in a block": ([actions(button(), button())], "`action_id` press already exists"),
    "many checkboxes": (
        [actions(boxes(11))],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "long option": (
        [actions(select(options=[option("x" * 76, "x")]))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    "long option value": (
        [actions(select(options=[option("x", "x" * 151)]))],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "many options": (
        [actions(select(options=[option(str(n)) for n in range(101)]))],
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "no options": (
        [actions({"type": "static_select", "action_id": "pick"})],
        "must define either `options` or `option_groups`",
    ),
    "option value twice": (
        [actions(select(options=[option("One", "1"), option("Two", "1")]))],
        "option values must be unique [json-pointer:/blocks/0/elements/0]",
    ),
    "initial option not among the options": (
        [actions(select(initial_option=option("Three")))],
        "initial option must match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "initial option in other words": (
        [actions(select(initial_option=option("Uno", "one")))],
        "initial option must match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "ticked box not among the boxes": (
        [actions(boxes(2, initial_options=[option("Box 3")]))],
        "initial option must match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "unknown radio button chosen": (
        [actions({"type": "radio_buttons", "options": [option("A")], "initial_option": option("B")})],
        "initial option must match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "long placeholder": (
        [actions(select(placeholder=plain("x" * 151)))],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    "long confirmation": (
        [actions(button(confirm=question(text=plain("x" * 301))))],
        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
    ),
    "confirmation without a way out": (
        [actions(button(confirm={key: words for key, words in question().items() if key != "deny"}))],
        "missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    "not a date": (
        [actions({"type": "datepicker", "initial_date": "31 January"})],
        "[json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    "many in the overflow menu": (
        [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "unknown kind of conversation": (
        [actions({"type": "conversations_select", "filter": {"include": ["secret"]}})],
        "[json-pointer:/blocks/0/elements/0/filter/include/0]",
    ),
    "response_url asked for outside of a modal": (
        [field(element={"type": "conversations_select", "response_url_enabled": True})],
        "`response_url_enabled` is only available in modals",
    ),
    "number as text": ([section(block_id=7)], "must provide a string [json-pointer:/blocks/0/block_id]"),
    "text instead of an object": (
        [{"type": "section", "text": "Hello"}],
        "[json-pointer:/blocks/0/text]",
    ),
}

BAD_VIEWS = {
    "no title": (
        {"type": "modal", "blocks": []},
        "missing required field: title [json-pointer:/view]",
    ),
    "no blocks": (
        {"type": "modal", "title": plain("Form")},
        "missing required field: blocks [json-pointer:/view]",
    ),
    "unknown type": ({"type": "workflow_step", "blocks": []}, "unsupported type: workflow_step"),
    "unknown field": (
        modal(section(), submit_disabled=True),
        "invalid additional property: submit_disabled [json-pointer:/view]",
    ),
    "long title": (
        modal(section(), title="x" * 25),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "long submit": (
        modal(section(), submit="x" * 25),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "long close": (
        modal(section(), close=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/close/text]",
    ),
    "many blocks": (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "a field but no submit": (
        modal(section(), field(), submit=None),
        "must define `submit` to use `input` block [json-pointer:/view/blocks/1/input]",
    ),
    "long private_metadata": (
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "long callback_id": (
        modal(section(), callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    "block_id twice": (modal(field(), field()), "`block_id` reason already exists [json-pointer:/view/blocks]"),
    "markdown block": (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    "thumbs": (modal(thumbs_block(thumbs())), "unsupported type: context_actions"),
    "two fields in focus": (
        modal(field(element=typed(focus_on_load=True)), field(block_id="b", element=typed(focus_on_load=True))),
        "only one element can set `focus_on_load`",
    ),
    "lengths that contradict each other": (
        modal(field(element=typed(min_length=5, max_length=4))),
        "`min_length` must not be greater than `max_length` [json-pointer:/view/blocks/0/element]",
    ),
    "a preset text that is too long": (
        modal(field(element=typed(initial_value="abc", max_length=2))),
        "`initial_value` must not be longer than `max_length` [json-pointer:/view/blocks/0/element]",
    ),
    "long label": (
        modal(field(label="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]",
    ),
    "Home with a title": (
        home(section(), title=plain("Home")),
        "invalid additional property: title [json-pointer:/view]",
    ),
    "Home with many blocks": (home(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "Home that asks for a response_url": (
        home(field(element={"type": "conversations_select", "response_url_enabled": True})),
        "`response_url_enabled` is only available in modals",
    ),
}


@pytest.mark.parametrize("blocks", GOOD_BLOCKS.values(), ids=GOOD_BLOCKS)
def test_good_blocks_pass(blocks):
    assert [block["type"] for block in checked_blocks(blocks)] == [block["type"] for block in blocks]


@pytest.mark.parametrize(("blocks", "message"), BAD_BLOCKS.values(), ids=BAD_BLOCKS)
def test_bad_blocks_are_refused_by_name_and_place(blocks, message):
    with pytest.raises(SlackError) as refused:
        checked_blocks(blocks)
    assert refused.value.error == "invalid_blocks"
    assert message in " ".join(refused.value.messages)


@pytest.mark.parametrize(("view", "message"), BAD_VIEWS.values(), ids=BAD_VIEWS)
def test_bad_views_are_refused_by_name_and_place(view, message):
    with pytest.raises(SlackError) as refused:
        checked_view(view)
    assert refused.value.error == "invalid_arguments"
    assert message in " ".join(refused.value.messages)


def test_blocks_that_are_no_list_have_an_error_of_their_own():
    with pytest.raises(SlackError, match="invalid_blocks_format"):
        checked_blocks({"type": "section"})


def test_all_texts_of_a_message_together_have_a_limit():
    checked_blocks([section("x" * 3000)] * 4)
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        checked_blocks([section("x" * 3000)] * 5)


def test_a_whole_view_has_a_limit():
    with pytest.raises(SlackError, match="view_too_large"):
        checked_view(home(*[section("x" * 3000)] * 100))


def test_a_block_sent_again_as_it_was_keeps_its_generated_id_unless_it_can_be_filled_in():
    row, choice = actions({"type": "button", "text": plain("A")}), actions({"type": "datepicker"})
    once, same, filled = checked_blocks([row, row, choice])
    _, again, twice, anew = checked_blocks([section(), row, row, choice])
    assert once["block_id"] != same["block_id"]
    assert (again, twice) == (once, same)
    assert anew["block_id"] != filled["block_id"]


def test_missing_ids_are_generated_and_given_ids_stay():
    first, second = checked_blocks([section(), actions({"type": "button", "text": plain("A")}, block_id="given")])
    assert first["block_id"]
    assert second["block_id"] == "given"
    assert second["elements"][0]["action_id"]


def test_a_view_may_use_everything_that_people_fill_in():
    elements = {
        "typed": typed(multiline=True, min_length=1, max_length=3000, placeholder=plain("..."), initial_value="a"),
        "pick": select(),
        "grouped": {
            "type": "static_select",
            "option_groups": [{"label": plain("Group"), "options": [option("One")]}],
            "initial_option": option("One"),
        },
        "user": {"type": "users_select", "initial_user": "U0REYES001"},
        "users": {"type": "multi_users_select", "max_selected_items": 3},
        "where": {
            "type": "conversations_select",
            "default_to_current_conversation": True,
            "response_url_enabled": True,
        },
        "day": {"type": "datepicker"},
        "boxes": boxes(10),
        "radio": {"type": "radio_buttons", "options": [option("One") | {"text": mrkdwn("*One*")}]},
    }
    fields = [field(label=name, element=element, block_id=name) for name, element in elements.items()]
    view = modal(*fields, close=plain("Back"), notify_on_close=True, callback_id="form", private_metadata="{}")
    assert [block["block_id"] for block in checked_view(view)["blocks"]] == list(elements)
