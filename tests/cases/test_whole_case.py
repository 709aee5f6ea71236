"""A whole case, from a breakdown to an approved letter, and its record."""

from pathlib import Path

from clinic import DOCTOR, MEMBER, NURSE, OTHER_SUPERVISOR, SUPERVISOR, Clinic

from conversations.cases import Case, LetterState
from conversations.history import Activity
from guideline_content.loading import load
from guideline_content.models import Obligation
from guideline_content.pathway import Pathway
from guideline_content.pathway_loading import load_pathway


def play(clinic: Clinic) -> Case:
    case = clinic.open()
    clinic.complete(case, "work-together")
    clinic.cases.add_note(case.code, "work-together", "Agreed on two visits a month.", by=MEMBER, at=clinic.at())
    clinic.complete(case, "consider-reasons", by=NURSE)
    clinic.answer(case, "suspected")
    clinic.consult(case, "mental-health-specialist", by=NURSE)
    clinic.answer(case, "not-suspected")
    clinic.consult(case, "colleague", "team", by=MEMBER)
    clinic.complete(case, "alternative-provider")
    clinic.state(case, "every-alternative-taken")
    clinic.state(case, "severe-behaviour")
    clinic.consult(case, "supervisor", by=SUPERVISOR)
    clinic.set_aside(case, "consult-regional-resources", "None deals with this.")
    clinic.state(case, "risks-considered")
    clinic.draft(case, authors=(NURSE,))
    clinic.submit(case)
    clinic.request_changes(case)
    clinic.revise(case, {"opening": "I am sorry to write that our care relationship at [Clinic name] ends."}, by=NURSE)
    clinic.submit(case, by=NURSE)
    clinic.approve(case, by=OTHER_SUPERVISOR)
    return clinic.load(case)


def test_a_whole_case_ends_with_an_approved_letter_and_a_whole_record(clinic: Clinic) -> None:
    case = play(clinic)
    assert case.letter
    assert case.letter.state is LetterState.APPROVED
    approval = case.letter.approval
    assert approval
    assert (approval.by, approval.version, approval.sha256) == (OTHER_SUPERVISOR, 2, case.letter.latest.sha256)
    assert clinic.store.cases.verify(case.code) == ()
    entries = [link.entry for link in clinic.cases.history(case.code, by=DOCTOR)]
    assert [entry.activity.value for entry in entries if entry] == [
        "case.opened", "step.done", "note.added", "step.done", "step.answered", "consultation.logged",
        "step.answered", "consultation.logged", "step.done", "step.stated", "step.stated", "consultation.logged",
        "step.set_aside", "step.stated", "letter.drafted", "letter.submitted", "letter.changes_requested",
        "letter.revised", "letter.submitted", "letter.approved",
    ]  # fmt: skip
    assert case.version == len(entries)


def test_what_the_guideline_asks_for_is_recorded_under_its_clauses(clinic: Clinic) -> None:
    case = play(clinic)
    ours = {
        Activity.CASE_OPENED,
        Activity.LETTER_SUBMITTED,
        Activity.LETTER_APPROVED,
        Activity.LETTER_CHANGES_REQUESTED,
    }
    for link in clinic.cases.history(case.code, by=DOCTOR):
        assert link.entry
        assert bool(link.entry.clauses) is (link.entry.activity not in ours), link.entry.activity


def test_the_record_keeps_words_that_were_changed_later(clinic: Clinic) -> None:
    case = clinic.open()
    clinic.state(case, "severe-behaviour", "First words.")
    clinic.state(case, "severe-behaviour", "Second words.")
    details = [link.entry.detail for link in clinic.cases.history(case.code, by=DOCTOR) if link.entry]
    assert details[1:] == ["First words.", "Second words."]


def test_the_rationale_is_in_the_case_and_in_no_entry(clinic: Clinic) -> None:
    from clinic import WITHHELD

    case = clinic.ready_case()
    clinic.draft(case, **WITHHELD)
    links = clinic.cases.history(case.code, by=MEMBER)
    assert not any("brothers" in (link.written or "") for link in links)


def test_the_same_case_played_twice_leaves_the_same_record(tmp_path: Path, pathway: Pathway) -> None:
    records = []
    for name in ("one", "two"):
        clinic = Clinic(tmp_path / f"{name}.db", pathway)
        case = play(clinic)
        records.append(clinic.store.cases.history(case.code))
        clinic.store.close()
    assert records[0] == records[1]


def test_a_case_survives_being_opened_again_by_another_process_of_the_program(tmp_path: Path, pathway: Pathway) -> None:
    clinic = Clinic(tmp_path / "store.db", pathway)
    case = play(clinic)
    clinic.store.close()
    again = Clinic(tmp_path / "store.db", pathway)
    assert again.load(case) == case
    again.store.close()


# Content


def changed_content(folder: Path) -> Pathway:
    path = folder / "checklists.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Consider the reasons for the behaviour", "Think about why"), encoding="utf-8")
    return load_pathway(folder, load(folder))


def test_a_case_keeps_the_content_it_began_with(clinic: Clinic, folder: Path) -> None:
    old = clinic.open()
    newer = changed_content(folder)
    clinic.serve(newer, clinic.supervisors)
    new = clinic.open()
    titles = {
        case.code: clinic.cases.look(case.code, by=DOCTOR).pathway.checklists.steps["consider-reasons"].title
        for case in (old, new)
    }
    assert titles == {old.code: "Consider the reasons for the behaviour", new.code: "Think about why"}
    assert clinic.cases.look(old.code, by=DOCTOR).pathway == clinic.pathway
    clinic.make_ready(old)
    clinic.draft(old)


def test_a_letter_that_waits_on_older_content_still_waits(clinic: Clinic, folder: Path) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.submit(case)
    clinic.serve(changed_content(folder), clinic.supervisors)
    assert [one.code for one in clinic.cases.waiting_for(SUPERVISOR)] == [case.code]
    clinic.approve(case)


def test_each_step_has_the_force_of_its_source(pathway: Pathway) -> None:
    forces = {step.id: pathway.obligation(step).value for step in pathway.checklists.steps.values()}
    must, may, consider, should = (
        one.value for one in (Obligation.MUST, Obligation.MAY, Obligation.CONSIDER, Obligation.SHOULD)
    )
    assert forces == {
        "work-together": must,
        "consider-reasons": must,
        "impairment": must,
        "impairment-consultation": must,
        "behavioural-contract": may,
        "ways-to-get-needs-met": may,
        "colleagues-consultation": must,
        "alternative-provider": consider,
        "consult-team": must,
        "consult-supervisor": must,
        "consult-mental-health-specialist": must,
        "consult-regional-resources": must,
        "severe-behaviour": consider,
        "every-alternative-taken": consider,
        "risks-considered": should,
    }
