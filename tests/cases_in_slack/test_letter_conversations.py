"""Readiness and the letter: what it takes, who may do what, and that nothing but the exact text is approved."""

import threading
from collections.abc import Callable

import pytest

from bot.local.model import Message
from bot.local.person import Person
from conversations.cases import LetterState
from tests.cases_in_slack.conftest import Clinic, OpenClinic
from tests.cases_in_slack.people import NORTH, PUBLIC, everything, surface_name

REQUEST = "request-1-0-{}"


def asked(clinic: Clinic, supervisor: Person, code: str, name: str = REQUEST) -> Message:
    """The direct message that asks a supervisor for approval: its last part, which has the buttons."""
    name = name.format(supervisor.id)
    where = supervisor.direct_message
    clinic.surface(supervisor, code, name, where=where)
    return [one for one in everything(supervisor, where) if surface_name(one).partition("/")[0] == name][-1]


def submitted(clinic: Clinic) -> str:
    """The code of a case whose letter waits for a supervisor."""
    code = clinic.open_case(participants=("Rosa Reyes",))
    clinic.make_ready(code)
    assert clinic.draft(code) == {}
    clinic.submit_letter(code)
    asked(clinic, clinic.marc, code)
    return code


def state(clinic: Clinic, code: str) -> LetterState:
    return clinic.load(code).letters[-1].state


def test_readiness_names_each_precondition_and_what_is_missing(clinic: Clinic) -> None:
    code = clinic.open_case()
    clinic.anneliese.command(PUBLIC, "/termination-letter", code)
    screen = clinic.anneliese.wait_for_modal("8 of 8 preconditions are not met")
    for precondition in clinic.work.cases.pathway.checklists.preconditions:
        assert precondition.title in screen.shown
    assert screen.shown.count("NOT MET") == 8
    assert "Draft the letter …" not in screen.labels


def test_letter_cannot_be_drafted_from_an_old_card(clinic: Clinic) -> None:
    code = clinic.open_case()
    clinic.make_ready(code)
    ready = clinic.surface(clinic.anneliese, code, "card", "it can be drafted")
    checklist = clinic.surface(clinic.anneliese, code, "checklist-conclusions", "3 of 3")
    clinic.anneliese.click(checklist, "Reopen: The behaviours were severe")
    clinic.surface(clinic.anneliese, code, "card", "*Next:* The behaviours were severe")
    clinic.anneliese.click(ready, "Draft the letter")
    clinic.anneliese.wait_for_message("are not all met: The behaviours were severe")
    assert clinic.anneliese.modal is None


def test_safety_exception_lets_the_letter_be_drafted_and_has_to_be_acknowledged(clinic: Clinic) -> None:
    code = clinic.open_case(participants=("Rosa Reyes",))
    rosa = clinic.rosa
    rosa.command(PUBLIC, "/termination-letter", code)
    rosa.click(rosa.wait_for_modal("Readiness"), "Safety exception …")
    rosa.wait_for_modal("What happened")
    assert clinic.send(rosa, {"reason": "violence", "statement": "A chair was thrown at a colleague."}) == {}
    screen = rosa.wait_for_modal("A letter can be drafted.")
    assert "A chair was thrown at a colleague." in screen.shown
    rosa.dismiss()
    assert clinic.draft(code) == {}
    clinic.submit_letter(code)
    marc = clinic.marc
    request = asked(clinic, marc, code)
    assert "A chair was thrown at a colleague." in request.shown
    marc.click(request, "Approve …")
    form = marc.wait_for_modal("A chair was thrown at a colleague.")
    assert marc.submit() != {}
    assert state(clinic, code) is LetterState.SUBMITTED
    for block in form.blocks:
        if block["block_id"].startswith("acknowledge-"):
            marc.fill(block["block_id"], ["I took note of this"])
    assert marc.submit() == {}
    clinic.surface(marc, code, "letter-1-1", "APPROVED")


def test_withheld_reasons_stay_out_of_the_channel(clinic: Clinic) -> None:
    code = clinic.open_case()
    clinic.make_ready(code)
    why = "He said that he would wait for us behind the building."
    anneliese = clinic.anneliese
    anneliese.command(PUBLIC, "/termination-letter", code)
    anneliese.click(anneliese.wait_for_modal("A letter can be drafted"), "Draft the letter …")
    anneliese.wait_for_modal("The reasons, as the patient reads them")
    anneliese.fill("continuing_care", "Wound care goes on.")
    anneliese.fill("states", "withheld")
    anneliese.wait_for_modal("Why personal safety would be compromised")
    assert "Wound care goes on." in str(anneliese.values(anneliese.wait_for_modal()))
    filled = {"rationale": why, "options": "The walk-in clinic.", "start": "2026-03-09", "end": "2026-04-10"}
    assert clinic.send(anneliese, filled) == {}
    letter = clinic.newest_version(anneliese, code)
    assert not any(why in one.shown for one in everything(anneliese, NORTH))
    clinic.jasleen.click(letter, "Why reasons are withheld")
    clinic.jasleen.wait_for_message("can see why reasons are withheld")
    anneliese.dismiss(everything=True)
    anneliese.click(letter, "Why reasons are withheld")
    assert why in anneliese.wait_for_modal("Reasons withheld").shown
    anneliese.dismiss()
    clinic.submit_letter(code)
    assert any(why in one.shown for one in everything_asked(clinic, clinic.marc, code))


def everything_asked(clinic: Clinic, supervisor: Person, code: str) -> list[Message]:
    asked(clinic, supervisor, code)
    return everything(supervisor, supervisor.direct_message)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("reasons", "Call 204-555-0134", "phone number"),
        ("continuing_care", "PHIN 123 456 789", "PHIN"),
        ("options", "PHIN 123 456 789", "PHIN"),
        ("start", "2026-03-01", "has passed"),
        ("end", "2026-03-20", "less than 30 days"),
    ],
)
def test_letter_is_refused_at_the_field(clinic: Clinic, field: str, typed: str, said: str) -> None:
    code = clinic.open_case()
    clinic.make_ready(code)
    errors = clinic.draft(code, **{field: typed})
    assert list(errors) == [field]
    assert said in errors[field]
    assert typed in str(clinic.anneliese.values(clinic.anneliese.wait_for_modal("Draft the letter")))


def test_letter_without_a_required_element_is_not_submitted(clinic: Clinic) -> None:
    code = clinic.open_case()
    clinic.make_ready(code)
    assert clinic.draft(code) == {}
    anneliese = clinic.anneliese
    anneliese.click(clinic.newest_version(anneliese, code), "Change the wording …")
    anneliese.wait_for_modal("Change the wording")
    assert clinic.send(anneliese, {"chart-transfer": None}) == {}
    shown = clinic.surface(anneliese, code, "letter-1-2", "MISSING")
    assert "Chart transfer once written authorization is received" in shown.shown
    anneliese.click(clinic.newest_version(anneliese, code), "Submit for approval")
    anneliese.wait_for_message("does not say everything that is required: Chart transfer")
    assert state(clinic, code) is LetterState.DRAFT


def test_edit_ends_the_approval(clinic: Clinic) -> None:
    code = submitted(clinic)
    marc, anneliese = clinic.marc, clinic.anneliese
    marc.click(asked(clinic, marc, code), "Approve …")
    marc.wait_for_modal("word for word")
    assert marc.submit() == {}
    clinic.surface(anneliese, code, "letter-1-1", "APPROVED")
    anneliese.click(clinic.newest_version(anneliese, code), "Revise …")
    anneliese.wait_for_modal("Revise the letter")
    assert clinic.send(anneliese, {"continuing_care": "Wound care goes on, at another clinic."}) == {}
    revised = clinic.surface(anneliese, code, "letter-1-2", "DRAFT")
    assert "APPROVED" not in revised.shown
    marc.wait_for_message("no longer approved.* Version 2", marc.direct_message)
    assert state(clinic, code) is LetterState.DRAFT
    assert clinic.surface(anneliese, code, "letter-1-1", "Replaced by version 2").labels == ("Read version 1",)


def test_approval_of_a_text_that_changed_meanwhile_is_refused(clinic: Clinic) -> None:
    code = submitted(clinic)
    marc, anneliese = clinic.marc, clinic.anneliese
    marc.click(asked(clinic, marc, code), "Approve …")
    marc.wait_for_modal("word for word")
    anneliese.click(clinic.newest_version(anneliese, code), "Revise …")
    anneliese.wait_for_modal("Revise the letter")
    assert clinic.send(anneliese, {"reasons": "Other reasons."}) == {}
    clinic.surface(anneliese, code, "letter-1-2")
    marc.submit()
    assert "changed meanwhile" in marc.wait_for_modal("Not done").shown
    assert state(clinic, code) is LetterState.DRAFT


def test_rejection_closes_the_letter_and_another_can_be_drafted(clinic: Clinic) -> None:
    code = submitted(clinic)
    marc, anneliese = clinic.marc, clinic.anneliese
    marc.click(asked(clinic, marc, code), "Reject …")
    marc.wait_for_modal("Reject the letter")
    assert clinic.send(marc, {"reason": "There is another way."}) == {}
    clinic.surface(anneliese, code, "letter-1-1", "REJECTED")
    clinic.surface(anneliese, code, "review-1-1", "There is another way.")
    anneliese.wait_for_message("There is another way.", anneliese.direct_message)
    assert clinic.draft(code) == {}
    clinic.surface(anneliese, code, "letter-2-1", "DRAFT")


def test_without_an_eligible_supervisor_it_says_so_at_once(open_clinic: OpenClinic) -> None:
    with open_clinic(supervisors=("Anneliese Friesen",)) as clinic:
        code = clinic.open_case()
        clinic.make_ready(code)
        assert clinic.draft(code) == {}
        clinic.submit_letter(code)
        clinic.anneliese.wait_for_message("No supervisor can decide on this letter")
        assert state(clinic, code) is LetterState.DRAFT


def test_supervisor_finds_on_the_home_what_waits(clinic: Clinic) -> None:
    code = submitted(clinic)
    home = clinic.oksana.open_home()
    assert "*Waiting for my approval* (1)" in home.shown
    clinic.oksana.click(home, "Read and decide")
    screen = clinic.oksana.wait_for_modal("Dear [Patient name]")
    clinic.oksana.click(screen, "Approve …")
    clinic.oksana.wait_for_modal("word for word")
    assert clinic.oksana.submit() == {}
    clinic.oksana.wait_for_modal("· APPROVED ·")
    assert state(clinic, code) is LetterState.APPROVED
    assert "Waiting for my approval" not in clinic.oksana.open_home().shown


def test_first_of_two_supervisors_counts_and_the_other_is_told(clinic: Clinic) -> None:
    code = submitted(clinic)
    both = (clinic.marc, clinic.oksana)
    for one in both:
        one.click(asked(clinic, one, code), "Approve …")
        one.wait_for_modal("word for word")
    at_once([one.submit for one in both])
    clinic.settle()
    letter = clinic.load(code).letters[-1]
    assert [review.kind for review in letter.reviews] == ["submitted", "approved"]
    (other,) = [one for one in both if one.id != letter.reviews[-1].by]
    assert "approved already" in other.wait_for_modal("Not done").shown
    assert clinic.store.cases.verify(code) == ()


def at_once(acts: list[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_people_at_the_same_step_and_a_consultation_all_land(clinic: Clinic) -> None:
    code = clinic.open_case(participants=("Rosa Reyes",))
    checklist = clinic.surface(clinic.rosa, code, "checklist-reconciliation")
    button = "Mark as done: Work together on the problem"
    at_once(
        [
            lambda: clinic.anneliese.click(checklist, button),
            lambda: clinic.rosa.click(checklist, button),
            lambda: clinic.log_consultation(code, "team", by=clinic.jasleen),
        ]
    )
    clinic.surface(clinic.rosa, code, "card", "1 of 4 steps", "1 logged")
    assert clinic.load(code).step("work-together").version == 1
    assert clinic.store.cases.verify(code) == ()
    clinic.settle()
    assert [surface_name(one) for one in everything(clinic.rosa)] == [
        "card",
        "checklist-reconciliation",
        "consultation-1",
    ]
