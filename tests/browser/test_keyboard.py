from playwright.sync_api import Page, expect


def tab_to(page: Page, name: str, tag: str = "") -> None:
    """Tab forward until the focus is on what goes by this name."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(f"{tag}:focus")
        if focused.count() and name in (focused.get_attribute("aria-label") or focused.inner_text()):
            return
    raise AssertionError(f"No {name} within reach of the Tab key")


def test_a_question_is_asked_and_answered_without_a_mouse(sit_down, snap):
    page = sit_down("Rosa Reyes").go()
    expect(page.get_by_label("Message Care Guide")).to_be_focused()
    page.keyboard.type("Can we end it?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Today?")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_role("heading", name="Ending phase")).to_be_visible()
    page.get_by_role("heading", name="Care Guide").focus()
    tab_to(page, "Open a form", "button")
    snap(page, "button")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Log a consultation")
    expect(form.get_by_label("Case code")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(log.get_by_role("button", name="Open a form")).to_be_focused()


def test_focus_does_not_leave_a_form_and_comes_round(sit_down):
    page = sit_down("Rosa Reyes").go()
    page.keyboard.type("/form ")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Log a consultation")
    expect(form.get_by_label("Case code")).to_be_focused()
    behind = "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate(behind)


def test_a_thread_is_opened_answered_and_closed_without_a_mouse(sit_down, snap):
    desk = sit_down("Rosa Reyes")
    page = desk.go("primary-care")
    desk.person.say("primary-care", "Who signs?")
    expect(page.get_by_role("log")).to_contain_text("Who signs?")
    page.get_by_role("heading", name="primary-care").focus()
    tab_to(page, "Reply in thread", "a")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reply", exact=True)).to_be_focused()
    page.keyboard.type("The provider.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Thread")).to_contain_text("The provider.")
    snap(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Thread")).to_have_count(0)
    expect(page.get_by_label("Message #primary-care")).to_be_focused()


def test_commands_and_people_are_offered_while_one_types(sit_down, snap):
    page = sit_down("Rosa Reyes").go("primary-care")
    field = page.get_by_label("Message #primary-care")
    offers = page.get_by_role("listbox", name="Suggestions")
    field.press_sequentially("/")
    expect(offers.get_by_role("option")).to_have_count(3)
    snap(page)
    page.keyboard.press("ArrowDown")
    expect(offers.get_by_role("option", selected=True)).to_contain_text("/form Open a form")
    page.keyboard.press("Escape")
    expect(offers).to_be_hidden()
    expect(field).to_have_value("/")
    field.fill("Ask ")
    field.press_sequentially("@kow")
    page.keyboard.press("Tab")
    expect(field).to_have_value("Ask @Oksana Kowalchuk ")
    expect(field).to_be_focused()


def test_arrow_keys_run_through_a_menu_and_only_enter_or_going_on_chooses(sit_down, heard):
    desk = sit_down("Rosa Reyes")
    page = desk.go()
    desk.person.say(desk.person.direct_message, "Can we end it?")
    topic = page.get_by_role("log").get_by_label("Topic")
    topic.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(topic).to_have_value("chart")
    assert heard == []
    page.keyboard.press("Enter")
    desk.person.wait_for(lambda: heard)
    assert [told["selected_option"]["value"] for told in heard] == ["chart"]


def test_what_changes_elsewhere_leaves_focus_and_half_typed_text_alone(sit_down):
    desk = sit_down("Rosa Reyes")
    page = desk.go("primary-care")
    page.get_by_label("Message #primary-care").press_sequentially("half a quest")
    desk.person.say("primary-care", "News")
    expect(page.get_by_role("log")).to_contain_text("News")
    page.keyboard.type("ion")
    expect(page.get_by_label("Message #primary-care")).to_have_value("half a question")


def test_a_draft_waits_where_it_was_left(sit_down):
    page = sit_down("Rosa Reyes").go("primary-care")
    page.get_by_label("Message #primary-care").fill("half a question")
    page.get_by_role("link", name="care-team-north").click()
    expect(page.get_by_label("Message #care-team-north")).to_have_value("")
    page.get_by_role("link", name="primary-care").click()
    expect(page.get_by_label("Message #primary-care")).to_have_value("half a question")


def test_the_back_button_leads_back(sit_down):
    page = sit_down("Rosa Reyes").go("primary-care")
    page.get_by_role("link", name="care-team-north").click()
    expect(page.get_by_role("heading", name="care-team-north")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="primary-care")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="care-team-north")).to_be_visible()
