"""What is pressed counts, also when the page is drawn anew meanwhile."""

from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from tests.browser.demo_app import button, home_view, plain


def home_drawn_anew(workspace, person) -> None:
    """With a line more at the top, and a button more in the row."""
    view = home_view()
    view["blocks"].insert(0, {"type": "section", "text": plain("News")})
    view["blocks"][-1]["elements"].append(button("ask_c", "A copy?"))
    WebClient(workspace.bot_token, base_url=workspace.api_url).views_publish(user_id=person.id, view=view)


def press(page: Page, what: Locator) -> None:
    box = what.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def assert_nothing_changes(page: Page) -> None:
    """For as long as the page takes to fetch and to draw, many times over."""
    page.wait_for_timeout(500)
    expect(page.get_by_text("News")).to_have_count(0)


def test_a_button_that_is_drawn_anew_while_it_is_pressed_is_pressed(sit_down, workspace, heard):
    desk = sit_down("Rosa Reyes")
    page = desk.go("home")
    question = page.get_by_role("button", name="Who signs the letter?")
    expect(question).to_be_visible()
    press(page, question)
    home_drawn_anew(workspace, desk.person)
    assert_nothing_changes(page)
    page.mouse.up()
    expect(page.get_by_text("News")).to_be_visible()
    desk.person.wait_for(lambda: heard)
    assert heard[0]["action_id"] == "ask_a"
    expect(page.get_by_text("This has changed in the meantime")).to_have_count(0)


def test_what_is_under_a_held_pointer_changes_once_it_is_let_go(sit_down, workspace, heard):
    desk = sit_down("Rosa Reyes")
    page = desk.go("home")
    expect(page.get_by_text("Common questions")).to_be_visible()
    press(page, page.get_by_text("Common questions"))
    home_drawn_anew(workspace, desk.person)
    assert_nothing_changes(page)
    page.mouse.up()
    expect(page.get_by_text("News")).to_be_visible()
    assert heard == []


def test_a_press_whose_end_is_never_seen_holds_nothing_up_for_long(sit_down, workspace):
    desk = sit_down("Rosa Reyes")
    page = desk.go("home")
    expect(page.get_by_text("Common questions")).to_be_visible()
    page.get_by_text("Common questions").dispatch_event("pointerdown", {"isPrimary": True, "button": 0})
    home_drawn_anew(workspace, desk.person)
    assert_nothing_changes(page)
    page.mouse.move(300, 300)
    expect(page.get_by_text("News")).to_be_visible()
