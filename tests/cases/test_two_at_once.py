"""Two people at the same moment, from two threads on one real file: both land, or one is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from clinic import DOCTOR, NURSE, OTHER_SUPERVISOR, SUPERVISOR, Clinic, case_form, consultation_form, letter_form

from conversations.cases import Case, LetterState, StepState
from conversations.errors import ConversationError, StaleError

ROUNDS = range(8)


def at_once(*acts: Callable[[], Case]) -> list[Case | ConversationError]:
    """What each of them got."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Case]) -> Case | ConversationError:
        barrier.wait()
        try:
            return act()
        except ConversationError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def case(clinic: Clinic) -> Case:
    return clinic.open()


def entries(clinic: Clinic, case: Case) -> int:
    assert clinic.store.cases.verify(case.code) == ()
    return len(clinic.store.cases.history(case.code))


@pytest.mark.parametrize("_", ROUNDS)
def test_the_same_step_is_done_once(clinic: Clinic, case: Case, _: int) -> None:
    at = clinic.at()
    results = at_once(
        lambda: clinic.cases.complete(case.code, "work-together", seen=0, by=DOCTOR, at=at),
        lambda: clinic.cases.complete(case.code, "work-together", seen=0, by=NURSE, at=at),
    )
    assert results[0] == results[1]
    assert entries(clinic, case) == 2


@pytest.mark.parametrize("_", ROUNDS)
def test_of_two_wishes_for_one_step_the_second_is_told(clinic: Clinic, case: Case, _: int) -> None:
    at = clinic.at()
    results = at_once(
        lambda: clinic.cases.complete(case.code, "work-together", seen=0, by=DOCTOR, at=at),
        lambda: clinic.cases.set_aside(case.code, "work-together", "He moved.", seen=0, by=NURSE, at=at),
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", "StaleError"]
    assert entries(clinic, case) == 2


@pytest.mark.parametrize("_", ROUNDS)
def test_a_step_and_a_consultation_both_land(clinic: Clinic, case: Case, _: int) -> None:
    at = clinic.at()
    at_once(
        lambda: clinic.cases.complete(case.code, "work-together", seen=0, by=DOCTOR, at=at),
        lambda: clinic.cases.consult(case.code, consultation_form(), by=NURSE, at=at),
    )
    after = clinic.load(case)
    assert after.step("work-together").state is StepState.DONE
    assert len(after.consultations) == 1
    assert entries(clinic, case) == 3


def test_eight_consultations_and_eight_notes_all_land(clinic: Clinic, case: Case) -> None:
    at = clinic.at()
    consults = [lambda: clinic.cases.consult(case.code, consultation_form(), by=NURSE, at=at)] * 8
    notes = [lambda: clinic.cases.add_note(case.code, "work-together", "A note.", by=DOCTOR, at=at)] * 8
    results = at_once(*consults, *notes)
    assert all(isinstance(result, Case) for result in results)
    after = clinic.load(case)
    assert len({one.id for one in after.consultations}) == 8
    assert len(after.step("work-together").notes) == 8
    assert entries(clinic, case) == 17


@pytest.mark.parametrize("_", ROUNDS)
def test_a_double_click_on_a_form_is_taken_once(clinic: Clinic, case: Case, _: int) -> None:
    at = clinic.at()
    submit = [lambda: clinic.cases.consult(case.code, consultation_form(), by=NURSE, at=at, nonce="n")] * 3
    results = at_once(*submit)
    assert len({result.version for result in results if isinstance(result, Case)}) == 1
    assert len(clinic.load(case).consultations) == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_a_double_click_opens_one_case(clinic: Clinic, _: int) -> None:
    at = clinic.at()
    results = at_once(*[lambda: clinic.cases.open(case_form(), by=DOCTOR, at=at, nonce="n")] * 3)
    assert len({result.code for result in results if isinstance(result, Case)}) == 1
    assert len(clinic.store.cases.codes()) == 1


def test_a_form_that_was_taken_is_not_decided_on_again(clinic: Clinic) -> None:
    case = clinic.ready_case()
    at = clinic.at()
    first = clinic.letters.draft(case.code, letter_form(), by=DOCTOR, at=at, nonce="n")
    assert clinic.letters.draft(case.code, letter_form(), by=DOCTOR, at=at, nonce="n") == first


def test_a_refused_form_can_be_sent_again_after_it_was_corrected(clinic: Clinic, case: Case) -> None:
    with pytest.raises(ConversationError):
        clinic.cases.consult(case.code, consultation_form(asked=""), by=DOCTOR, at=clinic.at(), nonce="n")
    clinic.cases.consult(case.code, consultation_form(), by=DOCTOR, at=clinic.at(), nonce="n")
    assert len(clinic.load(case).consultations) == 1


@pytest.fixture
def submitted(clinic: Clinic) -> Case:
    case = clinic.ready_case()
    clinic.draft(case)
    return clinic.submit(case)


@pytest.mark.parametrize("_", range(4))
def test_of_two_approvals_the_first_counts_and_the_other_is_told(clinic: Clinic, submitted: Case, _: int) -> None:
    at, sha256 = clinic.at(), clinic.latest(submitted).sha256

    def approval(by: str) -> Callable[[], Case]:
        return lambda: clinic.letters.approve(submitted.code, seen=1, sha256=sha256, acknowledged=(), by=by, at=at)

    results = at_once(approval(SUPERVISOR), approval(OTHER_SUPERVISOR))
    assert sorted(type(result).__name__ for result in results) == ["Case", "StaleError"]
    assert len(clinic.load(submitted).letters[0].reviews) == 2


@pytest.mark.parametrize("_", range(4))
def test_an_edit_beside_an_approval_leaves_no_unread_text_approved(clinic: Clinic, submitted: Case, _: int) -> None:
    at, sha256 = clinic.at(), clinic.latest(submitted).sha256
    results = at_once(
        lambda: clinic.letters.approve(submitted.code, seen=1, sha256=sha256, acknowledged=(), by=SUPERVISOR, at=at),
        lambda: clinic.letters.revise(submitted.code, letter_form(options="Other."), {}, seen=1, by=DOCTOR, at=at),
    )
    assert isinstance(results[1], Case)
    assert isinstance(results[0], Case | StaleError)
    letter = clinic.load(submitted).letters[0]
    assert (letter.state, letter.latest.number) == (LetterState.DRAFT, 2)


@pytest.mark.parametrize("_", range(4))
def test_a_step_opened_beside_an_approval_leaves_none_standing(clinic: Clinic, submitted: Case, _: int) -> None:
    at, sha256 = clinic.at(), clinic.latest(submitted).sha256
    at_once(
        lambda: clinic.letters.approve(submitted.code, seen=1, sha256=sha256, acknowledged=(), by=SUPERVISOR, at=at),
        lambda: clinic.cases.reopen(submitted.code, "work-together", seen=1, by=DOCTOR, at=at),
    )
    letter = clinic.load(submitted).letter
    assert letter
    assert letter.approval is None
    assert clinic.store.cases.verify(submitted.code) == ()
