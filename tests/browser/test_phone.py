import pytest
from playwright.sync_api import expect

from tests.browser.desks import PHONE


@pytest.fixture
def desk(sit_down):
    return sit_down("Anneliese Friesen", PHONE)


def test_a_phone_shows_one_pane_at_a_time_with_a_way_back(desk, snap):
    page = desk.go("primary-care")
    desk.person.mention("primary-care", "who signs the letter?")
    rail = page.get_by_role("navigation", name="Workspace")
    thread = page.get_by_role("complementary", name="Thread")
    page.get_by_role("link", name="1 reply").tap()
    expect(thread).to_be_visible()
    expect(page.get_by_role("main")).to_be_hidden()
    snap(page, "thread")
    page.get_by_role("link", name="Back to primary-care").tap()
    expect(thread).to_have_count(0)
    expect(rail).to_be_hidden()
    page.get_by_role("link", name="Back to the list").tap()
    expect(rail).to_be_visible()
    expect(page.get_by_role("main")).to_be_hidden()
    snap(page, "rail")


def test_nothing_on_a_phone_is_wider_than_its_screen(desk, snap):
    page = desk.go()
    width = "document.documentElement.scrollWidth"
    page.get_by_label("Message Care Guide").fill("Can we end it today? " + "x" * 120)
    page.get_by_role("button", name="Send").tap()
    expect(page.get_by_role("heading", name="Ending phase")).to_be_visible()
    assert page.evaluate(width) == PHONE["viewport"]["width"]
    snap(page, "answer")
    page.get_by_role("button", name="Open a form").tap()
    expect(page.get_by_role("dialog", name="Log a consultation")).to_be_visible()
    assert page.evaluate(width) == PHONE["viewport"]["width"]
    snap(page, "form")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").tap()
    page.get_by_role("link", name="Home").tap()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    assert page.evaluate(width) == PHONE["viewport"]["width"]
    snap(page, "home")
