from playwright.sync_api import expect

from tests.browser.desks import DESKTOP

LOW = DESKTOP | {"viewport": {"width": 1000, "height": 420}}


def test_a_long_answer_is_read_from_its_beginning(sit_down, snap):
    page = sit_down("Rosa Reyes", LOW).go()
    page.get_by_label("Message Care Guide").fill("Can we end it?")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_role("heading", name="Ending phase")).to_be_in_viewport()
    expect(log.get_by_role("button", name="This was it", exact=True)).not_to_be_in_viewport()
    snap(page)


def test_whoever_reads_further_up_stays_there_and_is_told_of_newer_messages(sit_down, workspace, snap):
    marc = workspace.person("Marc Desrosiers")
    for number in range(30):
        marc.say("primary-care", f"Message {number}")
    page = sit_down("Rosa Reyes", LOW).go("primary-care")
    log = page.get_by_role("log")
    expect(log.get_by_text("Message 29")).to_be_in_viewport()
    log.evaluate("log => log.scrollTo(0, 0)")
    expect(log.get_by_text("Message 0", exact=True)).to_be_in_viewport()
    marc.say("primary-care", "News")
    page.get_by_role("button", name="Newer messages").wait_for()
    expect(log.get_by_text("Message 0", exact=True)).to_be_in_viewport()
    snap(page)
    page.get_by_role("button", name="Newer messages").click()
    expect(log.get_by_text("News")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Newer messages")).to_be_hidden()


def test_whoever_is_at_the_end_stays_at_the_end(sit_down, workspace):
    marc = workspace.person("Marc Desrosiers")
    for number in range(30):
        marc.say("primary-care", f"Message {number}")
    page = sit_down("Rosa Reyes", LOW).go("primary-care")
    for number in range(30, 33):
        marc.say("primary-care", f"Message {number}")
        expect(page.get_by_role("log").get_by_text(f"Message {number}")).to_be_in_viewport()
