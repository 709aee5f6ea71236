"""Working on the steps of a case."""

import pytest
from clinic import DOCTOR, MEMBER, NURSE, WORKER, Clinic, consultation_form

from conversations.checklists import Standing, status
from conversations.errors import ConversationError, FieldErrors, StaleError
from guideline_content.checklists import Means
from guideline_content.pathway import Pathway


def standing(clinic: Clinic, code: str, step: str) -> Standing:
    seen = clinic.cases.look(code, by=DOCTOR)
    return status(seen.case, seen.pathway.checklists.steps[step]).standing


def applies(clinic: Clinic, code: str, step: str) -> bool | None:
    seen = clinic.cases.look(code, by=DOCTOR)
    return status(seen.case, seen.pathway.checklists.steps[step]).applies


def test_a_step_is_done_by_whoever_marks_it(clinic: Clinic) -> None:
    case = clinic.open()
    after = clinic.complete(case, "work-together", by=NURSE)
    progress = after.step("work-together")
    assert (progress.by, progress.at, progress.version) == (NURSE, clinic.now, 1)
    assert standing(clinic, case.code, "work-together") is Standing.MET


def test_marking_a_step_twice_changes_nothing_twice(clinic: Clinic) -> None:
    case = clinic.open()
    first = clinic.complete(case, "work-together")
    second = clinic.cases.complete(case.code, "work-together", seen=0, by=NURSE, at=clinic.at())
    assert second == first
    assert len(clinic.store.cases.history(case.code)) == 2


def test_a_step_that_changed_meanwhile_is_not_changed_blindly(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.complete(case, "work-together")
    with pytest.raises(StaleError, match="“Work together on the problem” was changed meanwhile: it is done"):
        clinic.cases.set_aside(case.code, "work-together", "Not here.", seen=0, by=NURSE, at=clinic.at())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda clinic, case: clinic.set_aside(case, "severe-behaviour"), "it is set to not applicable"),
        (lambda clinic, case: clinic.state(case, "severe-behaviour"), "it has a new statement"),
        (
            lambda clinic, case: (clinic.state(case, "severe-behaviour"), clinic.reopen(case, "severe-behaviour")),
            "it is open again",
        ),
    ],
)
def test_what_changed_is_said(clinic: Clinic, change: object, words: str) -> None:
    case = clinic.open()
    assert callable(change)
    change(clinic, case)
    with pytest.raises(StaleError, match=words):
        clinic.cases.state(case.code, "severe-behaviour", "Other words.", seen=99, by=NURSE, at=clinic.at())


def test_a_step_can_be_opened_again(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.complete(case, "consider-reasons")
    clinic.reopen(case, "consider-reasons")
    assert standing(clinic, case.code, "consider-reasons") is Standing.NOT_MET


def test_a_note_never_conflicts_and_leaves_the_version_of_the_step(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.cases.add_note(case.code, "work-together", "Met twice.", by=MEMBER, at=clinic.at())
    after = clinic.cases.complete(case.code, "work-together", seen=0, by=DOCTOR, at=clinic.at())
    assert [note.text for note in after.step("work-together").notes] == ["Met twice."]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("consult-team", "met by logging the consultation"),
        ("severe-behaviour", "met by stating it in words"),
        ("impairment", "needs an answer"),
    ],
)
def test_a_button_does_not_meet_what_needs_more(clinic: Clinic, step: str, words: str) -> None:
    with pytest.raises(ConversationError, match=words):
        clinic.complete(clinic.open(), step)


def test_a_statement_belongs_to_steps_that_ask_for_one(clinic: Clinic) -> None:
    with pytest.raises(ConversationError, match="not met by a statement"):
        clinic.state(clinic.open(), "consult-team")


def test_a_question_is_never_not_applicable(clinic: Clinic) -> None:
    with pytest.raises(ConversationError, match="always needs an answer"):
        clinic.set_aside(clinic.open(), "impairment")


def test_only_the_questions_answers_are_answers(clinic: Clinic) -> None:
    with pytest.raises(ConversationError, match="no such answer"):
        clinic.answer(clinic.open(), "maybe")


def test_a_step_nobody_knows_is_refused(clinic: Clinic) -> None:
    with pytest.raises(ConversationError, match="not part of the case's checklists"):
        clinic.complete(clinic.open(), "forged")


def test_the_answer_decides_which_steps_apply(clinic: Clinic) -> None:
    case = clinic.open()
    branches = ("impairment-consultation", "behavioural-contract", "colleagues-consultation")
    assert [applies(clinic, case.code, step) for step in branches] == [None, None, None]
    clinic.answer(case, "suspected")
    assert [applies(clinic, case.code, step) for step in branches] == [True, True, False]
    clinic.answer(case, "not-suspected")
    assert [applies(clinic, case.code, step) for step in branches] == [False, False, True]


def test_a_step_of_the_other_branch_cannot_be_worked_on(clinic: Clinic) -> None:
    case = clinic.open()
    with pytest.raises(ConversationError, match="“Is an impairment suspected\\?”, and it has no answer yet"):
        clinic.complete(case, "behavioural-contract")
    clinic.answer(case, "not-suspected")
    with pytest.raises(ConversationError, match="and the answer is “No”"):
        clinic.complete(case, "behavioural-contract")


def test_switching_the_branch_keeps_what_was_done_on_the_other(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.answer(case, "suspected")
    clinic.complete(case, "behavioural-contract")
    after = clinic.answer(case, "not-suspected")
    assert after.step("behavioural-contract").by == DOCTOR
    clinic.answer(case, "suspected")
    assert standing(clinic, case.code, "behavioural-contract") is Standing.MET


def test_a_consultation_meets_the_steps_of_its_kinds_and_no_other(clinic: Clinic, pathway: Pathway) -> None:
    case = clinic.consult(clinic.open(), "team", "supervisor")
    met = {step.id for step in pathway.checklists.steps.values() if status(case, step).standing is Standing.MET}
    assert met == {"consult-team", "consult-supervisor", "impairment-consultation", "colleagues-consultation"}


def test_one_logged_consultation_meets_the_colleagues_step(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.answer(case, "not-suspected")
    assert standing(clinic, case.code, "colleagues-consultation") is Standing.NOT_MET
    clinic.consult(case, "colleague")
    assert standing(clinic, case.code, "colleagues-consultation") is Standing.MET


def test_not_applicable_is_an_exception_unless_the_source_qualifies_the_step(clinic: Clinic, pathway: Pathway) -> None:
    case = clinic.open()
    clinic.answer(case, "suspected")
    steps = pathway.checklists.steps.values()
    for step in steps:
        if step.met_by is not Means.ANSWER and applies(clinic, case.code, step.id):
            clinic.set_aside(case, step.id)
    qualified = {step.id for step in steps if standing(clinic, case.code, step.id) is Standing.NOT_APPLICABLE}
    assert qualified == {
        "alternative-provider",
        "consult-regional-resources",
        "behavioural-contract",
        "ways-to-get-needs-met",
    }
    clinic.answer(case, "not-suspected")
    clinic.set_aside(case, "colleagues-consultation")
    assert standing(clinic, case.code, "colleagues-consultation") is Standing.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["", "  \n", "Ask 204-555-0134.", "PHIN 123 456 789", "x" * 3001])
def test_a_text_that_cannot_be_taken_is_refused_at_its_field_and_keeps_nothing(clinic: Clinic, text: str) -> None:
    case = clinic.open()
    with pytest.raises(FieldErrors) as refused:
        clinic.state(case, "severe-behaviour", text)
    assert set(refused.value.fields) == {"text"}
    assert text.strip() == "" or text not in str(refused.value)
    assert clinic.load(case) == case


def test_a_text_of_3000_characters_is_kept_whole(clinic: Clinic) -> None:
    text = "<!channel> {{ 7 * 7 }} " + "é" * 2977
    assert clinic.state(clinic.open(), "severe-behaviour", text).step("severe-behaviour").text == text


def test_a_consultation_needs_whom_how_when_and_what(clinic: Clinic) -> None:
    case = clinic.open()
    nothing = {"people": (), "others": " ", "way": "by-pigeon", "day": "2027-03-02", "asked": "", "advised": ""}
    with pytest.raises(FieldErrors) as refused:
        clinic.consult(case, "gossip", **nothing)
    assert set(refused.value.fields) == {"kinds", "others", "way", "day", "asked", "advised"}
    assert "with whom" in refused.value.fields["others"]


def test_the_day_of_a_consultation_is_a_day_in_winnipeg(clinic: Clinic) -> None:
    case = clinic.open()
    late_evening = clinic.now.replace(day=2, hour=4)
    with pytest.raises(FieldErrors):
        clinic.cases.consult(case.code, consultation_form(day="2027-03-02"), by=DOCTOR, at=late_evening)
    clinic.cases.consult(case.code, consultation_form(day="2027-03-01"), by=DOCTOR, at=late_evening)


def test_people_outside_are_named_by_role(clinic: Clinic) -> None:
    case = clinic.consult(clinic.open(), "other", people=(), others="Psychiatrist on call")
    assert case.consultations[0].others == "Psychiatrist on call"


def test_thirty_long_consultations_and_forty_participants_are_kept_whole(clinic: Clinic) -> None:
    case = clinic.open(participants=tuple(f"U-{number}" for number in range(39)))
    long = "word " * 599 + "words"
    for _ in range(30):
        clinic.consult(case, "team", asked=long, advised=long, next_step=long, others=long)
    kept = clinic.load(case)
    assert len(kept.participants) == 40
    assert {(one.asked, one.advised, one.next_step, one.others) for one in kept.consultations} == {(long,) * 4}
    assert len({one.id for one in kept.consultations}) == 30
    assert kept.consultations[0].people == (WORKER,)
