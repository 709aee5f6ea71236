"""From a question to an approved letter, by three people, each before a browser of their own."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.desks import DESKTOP, Desk
from tests.cases_in_slack.conftest import Clinic, clinic, open_clinic, pathway, workspace  # noqa: F401 - fixtures

TALL = {"viewport": {**DESKTOP["viewport"], "height": 1000}}


def type_in(page: Page, where: str, text: str) -> None:
    page.get_by_label(f"Message {where}").fill(text)
    page.keyboard.press("Enter")


def dialog(page: Page, name: str) -> Locator:
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def thread(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Thread")


def submit(form: Locator, button: str) -> None:
    form.get_by_role("button", name=button, exact=True).click()
    expect(form).to_have_count(0)


def open_case(page: Page) -> str:
    """From the answer, by its button; returns the code."""
    thread(page).get_by_role("button", name="Open a case …").click()
    form = dialog(page, "Open a case")
    form.get_by_label("What it is about, in a few words").fill("Shouting at the desk")
    form.get_by_label("Private channel that the case lives in").select_option("#care-team-north")
    form.get_by_label("Role of the most responsible provider").select_option("Physician")
    form.get_by_label("Rosa Reyes").check()
    form.get_by_role("button", name="Open", exact=True).click()
    opened = dialog(page, "Case opened")
    code = re.search(r"TR-\w{4}", opened.inner_text())
    opened.get_by_role("button", name="Close").last.click()
    assert code
    return code[0]


def open_thread(desk: Desk) -> Locator:
    page = desk.go("care-team-north")
    page.get_by_role("link", name=re.compile(r"\d+ repl")).last.click()
    return thread(page)


def reconcile(page: Page, case: Locator) -> None:
    for title in (
        "Work together on the problem",
        "Consider the reasons for the behaviour",
        "Consider an alternative provider",
    ):
        case.get_by_role("button", name=f"Mark as done: {title}").click()
        expect(case.get_by_role("button", name=f"Reopen: {title}")).to_be_visible()
    case.get_by_role("button", name="No: Is an impairment suspected?").click()
    expect(case.get_by_text("Answered “No” by")).to_be_visible()


def consult(page: Page) -> None:
    type_in(page, "#care-team-north", "/consult ")
    form = dialog(page, "Log a consultation")
    form.get_by_label("Case").select_option(index=1)
    for kind in ("Team", "Supervisor", "Mental health specialist", "Regional resource"):
        form.get_by_label(kind, exact=True).check()
    form.get_by_label("Marc Desrosiers").check()
    form.get_by_label("When it took place").fill("2026-03-02")
    form.get_by_label("By phone").check()
    form.get_by_label("What was asked").fill("What else can be tried?")
    form.get_by_label("What was advised").fill("Two people at each visit, and a written agreement.")
    submit(form, "Log it")
    dialog(page, "Logged").get_by_role("button", name="Close").last.click()


def state(page: Page, screen: Locator, title: str) -> None:
    screen.get_by_role("button", name=re.compile(f"^State it: {title[:40]}")).click()
    form = dialog(page, "State it")
    form.get_by_label("Statement").fill("So the team concluded, after three visits.")
    submit(form, "Save")


def test_three_people_go_from_a_question_to_an_approved_letter(sit_down, clinic: Clinic, snap) -> None:  # noqa: F811
    author, colleague, supervisor = (
        sit_down(name, TALL) for name in ("Anneliese Friesen", "Rosa Reyes", "Marc Desrosiers")
    )

    page = author.go()
    type_in(page, "Guideline", "what must we try before we end a relationship?")
    page.get_by_role("link", name="replies").click()
    expect(thread(page).get_by_role("button", name="Open a case …")).to_be_visible()
    snap(page, "01 ask")
    code = open_case(page)

    case = open_thread(author)
    expect(case.get_by_text("0 of 4 steps").first).to_be_visible()
    snap(page, "02 opened")
    reconcile(page, case)
    snap(page, "03 reconcile")

    theirs = open_thread(colleague)
    expect(theirs.get_by_text("Answered “No” by")).to_be_visible()
    theirs.get_by_role("button", name="Add a note: Work together on the problem").click()
    note = dialog(colleague.page, "Add a note")
    note.get_by_label("Note").fill("We wrote down what we expect of each other.")
    submit(note, "Add")
    expect(case.get_by_text("We wrote down what we expect of each other.")).to_be_visible()
    consult(colleague.page)
    expect(case.get_by_text("Two people at each visit, and a written agreement.")).to_be_visible()
    snap(page, "04 consult")

    type_in(page, "#care-team-north", f"/termination-letter {code}")
    screen = dialog(page, "Readiness")
    snap(page, "05 not ready")
    for title in ("The behaviours were severe", "Provider and team conclude", "All risks and consequences"):
        state(page, screen, title)
    expect(screen.get_by_text("A letter can be drafted.")).to_be_visible()
    snap(page, "06 ready")
    screen.get_by_role("button", name="Draft the letter …").click()

    form = dialog(page, "Draft the letter")
    form.get_by_label("The reasons, as the patient reads them").fill("Staff were shouted at during three visits.")
    form.get_by_label("Continuing care requirements").fill("Your wound needs a new dressing every second day.")
    form.get_by_label("Options for other primary care").fill("The walk-in clinic on Main Street takes new patients.")
    form.get_by_label("Emergency care starts").fill("2026-03-09")
    form.get_by_label("Emergency care ends").fill("2026-03-20")
    form.get_by_role("button", name="Post the draft").click()
    expect(form.get_by_text("less than 30 days after the start")).to_be_visible()
    snap(page, "07 refused at the field")
    form.get_by_label("Emergency care ends").fill("2026-04-10")
    submit(form, "Post the draft")
    page.keyboard.press("Escape")
    expect(case.get_by_text("DRAFT · Letter, version 1")).to_be_visible()
    case.get_by_text("DRAFT · Letter, version 1").scroll_into_view_if_needed()
    snap(page, "08 draft")
    case.get_by_role("button", name="Submit for approval").click()

    desk = supervisor.go()
    expect(desk.get_by_text("Approval asked · Letter, version 1")).to_be_visible()
    desk.get_by_text("Approval asked · Letter, version 1").scroll_into_view_if_needed()
    snap(desk, "09 asked")
    desk.get_by_role("button", name="Request changes …").click()
    comment = dialog(desk, "Request changes")
    comment.get_by_label("What should be changed").fill("Please say it more kindly.")
    submit(comment, "Request")
    expect(case.get_by_text("Please say it more kindly.").first).to_be_visible()
    snap(page, "10 changes requested")

    case.get_by_role("button", name="Revise …").click()
    revised = dialog(page, "Revise the letter")
    expect(revised.get_by_label("Continuing care requirements")).to_have_value(re.compile("wound"))
    revised.get_by_label("The reasons, as the patient reads them").fill("There were raised voices during three visits.")
    submit(revised, "Post the version")
    expect(case.get_by_text("Changed since version 1")).to_be_visible()
    case.get_by_text("Changed since version 1").scroll_into_view_if_needed()
    snap(page, "11 revised")
    case.get_by_role("button", name="Submit for approval").click()

    expect(desk.get_by_text("Approval asked · Letter, version 2")).to_be_visible()
    desk.get_by_role("button", name="Approve …").click()
    approval = dialog(desk, "Approve the letter")
    snap(desk, "12 approve")
    submit(approval, "Approve")
    expect(case.get_by_text("APPROVED · Letter, version 2")).to_be_visible()
    case.get_by_text("APPROVED · Letter, version 2").scroll_into_view_if_needed()
    snap(page, "13 approved")
    expect(desk.get_by_text(re.compile("Approval of version 2 of the letter: approved by"))).to_be_visible()
    snap(desk, "14 decided")
    assert clinic.load(code).letters[-1].approval
