"""The App Home, and browsing the guideline from it."""

import pytest

from bot.views.home import PAGE, Page, build_section_modal
from guideline_content.answers import Outcome
from guideline_content.engine import Answerer
from tests.bot.conftest import Clinic
from tests.bot.sample import GUIDELINE


def test_every_section_that_says_something_can_be_opened(clinic: Clinic) -> None:
    rosa = clinic.nurse
    home = rosa.open_home()
    used = {clause.section for clause in clinic.guideline.clauses}
    for section in clinic.guideline.sections:
        if section.id in used:
            rosa.click(home, section.label)
            modal = rosa.wait_for_modal(section.label)
            assert "Read" in modal.labels
            rosa.dismiss()
        else:
            assert section.label not in home.labels


def test_entry_is_read_from_its_section_and_led_back_from(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.click(rosa.open_home(), "§4.2.3 Ending phase, letter")
    modal = rosa.wait_for_modal("Stating the reasons")
    rosa.click(modal, "browse-entry.letter.reasons.stated")
    entry = rosa.wait_for_modal("Read it together with")
    assert "Leaving the reasons out for safety" in entry.shown
    rosa.click(entry, "All of: What the letter contains")
    rosa.click(rosa.wait_for_modal("14 statements"), "Back to the section")
    rosa.wait_for_modal("Browse the guideline")


def test_readings_are_marked_as_background_everywhere(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.click(rosa.open_home(), "Background readings")
    modal = rosa.wait_for_modal("Background readings (not the guideline)")
    rosa.click(modal, f"browse-entry.{clinic.guideline.readings[0].id}")
    assert "Cheryl Forchuk" in rosa.wait_for_modal("Background reading, not the guideline").shown


@pytest.mark.parametrize(("number", "turners"), [(0, ["Next"]), (1, ["Previous", "Next"]), (2, ["Previous"])])
def test_long_section_is_paged_and_every_entry_is_on_a_page(number: int, turners: list[str]) -> None:
    template = GUIDELINE.clauses[2]
    many = tuple(template.model_copy(update={"id": f"c{count}"}) for count in range(2 * PAGE + 1))
    guideline = GUIDELINE.model_copy(update={"clauses": many})
    blocks = build_section_modal(guideline, Page("ending", number)).to_dict()["blocks"]
    shown = [block["accessory"]["value"].rpartition(":")[2] for block in blocks if "accessory" in block]
    assert shown == [clause.id for clause in many[number * PAGE : (number + 1) * PAGE]]
    assert [button["text"]["text"] for button in blocks[-1]["elements"]] == turners


def test_home_shows_how_to_ask_and_examples(clinic: Clinic) -> None:
    home = clinic.nurse.open_home()
    assert "Ask a question" in home.labels
    assert set(clinic.guideline.examples) <= set(home.labels)
    assert "leave out patients' names" in home.shown


def test_every_example_is_answered_when_it_is_asked(answerer: Answerer) -> None:
    outcomes = {question: answerer.answer(question).outcome for question in answerer.guideline.examples}
    assert set(outcomes.values()) == {Outcome.ANSWERED}, outcomes
