"""From a question to an approved letter, before real browsers: a physician, a nurse and a supervisor."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.local.workspace import LocalWorkspace
from tests.browser.desks import Desk
from tests.cases_in_slack.conftest import Clinic, answerer, clinic, open_clinic, pathway  # noqa: F401 - fixtures
from tests.cases_in_slack.conftest import workspace as case_workspace

workspace = case_workspace
NORTH = "care-team-north"
STEPS = (
    "Work together on the problem",
    "Consider the reasons for the behaviour",
    "Consider an alternative provider",
)
STATEMENTS = ("severe", "every alternative", "risks and consequences")


@pytest.fixture
def physician(sit_down, clinic: Clinic) -> Desk:  # noqa: F811
    return sit_down("Anneliese Friesen")


def say(page: Page, where: str, text: str) -> None:
    page.get_by_label(f"Message {where}").fill(text)
    page.keyboard.press("Enter")


def dialog(page: Page, name: str) -> Locator:
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def test_three_people_walk_from_a_question_to_an_approved_letter(
    physician: Desk, sit_down, clinic: Clinic, workspace: LocalWorkspace, snap  # noqa: F811
) -> None:
    page = physician.go()
    say(page, "Guideline", "the relationship is breaking down, what do we try first?")
    page.get_by_role("link", name=re.compile("repl")).click()
    expect(page.get_by_role("complementary", name="Thread")).to_contain_text("SHOULD")
    snap(page, "1 ask")

    physician.go(NORTH)
    say(page, f"#{NORTH}", "/reconcile")
    form = dialog(page, "Open a case")
    snap(page, "2 open form")
    page.keyboard.press("Escape")
    code = clinic.open_case(participants=("Rosa Reyes",))

    page.get_by_role("link", name=re.compile("repl")).first.click()
    thread = page.get_by_role("complementary", name="Thread")
    for step in STEPS:
        thread.get_by_role("button", name=f"Mark as done: {step}").click()
        expect(thread.get_by_role("button", name=f"Mark as done: {step}")).to_have_count(0)
    thread.get_by_role("button", name="No: Is an impairment suspected?").click()
    expect(thread).to_contain_text("Answered “No”")
    snap(page, "3 checklist")
    assert form is not None and code
