"""Who may do what: the table itself, and that the services keep to it."""

from collections.abc import Callable

import pytest
from clinic import (
    CHANNEL,
    DOCTOR,
    MEMBER,
    NURSE,
    OTHER_SUPERVISOR,
    STRANGER,
    SUPERVISOR,
    Clinic,
    case_form,
    consultation_form,
    letter_form,
)

from conversations.authority import Act, Relation, may, relations
from conversations.cases import Case, CloseReason
from conversations.errors import ConversationError, NotAllowedError, UnknownCaseError

P, A, R, S, M = Relation
NOBODY: frozenset[Relation] = frozenset()

COLUMNS = {
    "participant": {P},
    "author": {P, A},
    "most responsible provider": {R},
    "supervisor": {S},
    "supervisor who is the author": {S, P, A},
    "supervisor who is the provider": {S, R},
    "channel member": {M},
    "stranger": set(),
}

TABLE = """
                  participant author provider supervisor sup-author sup-provider member stranger
see                    x         x       x         x          x           x         x       .
see_rationale          x         x       x         x          x           x         .       .
add_note               x         x       x         x          x           x         x       .
consult                x         x       x         x          x           x         x       .
work_steps             x         x       x         .          x           x         .       .
except                 x         x       x         .          x           x         .       .
draft                  x         x       x         .          x           x         .       .
revise                 .         x       .         .          x           .         .       .
submit                 .         x       .         .          x           .         .       .
decide                 .         .       .         x          .           .         .       .
add_participants       x         x       x         .          x           x         .       .
move                   x         x       x         .          x           x         .       .
close                  x         x       x         .          x           x         .       .
"""
ROWS = {line.split()[0]: [mark == "x" for mark in line.split()[1:]] for line in TABLE.strip().splitlines()[1:]}

CELLS = [(act, column, allowed) for act, marks in ROWS.items() for column, allowed in zip(COLUMNS, marks, strict=True)]


def test_the_table_has_every_act() -> None:
    assert list(ROWS) == [act.value for act in Act]


@pytest.mark.parametrize(("act", "column", "allowed"), CELLS)
def test_each_may_do_what_the_table_says(act: str, column: str, allowed: bool) -> None:
    assert may(Act(act), COLUMNS[column]) is allowed


PEOPLE = {
    "participant": NURSE,
    "author": "U-author",
    "most responsible provider": DOCTOR,
    "supervisor": SUPERVISOR,
    "supervisor who is the author": "U-supervising-author",
    "supervisor who is the provider": DOCTOR,
    "channel member": MEMBER,
    "stranger": STRANGER,
}


def attempts(clinic: Clinic, code: str, by: str) -> dict[Act, Callable[[], object]]:
    """One way of doing each act, to a case whose letter is submitted."""
    case = clinic.store.cases.load(code)
    assert case
    assert case.letter
    seen, sha256 = case.letter.latest.number, case.letter.latest.sha256
    at = clinic.at()
    return {
        Act.SEE: lambda: clinic.cases.look(code, by=by),
        Act.SEE_RATIONALE: lambda: clinic.letters.rationale(code, by=by),
        Act.ADD_NOTE: lambda: clinic.cases.add_note(code, "work-together", "A note.", by=by, at=at),
        Act.CONSULT: lambda: clinic.cases.consult(code, consultation_form(), by=by, at=at),
        Act.WORK_STEPS: lambda: clinic.cases.reopen(code, "work-together", seen=1, by=by, at=at),
        Act.EXCEPT: lambda: clinic.cases.declare_safety_exception(code, "violence", "He struck.", by=by, at=at),
        Act.DRAFT: lambda: clinic.letters.draft(code, letter_form(), by=by, at=at),
        Act.REVISE: lambda: clinic.letters.revise(code, letter_form(options="Other."), {}, seen=seen, by=by, at=at),
        Act.SUBMIT: lambda: clinic.letters.submit(code, seen=seen, by=by, at=at),
        Act.DECIDE: lambda: clinic.letters.approve(code, seen=seen, sha256=sha256, acknowledged=(), by=by, at=at),
        Act.ADD_PARTICIPANTS: lambda: clinic.cases.add_participants(code, ["U-new"], by=by, at=at),
        Act.MOVE: lambda: clinic.cases.move(code, "C-other", by=by, at=at),
        Act.CLOSE: lambda: clinic.cases.close(code, CloseReason.RECONCILED, by=by, at=at),
    }


def prepared(clinic: Clinic, column: str) -> Case:
    author = PEOPLE["supervisor who is the author"] if column == "supervisor who is the author" else "U-author"
    supervisors = {OTHER_SUPERVISOR, SUPERVISOR, "U-supervising-author"}
    if column == "supervisor who is the provider":
        supervisors.add(DOCTOR)
    clinic.serve(clinic.pathway, frozenset(supervisors))
    opened = clinic.cases.open(case_form(participants=(author,)), by=NURSE, at=clinic.at())
    case = clinic.make_ready(opened)
    clinic.draft(case, by=author)
    return clinic.submit(case, by=author)


def is_let_through(attempt: Callable[[], object]) -> bool:
    """Whether the services let the person try; what they then refuse for other reasons is another matter."""
    try:
        attempt()
    except (NotAllowedError, UnknownCaseError):
        return False
    except ConversationError:
        return True
    return True


@pytest.mark.parametrize("column", COLUMNS)
def test_the_services_keep_to_the_table(clinic: Clinic, column: str) -> None:
    person = PEOPLE[column]
    for act in Act:
        case = prepared(clinic, column)
        held = relations(case, person, supervisors=clinic.cases.supervisors, is_member=clinic.is_member)
        assert held == COLUMNS[column]
        allowed = may(act, COLUMNS[column])
        assert is_let_through(attempts(clinic, case.code, person)[act]) is allowed, act
        assert allowed or clinic.load(case) == case, act


def test_a_stranger_learns_nothing_that_an_unknown_code_would_not_tell(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open())
    clinic.draft(case)
    sentences = set()
    for code in (case.code, "TR-2222", "TR-O0I1", "nonsense", "", "TR-" + "X" * 4000):
        for act, attempt in attempts_of_a_stranger(clinic, case, code).items():
            with pytest.raises(UnknownCaseError) as refused:
                attempt()
            sentences.add((type(refused.value), str(refused.value)))
            assert act
    assert len(sentences) == 1


def attempts_of_a_stranger(clinic: Clinic, case: Case, code: str) -> dict[Act, Callable[[], object]]:
    there = attempts(clinic, case.code, STRANGER)
    elsewhere = {
        Act.SEE: lambda: clinic.cases.look(code, by=STRANGER),
        Act.CONSULT: lambda: clinic.cases.consult(code, consultation_form(), by=STRANGER, at=clinic.at()),
        Act.CLOSE: lambda: clinic.cases.close(code, CloseReason.RECONCILED, by=STRANGER, at=clinic.at()),
        Act.SUBMIT: lambda: clinic.letters.submit(code, seen=1, by=STRANGER, at=clinic.at()),
    }
    return there if code == case.code else elsewhere


def test_membership_is_asked_only_where_nothing_else_counts(clinic: Clinic) -> None:
    case = clinic.open()

    def asked(channel: str, person: str) -> bool:
        raise AssertionError(f"asked for {person} in {channel}")

    for person in (DOCTOR, NURSE, SUPERVISOR):
        assert relations(case, person, supervisors=[SUPERVISOR], is_member=asked)


def test_who_leaves_the_channel_sees_the_case_no_more(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.cases.look(case.code, by=MEMBER)
    clinic.members.discard((CHANNEL, MEMBER))
    with pytest.raises(UnknownCaseError):
        clinic.cases.look(case.code, by=MEMBER)


def test_a_member_of_the_old_channel_does_not_see_a_case_that_moved(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.cases.move(case.code, "C-other", by=DOCTOR, at=clinic.at())
    with pytest.raises(UnknownCaseError):
        clinic.cases.look(case.code, by=MEMBER)


def test_lists_show_only_what_the_person_may_see(clinic: Clinic) -> None:
    mine, other = clinic.open(), clinic.open(participants=("U-else",))
    assert [case.code for case in clinic.cases.cases_of(NURSE)] == [mine.code]
    assert [case.code for case in clinic.cases.cases_of(DOCTOR)] == [mine.code, other.code]
    assert clinic.cases.cases_of(STRANGER) == ()
    assert [case.code for case in clinic.cases.in_channel(CHANNEL, by=MEMBER)] == [mine.code, other.code]
    assert clinic.cases.in_channel(CHANNEL, by=STRANGER) == ()


def test_a_code_is_found_however_it_is_typed(clinic: Clinic) -> None:
    case = clinic.open()
    letters = case.code.removeprefix("TR-")
    for typed in (case.code.lower(), f" {letters} ", f"tr{letters}", f"TR \u2013 {letters}"):
        assert clinic.cases.look(typed, by=DOCTOR).case == case


def test_a_form_that_another_case_took_tells_a_stranger_nothing(clinic: Clinic) -> None:
    clinic.cases.open(case_form(participants=(NURSE,)), by=DOCTOR, at=clinic.at(), nonce="n-1")
    mine = clinic.cases.open(case_form(participants=("U-x",)), by=STRANGER, at=clinic.at(), nonce="n-2")
    with pytest.raises(UnknownCaseError):
        clinic.cases.add_note(mine.code, "work-together", "A note.", by="U-x", at=clinic.at(), nonce="n-1")
