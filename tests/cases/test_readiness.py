"""The preconditions of a termination letter, and what stands in for them."""

import pytest
from clinic import DOCTOR, NURSE, SUPERVISOR, Clinic, letter_form

from conversations.cases import CloseReason
from conversations.checklists import Standing
from conversations.errors import ConversationError, FieldErrors
from conversations.readiness import Readiness, readiness

PRECONDITION_OF = {
    "severe-behaviour": "severe",
    "work-together": "steps-followed",
    "consider-reasons": "steps-followed",
    "impairment": "steps-followed",
    "every-alternative-taken": "alternatives",
    "alternative-provider": "alternatives",
    "consult-team": "team",
    "consult-supervisor": "supervisor",
    "consult-mental-health-specialist": "mental-health-specialist",
    "consult-regional-resources": "regional-resources",
    "risks-considered": "risks",
}


def ready(clinic: Clinic, code: str) -> Readiness:
    seen = clinic.cases.look(code, by=DOCTOR)
    return readiness(seen.case, seen.pathway)


def standings(clinic: Clinic, code: str) -> dict[str, Standing]:
    return {one.precondition.id: one.standing for one in ready(clinic, code).preconditions}


def test_a_new_case_meets_no_precondition(clinic: Clinic) -> None:
    assert set(standings(clinic, clinic.open().code).values()) == {Standing.NOT_MET}


def test_a_case_with_everything_done_is_ready_without_exceptions(clinic: Clinic) -> None:
    case = clinic.ready_case()
    assert set(standings(clinic, case.code).values()) == {Standing.MET}
    assert ready(clinic, case.code).ready
    assert ready(clinic, case.code).exceptions == ()


@pytest.mark.parametrize("step", PRECONDITION_OF)
def test_without_one_step_exactly_its_precondition_is_not_met(clinic: Clinic, step: str) -> None:
    case = clinic.make_ready(clinic.open(), without=step)
    missing = ready(clinic, case.code).missing
    assert [one.precondition.id for one in missing] == [PRECONDITION_OF[step]]
    assert step in {one.step.id for one in missing[0].missing}
    with pytest.raises(ConversationError, match=missing[0].precondition.title):
        clinic.draft(case)


def test_each_precondition_cites_its_clauses(clinic: Clinic) -> None:
    seen = clinic.cases.look(clinic.open().code, by=DOCTOR)
    for one in readiness(seen.case, seen.pathway).preconditions:
        cited = seen.pathway.citations(one.precondition.clauses)
        assert cited
        assert all(label.startswith("§4.2.3") for label in cited)


def test_the_steps_followed_are_those_of_the_branch_that_applies(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.complete(case, "work-together")
    clinic.complete(case, "consider-reasons")
    clinic.answer(case, "not-suspected")
    clinic.consult(case, "colleague")
    assert standings(clinic, case.code)["steps-followed"] is Standing.MET
    other = clinic.open()
    clinic.complete(other, "work-together")
    clinic.complete(other, "consider-reasons")
    clinic.answer(other, "suspected")
    assert standings(clinic, other.code)["steps-followed"] is Standing.NOT_MET
    clinic.consult(other, "mental-health-specialist")
    assert standings(clinic, other.code)["steps-followed"] is Standing.MET


def test_what_may_be_done_is_no_precondition(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(), without="impairment")
    clinic.answer(case, "suspected")
    assert ready(clinic, case.code).ready


def test_without_an_answer_neither_branch_counts(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.reopen(case, "impairment")
    assert standings(clinic, case.code)["steps-followed"] is Standing.NOT_MET


def test_no_regional_resource_being_appropriate_meets_the_precondition(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(), without="consult-regional-resources")
    clinic.set_aside(case, "consult-regional-resources")
    assert standings(clinic, case.code)["regional-resources"] is Standing.NOT_APPLICABLE
    assert ready(clinic, case.code).exceptions == ()


def test_an_alternative_provider_that_is_not_applicable_needs_no_exception(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(), without="alternative-provider")
    clinic.set_aside(case, "alternative-provider")
    assert standings(clinic, case.code)["alternatives"] is Standing.MET


@pytest.mark.parametrize("step", ["consult-team", "work-together", "severe-behaviour", "risks-considered"])
def test_not_applicable_elsewhere_stands_as_an_exception_with_its_reason(clinic: Clinic, step: str) -> None:
    case = clinic.make_ready(clinic.open(), without=step)
    clinic.set_aside(case, step, "There is nobody else.", by=NURSE)
    assert standings(clinic, case.code)[PRECONDITION_OF[step]] is Standing.EXCEPTION
    (exception,) = ready(clinic, case.code).exceptions
    assert (exception.why, exception.by) == ("There is nobody else.", NURSE)
    assert exception.clauses == clinic.pathway.checklists.steps[step].clauses
    assert ready(clinic, case.code).ready


def test_an_exception_in_other_words_is_another_one(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.set_aside(case, "work-together", "He refuses.")
    (first,) = ready(clinic, case.code).exceptions
    clinic.set_aside(case, "work-together", "He moved away.")
    (second,) = ready(clinic, case.code).exceptions
    assert first.id != second.id


def test_an_exception_on_the_other_branch_does_not_stand(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.answer(case, "suspected")
    clinic.set_aside(case, "impairment-consultation")
    clinic.answer(case, "not-suspected")
    assert ready(clinic, case.code).exceptions == ()


def test_violence_or_serious_threats_open_the_letter_at_once(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.cases.declare_safety_exception(case.code, "violence", "He struck a nurse.", by=NURSE, at=clinic.at())
    now = ready(clinic, case.code)
    assert now.ready
    assert {one.standing for one in now.preconditions} == {Standing.EXCEPTION}
    assert [one.why for one in now.exceptions] == ["He struck a nurse."]
    clinic.draft(case)


def test_what_is_met_stays_met_under_a_safety_exception(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.consult(case, "team")
    clinic.cases.declare_safety_exception(case.code, "violence", "He struck a nurse.", by=NURSE, at=clinic.at())
    assert standings(clinic, case.code)["team"] is Standing.MET


def test_a_safety_exception_needs_a_known_reason_and_a_statement(clinic: Clinic) -> None:
    case = clinic.open()
    with pytest.raises(FieldErrors) as refused:
        clinic.cases.declare_safety_exception(case.code, "rudeness", " ", by=NURSE, at=clinic.at())
    assert set(refused.value.fields) == {"reason", "statement"}


def test_a_safety_exception_is_declared_once(clinic: Clinic) -> None:
    case = clinic.open()
    said = ("serious-threats", "He threatened to burn the clinic down.")
    first = clinic.cases.declare_safety_exception(case.code, *said, by=NURSE, at=clinic.at())
    assert clinic.cases.declare_safety_exception(case.code, *said, by=DOCTOR, at=clinic.at()) == first
    with pytest.raises(ConversationError, match="stands already"):
        clinic.cases.declare_safety_exception(case.code, "violence", "Another time.", by=DOCTOR, at=clinic.at())


def test_a_withdrawn_safety_exception_counts_no_longer_and_stays_on_record(clinic: Clinic) -> None:
    case = clinic.open()
    declared = clinic.cases.declare_safety_exception(case.code, "violence", "He struck.", by=NURSE, at=clinic.at())
    exception = declared.safety_exceptions[0].id
    after = clinic.cases.withdraw_safety_exception(case.code, exception, "A mistake.", by=DOCTOR, at=clinic.at())
    assert not ready(clinic, case.code).ready
    withdrawn = after.safety_exceptions[0].withdrawn
    assert withdrawn
    assert withdrawn.reason == "A mistake."
    again = clinic.cases.withdraw_safety_exception(case.code, exception, "Twice.", by=DOCTOR, at=clinic.at())
    assert again == after
    with pytest.raises(ConversationError, match="no such safety exception"):
        clinic.cases.withdraw_safety_exception(case.code, "safety-9", "None.", by=DOCTOR, at=clinic.at())


def test_a_letter_drafted_under_a_withdrawn_exception_is_not_submitted(clinic: Clinic) -> None:
    case = clinic.open()
    declared = clinic.cases.declare_safety_exception(case.code, "violence", "He struck.", by=NURSE, at=clinic.at())
    clinic.draft(case)
    exception = declared.safety_exceptions[0].id
    clinic.cases.withdraw_safety_exception(case.code, exception, "A mistake.", by=NURSE, at=clinic.at())
    with pytest.raises(ConversationError, match="preconditions of a termination letter are not all met"):
        clinic.submit(case)


def test_the_letter_is_not_approved_once_a_precondition_fell(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.reopen(case, "risks-considered")
    with pytest.raises(ConversationError, match="All risks and consequences"):
        clinic.approve(case)


def test_an_approval_falls_with_a_precondition(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.approve(case)
    after = clinic.reopen(case, "work-together")
    assert after.letter
    assert after.letter.approval is None
    clinic.complete(case, "work-together")
    assert clinic.load(case).letters[0].approval is None
    told = {(notice.kind.value, notice.recipient) for notice in clinic.store.delivery.unsent(at=clinic.at())}
    assert ("approval_voided", SUPERVISOR) in told
    assert clinic.store.cases.history(case.code)[-2].entry.voided  # type: ignore[union-attr]


def test_an_approval_falls_with_an_exception_that_nobody_acknowledged(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.approve(case)
    after = clinic.set_aside(case, "severe-behaviour")
    assert after.letter
    assert after.letter.approval is None


def test_an_approval_stands_while_nothing_it_presupposes_changes(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.approve(case)
    clinic.consult(case, "colleague")
    after = clinic.cases.add_note(case.code, "work-together", "Sent today.", by=NURSE, at=clinic.at())
    assert after.letter
    assert after.letter.approval


def test_a_closed_case_refuses_everything(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.approve(case)
    closed = clinic.cases.close(case.code, CloseReason.RECONCILED, by=DOCTOR, at=clinic.at())
    assert closed.letter
    assert closed.letter.approval is None
    assert clinic.cases.close(case.code, CloseReason.RECONCILED, by=NURSE, at=clinic.at()) == closed
    attempts = [
        lambda: clinic.complete(case, "work-together"),
        lambda: clinic.consult(case, "team"),
        lambda: clinic.cases.add_note(case.code, "work-together", "A note.", by=DOCTOR, at=clinic.at()),
        lambda: clinic.cases.declare_safety_exception(case.code, "violence", "Late.", by=DOCTOR, at=clinic.at()),
        lambda: clinic.revise(case, options="Another clinic."),
        lambda: clinic.letters.draft(case.code, letter_form(), by=DOCTOR, at=clinic.at()),
        lambda: clinic.submit(case),
        lambda: clinic.approve(case),
        lambda: clinic.request_changes(case),
        lambda: clinic.reject(case),
        lambda: clinic.cases.move(case.code, "C-2", by=DOCTOR, at=clinic.at()),
        lambda: clinic.cases.add_participants(case.code, ["U-new"], by=DOCTOR, at=clinic.at()),
        lambda: clinic.cases.close(case.code, CloseReason.OPENED_IN_ERROR, by=DOCTOR, at=clinic.at()),
    ]
    for attempt in attempts:
        with pytest.raises(ConversationError, match="closed as reconciled"):
            attempt()
    assert clinic.load(case) == closed
