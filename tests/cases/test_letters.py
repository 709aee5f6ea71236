"""Drafting, revising, submitting and deciding on a letter."""

from datetime import timedelta

import pytest
from clinic import (
    DOCTOR,
    NURSE,
    OTHER_SUPERVISOR,
    SUPERVISOR,
    TODAY,
    WITHHELD,
    Clinic,
    letter_form,
)

from conversations.cases import Case, LetterState
from conversations.errors import ConversationError, FieldErrors, NotAllowedError, StaleError
from conversations.letters import acknowledgements


def drafted(clinic: Clinic, **given: object) -> Case:
    return clinic.draft(clinic.ready_case(), **given)


def submitted(clinic: Clinic) -> Case:
    return clinic.submit(drafted(clinic))


def state(clinic: Clinic, case: Case) -> LetterState:
    return clinic.load(case).letters[-1].state


def fields(clinic: Clinic, case: Case, **given: object) -> set[str]:
    with pytest.raises(FieldErrors) as refused:
        clinic.draft(case, **given)
    return set(refused.value.fields)


# The form


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reasons": " "}, {"reasons"}),
        ({"reasons": None}, {"reasons", "rationale"}),
        ({"rationale": "He threatened us."}, {"reasons"}),
        ({"reasons": None, "rationale": ""}, {"rationale"}),
        ({"continuing_care": ""}, {"continuing_care"}),
        ({"continuing_care": "Call 204-555-0134."}, {"continuing_care"}),
        ({"options": "Reach jane.doe@example.org, PHIN 123456789"}, {"options"}),
        ({"start": None, "end": None}, {"start", "end"}),
        ({"end": TODAY + timedelta(days=29)}, {"end"}),
        ({"start": TODAY - timedelta(days=1)}, {"start"}),
        ({"reasons": "x" * 3001}, {"reasons"}),
        ({"authors": ("U-stranger",)}, {"authors"}),
    ],
)
def test_what_the_form_lacks_is_said_at_its_field(clinic: Clinic, given: dict[str, object], field: set[str]) -> None:
    case = clinic.ready_case()
    assert fields(clinic, case, **given) == field
    assert clinic.load(case) == case


def test_a_services_phone_number_is_fine_among_the_options(clinic: Clinic) -> None:
    case = drafted(clinic, options="Walk-in clinic, 204-555-0134, R3C 4A5, desk@clinic.example")
    assert "204-555-0134" in clinic.latest(case).text


def test_the_dates_are_asked_of_the_roles_that_the_guideline_binds(clinic: Clinic) -> None:
    nurse = clinic.ready_case(role="nurse")
    clinic.draft(nurse, start=None, end=None)
    assert "emergency" not in clinic.latest(nurse).text
    for role in ("nurse-practitioner", "physician-assistant", "physician"):
        assert fields(clinic, clinic.ready_case(role=role), start=None, end=None) == {"start", "end"}


def test_exactly_thirty_days_are_enough(clinic: Clinic) -> None:
    case = drafted(clinic, start=TODAY, end=TODAY + timedelta(days=30))
    assert "from 1 March 2027 to 31 March 2027" in clinic.latest(case).text


def test_the_copy_to_the_college_is_a_physicians(clinic: Clinic) -> None:
    college = "College of Physicians and Surgeons of Manitoba"
    assert college in clinic.latest(drafted(clinic)).text
    practitioner = clinic.draft(clinic.ready_case(role="nurse-practitioner"))
    assert college not in clinic.latest(practitioner).text
    assert "A copy of this letter is kept on the client's file." in clinic.latest(practitioner).text


# What an author writes is text


INJECTIONS = (
    "{{ 7 * 7 }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# gone #}",
    "{% raw %}{{ reasons }}{% endraw %}{{ self.closing() }}",
    "<!channel> <@U1> *bold* `code` & <https://example.org|link>",
    "%(x)s {0} $x \\x41 \\n ' \" \u202e\u0301 🙂",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_author_text_is_never_read_as_template(clinic: Clinic, text: str) -> None:
    case = drafted(clinic, reasons=text, continuing_care=text)
    parts = {part.id: part.text for part in clinic.latest(case).parts}
    assert parts["reasons"] == parts["continuing-care"] == text
    edited = clinic.revise(case, {"opening": text, "help": text}, reasons=text)
    assert {part.text for part in edited.letters[0].latest.parts if part.id in ("opening", "help")} == {text}


def test_three_thousand_characters_in_every_field_and_twelve_versions_are_kept_whole(clinic: Clinic) -> None:
    long = "a word or two, " * 199 + "and the end.   "
    given = {"reasons": long, "continuing_care": long, "options": long}
    case = drafted(clinic, **given)
    for number in range(11):
        clinic.revise(case, {"closing": f"Sincerely,\n\n[Name and title of who signs] {number}"}, **given)
    versions = clinic.load(case).letters[0].versions
    assert len(versions) == 12
    assert all(version.text.count(long.strip()) == 3 for version in versions)
    assert len({version.sha256 for version in versions}) == 12


# Withholding the reasons


def test_withheld_reasons_leave_nothing_about_them_in_the_letter(clinic: Clinic) -> None:
    case = drafted(clinic, **WITHHELD)
    text = clinic.latest(case).text
    assert "reason" not in text
    assert "brothers" not in text
    assert clinic.letters.rationale(case.code, by=SUPERVISOR) == WITHHELD["rationale"]
    clinic.submit(case)


@pytest.mark.parametrize("field", ["continuing_care", "options"])
def test_the_rationale_cannot_come_into_the_letter_by_another_field(clinic: Clinic, field: str) -> None:
    leak = "Do not call, as he would come back with his brothers if we ever did."
    assert fields(clinic, clinic.ready_case(), **{**WITHHELD, field: leak}) == {field}


def test_the_rationale_cannot_come_into_the_letter_by_an_edit(clinic: Clinic) -> None:
    case = drafted(clinic, **WITHHELD)
    with pytest.raises(FieldErrors) as refused:
        clinic.revise(case, {"opening": f"It ends: {WITHHELD['rationale']}"}, **WITHHELD)
    assert set(refused.value.fields) == {"opening"}


def test_reasons_that_an_edit_brings_back_block_the_submission(clinic: Clinic) -> None:
    case = drafted(clinic, **WITHHELD)
    clinic.revise(case, {"opening": "The care relationship ends because of your behaviour."}, **WITHHELD)
    with pytest.raises(ConversationError, match=r"Nothing about the reasons.*“because of your”"):
        clinic.submit(case)


# Versions


def test_a_case_has_one_letter_at_a_time(clinic: Clinic) -> None:
    case = drafted(clinic)
    with pytest.raises(ConversationError, match="has a letter already"):
        clinic.draft(case)


def test_a_revision_that_changes_nothing_makes_no_version(clinic: Clinic) -> None:
    case = drafted(clinic)
    own_opening = next(part.text for part in clinic.latest(case).parts if part.id == "opening")
    assert clinic.revise(case, {"opening": own_opening}) == case


def test_revising_an_older_version_is_refused(clinic: Clinic) -> None:
    case = drafted(clinic)
    clinic.revise(case, options="The clinic on Elm Street.")
    with pytest.raises(StaleError, match="version 2 is the newest"):
        clinic.letters.revise(case.code, letter_form(options="Other."), {}, seen=1, by=DOCTOR, at=clinic.at())


def test_an_author_field_is_not_edited_as_a_paragraph(clinic: Clinic) -> None:
    case = drafted(clinic)
    with pytest.raises(ConversationError, match="not one of the letter's that can be worded otherwise"):
        clinic.revise(case, {"reasons": "Past the form."})


def test_an_edit_of_a_paragraph_that_the_letter_no_longer_has_is_dropped(clinic: Clinic) -> None:
    case = drafted(clinic)
    edits = {"reasons-lead": "My reasons are these:"}
    clinic.revise(case, edits)
    clinic.revise(case, edits, **WITHHELD)
    assert "My reasons" not in clinic.latest(case).text


def test_a_co_author_revises_and_is_an_author_for_good(clinic: Clinic) -> None:
    case = drafted(clinic, authors=(NURSE,))
    clinic.revise(case, by=NURSE, options="The clinic on Elm Street.")
    assert set(clinic.load(case).letters[0].authors) == {DOCTOR, NURSE}


# Deciding


def test_a_submitted_letter_is_submitted_once(clinic: Clinic) -> None:
    case = submitted(clinic)
    assert clinic.submit(case) == case
    asked = clinic.store.delivery.unsent(at=clinic.at())
    assert {(notice.kind.value, notice.recipient) for notice in asked} == {
        ("approval_asked", SUPERVISOR),
        ("approval_asked", OTHER_SUPERVISOR),
    }


def test_an_approval_is_bound_to_the_exact_text(clinic: Clinic) -> None:
    case = submitted(clinic)
    with pytest.raises(StaleError, match="not the text of this version"):
        clinic.letters.approve(case.code, seen=1, sha256="0" * 64, acknowledged=(), by=SUPERVISOR, at=clinic.at())
    approval = clinic.approve(case).letters[0].approval
    assert approval
    assert (approval.by, approval.sha256) == (SUPERVISOR, clinic.latest(case).sha256)


def test_approving_twice_is_approving_once(clinic: Clinic) -> None:
    case = submitted(clinic)
    once = clinic.approve(case)
    assert clinic.approve(case) == once


def test_the_second_supervisor_is_told(clinic: Clinic) -> None:
    case = submitted(clinic)
    clinic.approve(case)
    for attempt in (clinic.approve, clinic.request_changes, clinic.reject):
        with pytest.raises(StaleError, match="approved already"):
            attempt(case, by=OTHER_SUPERVISOR)
    assert state(clinic, case) is LetterState.APPROVED


def test_any_later_edit_voids_the_approval(clinic: Clinic) -> None:
    case = submitted(clinic)
    clinic.approve(case)
    clinic.revise(case, options="The clinic on Elm Street.")
    assert state(clinic, case) is LetterState.DRAFT
    entry = clinic.store.cases.history(case.code)[-1].entry
    assert entry
    assert entry.voided
    told = [n.recipient for n in clinic.store.delivery.unsent(at=clinic.at()) if n.kind.value == "approval_voided"]
    assert told == [SUPERVISOR]
    with pytest.raises(StaleError, match="not submitted"):
        clinic.approve(case)


def test_going_back_to_an_approved_text_does_not_bring_the_approval_back(clinic: Clinic) -> None:
    case = submitted(clinic)
    approved = clinic.approve(case).letters[0].latest.sha256
    clinic.revise(case, options="The clinic on Elm Street.")
    clinic.revise(case)
    assert clinic.latest(case).sha256 == approved
    assert state(clinic, case) is LetterState.DRAFT


def test_an_older_version_is_not_approved(clinic: Clinic) -> None:
    case = submitted(clinic)
    old = clinic.latest(case)
    clinic.revise(case, options="The clinic on Elm Street.")
    clinic.submit(case)
    with pytest.raises(StaleError, match="version 2 is the newest"):
        clinic.letters.approve(case.code, seen=1, sha256=old.sha256, acknowledged=(), by=SUPERVISOR, at=clinic.at())


def test_a_draft_that_was_not_submitted_is_not_approved(clinic: Clinic) -> None:
    with pytest.raises(StaleError, match="not submitted"):
        clinic.approve(drafted(clinic))


def test_changes_are_requested_with_a_comment(clinic: Clinic) -> None:
    case = submitted(clinic)
    with pytest.raises(FieldErrors) as refused:
        clinic.request_changes(case, " ")
    assert set(refused.value.fields) == {"comment"}
    once = clinic.request_changes(case, "Kinder, please.")
    assert clinic.request_changes(case, "Kinder, please.") == once
    with pytest.raises(StaleError, match="Changes were requested"):
        clinic.request_changes(case, "Also shorter.", by=OTHER_SUPERVISOR)
    with pytest.raises(ConversationError, match="Revise it before you submit it again"):
        clinic.submit(case)
    clinic.revise(case, options="The clinic on Elm Street.")
    clinic.submit(case)
    assert state(clinic, case) is LetterState.SUBMITTED


def test_a_rejection_needs_a_reason_and_closes_the_letter(clinic: Clinic) -> None:
    case = submitted(clinic)
    with pytest.raises(FieldErrors) as refused:
        clinic.reject(case, "")
    assert set(refused.value.fields) == {"reason"}
    once = clinic.reject(case)
    assert once.letter is None
    assert clinic.reject(case) == once
    with pytest.raises(StaleError, match="rejected already"):
        clinic.reject(case, "Another reason.", by=OTHER_SUPERVISOR)
    with pytest.raises(NotAllowedError):
        clinic.revise(case, options="The clinic on Elm Street.")
    second = clinic.draft(case, by=NURSE)
    assert [letter.number for letter in second.letters] == [1, 2]


# Separation of duties


def test_nobody_approves_what_they_wrote(clinic: Clinic) -> None:
    case = clinic.ready_case(participants=(SUPERVISOR,))
    clinic.draft(case, by=DOCTOR, authors=(SUPERVISOR,))
    clinic.submit(case)
    with pytest.raises(NotAllowedError):
        clinic.approve(case)


def test_who_was_a_co_author_of_a_rejected_letter_does_not_approve_the_next(clinic: Clinic) -> None:
    case = clinic.ready_case(participants=(SUPERVISOR, NURSE))
    clinic.draft(case, by=SUPERVISOR)
    clinic.submit(case, by=SUPERVISOR)
    clinic.reject(case, by=OTHER_SUPERVISOR)
    clinic.draft(case, by=NURSE)
    clinic.submit(case, by=NURSE)
    with pytest.raises(NotAllowedError, match="You wrote or co-wrote a letter of this case"):
        clinic.approve(case)


def test_nobody_approves_where_they_are_the_most_responsible_provider(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(provider=SUPERVISOR))
    clinic.draft(case, by=DOCTOR)
    clinic.submit(case)
    with pytest.raises(NotAllowedError, match="nor is the most responsible provider"):
        clinic.approve(case)
    clinic.approve(case, by=OTHER_SUPERVISOR)


def test_nobody_acknowledges_an_exception_of_their_own(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(participants=(SUPERVISOR,)), without="consult-team")
    clinic.set_aside(case, "consult-team", by=SUPERVISOR)
    clinic.draft(case)
    clinic.submit(case)
    with pytest.raises(NotAllowedError, match="You declared an exception"):
        clinic.approve(case)
    clinic.approve(case, by=OTHER_SUPERVISOR)


def test_without_an_eligible_supervisor_that_is_said_at_once(clinic: Clinic) -> None:
    clinic.serve(clinic.pathway, frozenset({DOCTOR}))
    case = drafted(clinic)
    assert clinic.letters.deciders(case.code, by=DOCTOR) == frozenset()
    with pytest.raises(ConversationError, match="No supervisor can decide on this letter"):
        clinic.submit(case)


def test_who_is_no_supervisor_any_more_does_not_approve(clinic: Clinic) -> None:
    case = submitted(clinic)
    clinic.serve(clinic.pathway, frozenset({OTHER_SUPERVISOR}))
    clinic.members.add((case.channel, SUPERVISOR))
    with pytest.raises(NotAllowedError, match="Only a supervisor"):
        clinic.approve(case)


# Acknowledging


def test_every_exception_has_to_be_acknowledged(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(), without="consult-team")
    clinic.set_aside(case, "consult-team", "It has one member.")
    clinic.draft(case)
    clinic.submit(case)
    version = clinic.latest(case)
    accept = {"seen": 1, "sha256": version.sha256, "by": SUPERVISOR, "at": clinic.at()}
    with pytest.raises(ConversationError, match="please acknowledge: Set to not applicable: Consult the team"):
        clinic.letters.approve(case.code, acknowledged=(), **accept)  # type: ignore[arg-type]
    clinic.approve(case)
    assert clinic.load(case).letters[0].reviews[-1].acknowledged == ("consult-team-1",)


def test_an_exception_reworded_since_it_was_shown_is_not_acknowledged(clinic: Clinic) -> None:
    case = clinic.make_ready(clinic.open(), without="consult-team")
    clinic.set_aside(case, "consult-team", "It has one member.")
    clinic.draft(case)
    clinic.submit(case)
    shown = [one.id for one in acknowledgements(clinic.load(case), clinic.pathway)]
    clinic.set_aside(case, "consult-team", "They were all away.")
    version = clinic.latest(case)
    with pytest.raises(StaleError, match="What has to be acknowledged has changed"):
        clinic.letters.approve(
            case.code, seen=1, sha256=version.sha256, acknowledged=shown, by=SUPERVISOR, at=clinic.at()
        )


def test_a_reworded_element_has_to_be_acknowledged(clinic: Clinic) -> None:
    case = drafted(clinic)
    clinic.revise(case, {"chart-transfer": "With your written authorization, I send your chart to a new provider."})
    clinic.submit(case)
    needed = acknowledgements(clinic.load(case), clinic.pathway)
    assert [(one.id, one.title) for one in needed] == [
        ("chart-transfer-v2", "In the author's wording: Chart transfer once written authorization is received")
    ]
    clinic.approve(case)


# Dates pass


def test_a_letter_whose_thirty_days_began_before_it_was_approved_is_not_approved(clinic: Clinic) -> None:
    case = submitted(clinic)
    clinic.now += timedelta(days=1)
    with pytest.raises(ConversationError, match="Emergency care cannot start on 1 March 2027"):
        clinic.approve(case)
    tomorrow = TODAY + timedelta(days=1)
    clinic.revise(case, start=tomorrow, end=tomorrow + timedelta(days=30))
    clinic.submit(case)
    clinic.approve(case)


def test_a_letter_whose_thirty_days_have_begun_is_not_submitted(clinic: Clinic) -> None:
    case = drafted(clinic)
    clinic.now += timedelta(days=1)
    with pytest.raises(ConversationError, match="Emergency care cannot start"):
        clinic.submit(case)


# Waiting


def test_a_submitted_letter_waits_for_those_who_may_decide(clinic: Clinic) -> None:
    case = clinic.ready_case(participants=(SUPERVISOR,))
    clinic.draft(case, authors=(SUPERVISOR,))
    assert clinic.cases.waiting_for(OTHER_SUPERVISOR) == ()
    clinic.submit(case)
    assert [one.code for one in clinic.cases.waiting_for(OTHER_SUPERVISOR)] == [case.code]
    assert clinic.cases.waiting_for(SUPERVISOR) == ()
    assert clinic.cases.waiting_for(DOCTOR) == ()
    clinic.approve(case, by=OTHER_SUPERVISOR)
    assert clinic.cases.waiting_for(OTHER_SUPERVISOR) == ()
