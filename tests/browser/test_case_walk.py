"""From a question to an approved letter, before real browsers: a physician, a nurse and a supervisor."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.cases_in_slack.conftest import Clinic, answerer, clinic, open_clinic, pathway, workspace  # noqa: F401

NORTH = "care-team-north"
STEPS = (
    "Work together on the problem",
    "Consider the reasons for the behaviour",
    "Consider an alternative provider",
)


def say(page: Page, where: str, text: str) -> None:
    page.get_by_label(f"Message {where}").fill(text)
    page.keyboard.press("Enter")


def dialog(page: Page, name: str) -> Locator:
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def thread_of(page: Page) -> Locator:
    page.get_by_role("link", name=re.compile("repl")).last.click()
    return page.get_by_role("complementary", name="Thread")


def test_three_people_walk_from_a_question_to_an_approved_letter(sit_down, clinic: Clinic, snap) -> None:  # noqa: F811
    physician, nurse, supervisor = sit_down("Anneliese Friesen"), sit_down("Rosa Reyes"), sit_down("Marc Desrosiers")
    page = physician.go()
    say(page, "Guideline", "the relationship is breaking down, what do we try first?")
    expect(thread_of(page)).to_contain_text("SHOULD")
    snap(page, "1 ask")

    physician.go(NORTH)
    say(page, f"#{NORTH}", "/reconcile")
    form = dialog(page, "Open a case")
    form.get_by_label("What it is about, in a few words").fill("Shouting at the desk")
    form.get_by_label("Role of the most responsible provider").select_option("Physician")
    form.get_by_label("Rosa Reyes").check()
    snap(page, "2 open")
    form.get_by_role("button", name="Open").click()
    opened = dialog(page, "Case opened")
    code = re.search(r"TR-\w{4}", opened.inner_text())[0]
    page.keyboard.press("Escape")

    thread = thread_of(page)
    for step in STEPS:
        thread.get_by_role("button", name=f"Mark as done: {step}").click()
        expect(thread.get_by_role("button", name=f"Mark as done: {step}")).to_have_count(0)
    thread.get_by_role("button", name="No: Is an impairment suspected?").click()
    expect(thread).to_contain_text("Answered “No”")
    snap(page, "3 reconcile")

    nurse.go(NORTH)
    nurse.page.get_by_role("button", name="Log a consultation").click()
    form = dialog(nurse.page, "Log a consultation")
    for kind in ("Team", "Supervisor", "Mental health specialist", "Regional resource"):
        form.get_by_label(kind, exact=True).check()
    form.get_by_label("Marc Desrosiers").check()
    form.get_by_label("By phone").check()
    form.get_by_label("When it took place").fill("2026-03-01")
    form.get_by_label("What was asked").fill("What else can be tried?")
    form.get_by_label("What was advised").fill("Two people at each visit.")
    snap(nurse.page, "4 consult")
    form.get_by_role("button", name="Log it").click()
    expect(form).to_have_count(0)
    expect(thread).to_contain_text("Two people at each visit.")

    page.get_by_role("button", name="Check readiness").click()
    for left in (3, 2, 1):
        screen = dialog(page, "Readiness")
        statements = screen.get_by_role("button", name=re.compile("^State it:"))
        expect(statements).to_have_count(left)
        snap(page, f"5 readiness {left} left")
        statements.first.click()
        form = dialog(page, "Statement")
        form.get_by_role("textbox").fill("We found this together, after three visits.")
        form.get_by_role("button", name="Save").click()
    dialog(page, "A letter can be drafted").get_by_role("button", name="Draft the letter").click()
    form = dialog(page, "Draft the letter")
    form.get_by_label("The reasons, as the patient reads them").fill("Staff were shouted at during three visits.")
    form.get_by_label("Continuing care requirements").fill("Your wound needs a new dressing every second day.")
    form.get_by_label("Options for other primary care").fill("The walk-in clinic on Main Street takes new patients.")
    form.get_by_label("Emergency care starts").fill("2026-03-09")
    form.get_by_label("Emergency care ends").fill("2026-04-10")
    form.get_by_role("button", name="Post the draft").click()
    expect(thread).to_contain_text("DRAFT")
    snap(page, "6 draft")
    page.keyboard.press("Escape")
    thread.get_by_role("button", name="Submit for approval").click()

    desk = supervisor.go()
    request = desk.get_by_role("log")
    expect(request).to_contain_text("Dear [Patient name],")
    snap(desk, "7 asked")
    request.get_by_role("button", name="Request changes").click()
    form = dialog(desk, "Request changes")
    form.get_by_label("What should be changed").fill("Please say it more kindly.")
    form.get_by_role("button", name="Request", exact=True).click()
    expect(thread).to_contain_text("Please say it more kindly.")

    thread.get_by_role("button", name="Revise").last.click()
    form = dialog(page, "Revise the letter")
    form.get_by_label("The reasons, as the patient reads them").fill("There were raised voices during three visits.")
    form.get_by_role("button", name="Post the version").click()
    expect(thread).to_contain_text("Changed since version 1")
    snap(page, "8 revised")
    page.keyboard.press("Escape")
    thread.get_by_role("button", name="Submit for approval").last.click()

    request.get_by_role("button", name="Approve").last.click()
    form = dialog(desk, "Approve the letter")
    snap(desk, "9 approve")
    form.get_by_role("button", name="Approve", exact=True).click()
    expect(thread).to_contain_text("approved by")
    snap(page, "10 approved")
    letter = clinic.load(code).letters[-1]
    assert letter.approval is not None
    expect(thread).to_contain_text(letter.latest.sha256[:12])
    assert clinic.store.cases.verify(code) == ()
