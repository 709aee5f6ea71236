import re

import pytest

from tests.local.build import option, plain


@pytest.fixture
def drawn(ask, client, rosa):
    """The HTML of one element in a row, as Rosa sees it in a message."""

    def drawn(element, **section):
        row = {"type": "actions", "block_id": "row", "elements": [element]}
        block = section | {"type": "section", "block_id": "row", "accessory": element} if section else row
        client.chat_postMessage(channel="C0PRIMARY1", text="fallback", blocks=[block])
        html = ask(f"/as/{rosa.id}/C0PRIMARY1").text
        return " ".join(re.search(r'data-key="row">(.*?)</form>', html, re.DOTALL)[1].split())

    return drawn


def test_options_in_groups_stay_in_their_groups(drawn):
    groups = [{"label": plain("Care"), "options": [option("Nurse"), option("Midwife")]}]
    html = drawn({"type": "static_select", "action_id": "role", "option_groups": groups})
    assert '<optgroup label="Care">' in html
    assert html.count("<option") == 3, "the two, and nothing chosen"


def test_a_button_that_leads_elsewhere_is_a_link_and_tells_the_app_too(drawn):
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "url": "https://a.ca"}
    html = drawn(button)
    assert re.search(
        r'<a class="button" href="https://a.ca" target="_blank" rel="noopener noreferrer" data-press', html
    )


def test_an_address_that_is_not_of_the_web_leads_nowhere(drawn):
    html = drawn({"type": "button", "action_id": "go", "text": plain("Go"), "url": "slack://open"})
    assert "<a " not in html
    assert '<button class="button" type="button" data-press' in html


def test_a_menu_beside_a_text_is_named_by_it(drawn):
    element = {"type": "users_select", "action_id": "who", "initial_user": "U0DESROS01"}
    html = drawn(element, text={"type": "mrkdwn", "text": "*Who leads?*"})
    named = re.search(r'aria-labelledby="([^"]+)"', html)[1]
    assert f'id="{named}"><strong>Who leads?</strong>' in html
    assert '<option value="U0DESROS01" selected>Marc Desrosiers</option>' in html


def test_a_menu_in_a_row_is_named_by_its_placeholder(drawn):
    element = {
        "type": "datepicker",
        "action_id": "day",
        "initial_date": "2026-03-02",
        "placeholder": plain("Pick a day"),
    }
    html = drawn(element)
    assert 'aria-label="Pick a day"' in html
    assert 'value="2026-03-02"' in html


def test_a_choice_of_conversations_offers_only_what_is_asked_for_and_seen(drawn):
    html = drawn({"type": "conversations_select", "action_id": "where", "filter": {"include": ["private"]}})
    assert "#care-team-north" in html
    assert "#primary-care" not in html


def test_words_in_options_and_placeholders_are_no_markup(drawn):
    element = {
        "type": "static_select",
        "action_id": "role",
        "placeholder": plain('"><b>'),
        "options": [option("<i>x</i>")],
    }
    html = drawn(element)
    assert "<b>" not in html
    assert "<i>" not in html
