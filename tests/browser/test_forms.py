from playwright.sync_api import Page, expect


def open_form(desk) -> Page:
    page = desk.go()
    page.get_by_label("Message Care Guide").fill("/form ")
    page.keyboard.press("Enter")
    expect(form(page)).to_be_visible()
    return page


def form(page: Page, title: str = "Log a consultation"):
    return page.get_by_role("dialog", name=title)


def fill_what_is_required(page: Page, code: str = "TR-4F7K") -> None:
    form(page).get_by_label("Case code").fill(code)
    form(page).get_by_label("What was asked").fill("May it end today?\nAnd how?")
    form(page).get_by_label("Kind", exact=True).select_option("Nurse")


def test_errors_stand_at_their_fields_and_what_was_typed_stays(sit_down, snap):
    page = open_form(sit_down("Rosa Reyes"))
    fill_what_is_required(page, "XX-1")
    form(page).get_by_label("Marc Desrosiers").check()
    form(page).get_by_role("button", name="Save").click()
    code = form(page).get_by_label("Case code")
    expect(form(page).get_by_text("A case code begins with TR-.")).to_be_visible()
    expect(code).to_have_accessible_description("A case code begins with TR-. Two letters, a dash, four signs.")
    expect(code).to_be_focused()
    expect(code).to_have_value("XX-1")
    expect(form(page).get_by_label("What was asked")).to_have_value("May it end today?\nAnd how?")
    expect(form(page).get_by_label("Kind", exact=True)).to_have_value("nurse")
    expect(form(page).get_by_label("Marc Desrosiers")).to_be_checked()
    snap(page)


def test_what_is_missing_or_too_long_is_said_before_the_app_is_asked(sit_down, heard):
    page = open_form(sit_down("Rosa Reyes"))
    form(page).get_by_label("Case code").fill("TR-4F7K-TR-4F7K")
    form(page).get_by_role("button", name="Save").click()
    expect(form(page).get_by_label("Case code")).to_have_accessible_description(
        "Please enter no more than 12 characters. Two letters, a dash, four signs."
    )
    expect(form(page).get_by_label("Kind", exact=True)).to_have_accessible_description(
        "Please complete this required field."
    )
    assert heard == []


def test_every_kind_of_field_reaches_the_app(sit_down, heard, snap):
    desk = sit_down("Rosa Reyes")
    page = open_form(desk)
    fill_what_is_required(page)
    form(page).get_by_label("Jasleen Gill").check()
    form(page).get_by_label("Marc Desrosiers").check()
    form(page).get_by_label("Supervisor (optional)").select_option("Oksana Kowalchuk")
    form(page).get_by_label("Where to post (optional)").select_option("#care-team-north")
    form(page).get_by_label("When (optional)").fill("2026-03-02")
    form(page).get_by_label("Write").check()
    form(page).get_by_role("group", name="Your role (optional)").get_by_label("Nurse").check()
    snap(page)
    form(page).get_by_role("button", name="Save").click()
    expect(page.get_by_role("log")).to_contain_text("Saved for TR-4F7K.")
    expect(form(page)).to_have_count(0)
    assert {block: next(iter(entry.values())) for block, entry in heard[-1].items()} == {
        "code": {"type": "plain_text_input", "value": "TR-4F7K"},
        "asked": {"type": "plain_text_input", "value": "May it end today?\nAnd how?"},
        "kind": heard[-1]["kind"]["kind"] | {"type": "static_select"},
        "with": {"type": "multi_users_select", "selected_users": ["U0GILL0001", "U0DESROS01"]},
        "lead": {"type": "users_select", "selected_user": "U0KOWALCH1"},
        "where": {"type": "conversations_select", "selected_conversation": "C0NORTH001"},
        "when": {"type": "datepicker", "selected_date": "2026-03-02"},
        "steps": heard[-1]["steps"]["steps"] | {"type": "checkboxes"},
        "role": heard[-1]["role"]["role"] | {"type": "radio_buttons"},
    }
    assert heard[-1]["kind"]["kind"]["selected_option"]["value"] == "nurse"
    assert [chosen["value"] for chosen in heard[-1]["steps"]["steps"]["selected_options"]] == ["b"]
    assert heard[-1]["role"]["role"]["selected_option"]["value"] == "nurse"


def test_a_form_on_top_of_another_leaves_what_was_typed_below(sit_down, snap):
    page = open_form(sit_down("Rosa Reyes"))
    fill_what_is_required(page)
    form(page).get_by_role("button", name="Add a person").click()
    expect(form(page, "Add a person")).to_be_visible()
    snap(page)
    form(page, "Add a person").get_by_label("Role outside the team").fill("Pharmacist")
    form(page, "Add a person").get_by_role("button", name="Add", exact=True).click()
    expect(form(page).get_by_label("Case code")).to_have_value("TR-4F7K")
    expect(form(page).get_by_label("What was asked")).to_have_value("May it end today?\nAnd how?")


def test_a_button_that_gets_no_answer_shows_the_warning_sign_with_words(sit_down, snap):
    page = open_form(sit_down("Rosa Reyes"))
    form(page).get_by_role("button", name="Ask nobody").click()
    expect(form(page).get_by_role("button", name="Ask nobody")).to_have_attribute("aria-busy", "true")
    expect(form(page).get_by_role("alert").filter(has_text="The app did not answer in time.")).to_be_visible()
    snap(page)


def test_the_question_before_the_act_is_asked_and_no_is_no(sit_down, snap):
    desk = sit_down("Rosa Reyes")
    page = desk.go()
    desk.person.say(desk.person.direct_message, "Can we end it?")
    discard = page.get_by_role("log").get_by_role("button", name="Discard")
    question = page.get_by_role("dialog", name="Discard this answer?")
    discard.click()
    snap(page)
    question.get_by_role("button", name="Keep").click()
    expect(question).to_be_hidden()
    expect(discard).to_be_focused()
    discard.click()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    discard.click()
    question.get_by_role("button", name="Discard").click()
    expect(discard).to_have_count(0)


def test_menus_and_thumbs_in_a_message_reach_the_app(sit_down, heard):
    desk = sit_down("Rosa Reyes")
    page = desk.go()
    desk.person.say(desk.person.direct_message, "Can we end it?")
    log = page.get_by_role("log")
    waiting = log.locator("[aria-busy=true]")
    log.get_by_label("More actions").click()
    log.get_by_role("button", name="Report a mistake").click()
    expect(log.get_by_role("button", name="Report a mistake")).to_be_hidden()
    expect(waiting).to_have_count(0)
    log.get_by_role("button", name="This was it", exact=True).click()
    expect(waiting).to_have_count(0)
    log.get_by_label("Topic").select_option("The chart")
    expect(waiting).to_have_count(0)
    log.get_by_role("button", name="Remove").click()
    expect(waiting).to_have_count(0)
    chosen = [told.get("selected_option", {}).get("value") or told.get("value") for told in heard]
    assert chosen == ["report", "yes", "chart", None]


def test_home_changes_in_place_when_a_role_is_chosen(sit_down, snap):
    page = sit_down("Rosa Reyes").go("home")
    page.get_by_label("My role").select_option("Nurse")
    expect(page.get_by_role("main")).to_contain_text("Chosen: Nurse")
    snap(page)
