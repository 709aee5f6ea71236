"""The real bot before a real browser, as a provider, a colleague and a person with a phone see it."""

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.delivery.telling import Telling
from bot.local.workspace import LocalWorkspace
from conversations.asking import Asking
from guideline_content.answers import Outcome
from tests.bot.conftest import Clinic, Content
from tests.browser.desks import PHONE

PUNCHED = "pt punched a nurse can we end it today"
ENDING = "Immediate ending for violence or serious threats"
PHIN = "123 456 789"
LUCK = "which colour of envelope brings luck?"


@pytest.fixture
def workspace(clinic: Clinic) -> LocalWorkspace:
    """The workspace with the real bot in it."""
    return clinic.workspace


def ask(page: Page, where: str, question: str) -> None:
    page.get_by_label(f"Message {where}").fill(question)
    page.keyboard.press("Enter")


def test_a_provider_asks_reads_the_answer_and_says_what_was_missing(sit_down, clinic, snap):
    page = sit_down("Jasleen Gill").go()
    snap(page, "empty")
    ask(page, "Guideline", PUNCHED)
    page.get_by_role("link", name="replies").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_text(ENDING).first).to_be_in_viewport()
    snap(page, "answer")
    thread.get_by_role("button", name="No, this was not it").click()
    form = page.get_by_role("dialog", name="What was missing?")
    wanted = form.get_by_label("What were you looking for?")
    wanted.fill(f"the letter for {PHIN}")
    form.get_by_role("button", name="Send").click()
    expect(wanted).to_have_attribute("aria-invalid", "true")
    expect(wanted).to_have_value(f"the letter for {PHIN}")
    snap(page, "refused")
    wanted.fill("who pays the postage")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog", name="Thank you")).to_be_visible()
    assert [line.wanted for line in clinic.store.registered()] == ["who pays the postage"]


def test_a_provider_asks_to_be_told_and_is_told(sit_down, clinic, snap):
    page = sit_down("Jasleen Gill").go()
    ask(page, "Guideline", LUCK)
    page.get_by_role("link", name="replies").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_text("kept for 30 days")).to_be_in_viewport()
    snap(page, "offered")
    thread.get_by_role("button", name="Tell me when it is answered").click()
    expect(thread.get_by_text("Noted.")).to_be_in_viewport()
    snap(page, "noted")
    thread.get_by_role("button", name="I was looking for something else").click()
    form = page.get_by_role("dialog", name="What was missing?")
    form.get_by_role("checkbox", name="Tell me when there is another answer").check()
    snap(page, "form")
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog", name="Thank you")).to_contain_text("I tell you in a direct message")
    page.keyboard.press("Escape")
    richer = Content(clinic.guideline, {LUCK: (Outcome.ANSWERED, ("letter.registered",))})
    client = WebClient(clinic.workspace.bot_token, base_url=clinic.workspace.api_url)
    Telling(client, Asking(richer, clinic.store), None, clock=clinic.clock).run()
    told = page.get_by_role("log").get_by_text("You wanted to be told").first
    expect(told).to_be_in_viewport()
    snap(page, "told")


def test_an_answer_to_a_command_is_for_one_until_it_is_shared(sit_down, snap):
    rosa, marc = sit_down("Rosa Reyes"), sit_down("Marc Desrosiers")
    marc.go("primary-care")
    page = rosa.go("primary-care")
    ask(page, "#primary-care", "/guideline what goes in the letter?")
    expect(page.get_by_text("Only visible to you")).to_be_visible()
    expect(page.get_by_role("log").get_by_text("A registered letter")).to_be_in_viewport()
    snap(page, "only for one")
    expect(marc.page.get_by_role("log")).not_to_contain_text("A registered letter")
    page.get_by_role("button", name="Share in channel").click()
    expect(marc.page.get_by_role("log")).to_contain_text("Shared by @Rosa Reyes")
    expect(marc.page.get_by_role("log")).to_contain_text("A registered letter")
    snap(marc.page, "shared")


def test_home_keeps_the_role_and_opens_answers(sit_down, snap):
    page = sit_down("Jasleen Gill").go("home")
    home = page.get_by_role("main")
    expect(home.get_by_text("Common questions")).to_be_visible()
    home.get_by_role("combobox").select_option("Nurse practitioner")
    expect(home.get_by_role("combobox")).not_to_have_attribute("aria-busy", "true")
    page.reload()
    expect(home.get_by_role("combobox").locator("option:checked")).to_have_text("Nurse practitioner")
    snap(page, "home")
    home.get_by_role("button", name="Do I owe the patient 30 days of care?").click()
    answer = page.get_by_role("dialog", name="Answer")
    expect(answer).to_contain_text("30 days")
    snap(page, "answer")
    page.keyboard.press("Escape")
    expect(answer).to_have_count(0)
    home.get_by_role("button", name="§4.2.3 Ending phase", exact=True).click()
    expect(page.get_by_role("dialog", name="Browse the guideline")).to_be_visible()
    snap(page, "section")


def test_a_mention_in_a_channel_is_answered_in_its_thread_for_everybody(sit_down, snap):
    rosa, marc = sit_down("Rosa Reyes"), sit_down("Marc Desrosiers")
    marc.go("care-team-north")
    page = rosa.go("care-team-north")
    ask(page, "#care-team-north", "@Guideline can reception tell the patient?")
    marc.page.get_by_role("link", name="1 reply").click()
    thread = marc.page.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("content version")
    snap(marc.page)


def test_the_whole_way_on_a_phone(sit_down, snap):
    page = sit_down("Anneliese Friesen", PHONE).go()
    page.get_by_label("Message Guideline").fill(PUNCHED)
    page.get_by_role("button", name="Send").tap()
    page.get_by_role("link", name="replies").tap()
    expect(page.get_by_role("complementary", name="Thread").get_by_text(ENDING).first).to_be_in_viewport()
    snap(page, "answer")
    page.get_by_role("complementary").get_by_role("button", name="No, this was not it").tap()
    expect(page.get_by_role("dialog", name="What was missing?")).to_be_visible()
    snap(page, "form")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").tap()
    page.get_by_role("link", name="Back to Guideline").tap()
    page.get_by_role("link", name="Home").tap()
    expect(page.get_by_text("Common questions")).to_be_visible()
    snap(page, "home")
