from playwright.sync_api import expect


def test_what_one_posts_the_other_sees_at_once(sit_down, snap):
    rosa, marc = sit_down("Rosa Reyes"), sit_down("Marc Desrosiers")
    rosa.go("primary-care")
    marc.go("primary-care")
    rosa.page.get_by_label("Message #primary-care").fill("@Care Guide who signs the letter?")
    rosa.page.keyboard.press("Enter")
    log = marc.page.get_by_role("log")
    expect(log).to_contain_text("@Care Guide who signs the letter?")
    expect(log.get_by_role("link", name="1 reply")).to_be_visible()
    log.get_by_role("link", name="1 reply").click()
    expect(marc.page.get_by_role("complementary", name="Thread")).to_contain_text("An answer in the thread.")
    snap(marc.page)


def test_what_is_for_one_is_shown_to_nobody_else(sit_down, snap):
    rosa, marc = sit_down("Rosa Reyes"), sit_down("Marc Desrosiers")
    rosa.go("primary-care")
    marc.go("primary-care")
    rosa.page.get_by_label("Message #primary-care").fill("/ask can we end it today?")
    rosa.page.keyboard.press("Enter")
    expect(rosa.page.get_by_text("Only visible to you")).to_be_visible()
    marc.person.say("primary-care", "Hello")
    expect(marc.page.get_by_role("log")).to_contain_text("Hello")
    expect(marc.page.get_by_text("can we end it today?")).to_have_count(0)
    snap(rosa.page)


def test_the_private_channel_is_not_in_the_rail_of_who_is_not_in_it(sit_down):
    rosa, oksana = sit_down("Rosa Reyes"), sit_down("Oksana Kowalchuk")
    rail = rosa.go("primary-care").get_by_role("navigation", name="Workspace")
    expect(rail.get_by_role("link", name="care-team-north")).to_be_visible()
    rail = oksana.go("primary-care").get_by_role("navigation", name="Workspace")
    expect(rail.get_by_role("link", name="primary-care")).to_be_visible()
    expect(rail.get_by_role("link", name="care-team-north")).to_have_count(0)


def test_news_elsewhere_is_marked_in_the_rail_until_one_looks(sit_down):
    rosa = sit_down("Rosa Reyes")
    page = rosa.go()
    expect(page.get_by_role("log")).to_be_visible()
    channel = page.get_by_role("navigation", name="Workspace").get_by_role("link", name="primary-care")
    marc = sit_down("Marc Desrosiers").person
    marc.say("primary-care", "News")
    expect(channel).to_contain_text("unread")
    channel.click()
    expect(page.get_by_role("log")).to_contain_text("News")
    expect(channel).not_to_contain_text("unread")


def test_acting_as_somebody_else_stays_in_the_same_place(sit_down, snap):
    page = sit_down("Rosa Reyes").go("primary-care")
    page.get_by_text("Acting as").click()
    snap(page, "menu")
    page.get_by_role("link", name="Marc Desrosiers").click()
    expect(page).to_have_title("primary-care · Marc Desrosiers · Local workspace")
    expect(page.get_by_role("navigation", name="Workspace")).to_contain_text("Acting as Marc Desrosiers Supervisor")


def test_a_page_says_that_the_workspace_is_away_and_goes_on_when_it_is_back(sit_down, workspace, snap):
    rosa = sit_down("Rosa Reyes")
    page = rosa.go("primary-care")
    away = page.get_by_text("This page goes on by itself")
    expect(away).to_be_hidden()
    with workspace.offline():
        expect(away).to_be_visible()
        page.get_by_label("Message #primary-care").fill("Is anybody there?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").get_by_text("Is it still running?")).to_be_visible()
        expect(page.get_by_label("Message #primary-care")).to_have_value("Is anybody there?")
        snap(page)
    workspace.person("Marc Desrosiers").say("primary-care", "Back again")
    expect(page.get_by_role("log")).to_contain_text("Back again")
    expect(away).to_be_hidden()
    assert all("ERR_" in complaint for complaint in rosa.complaints)
    rosa.complaints.clear()
