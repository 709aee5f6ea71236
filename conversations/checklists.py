"""How far a case's steps are, and the decisions that move them.

A decision names the state it wants and the version of the step that the person saw: wanting what is already so changes
nothing, and wanting something else of a step that changed meanwhile is refused.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations import fields
from conversations.cases import Case, Consultation, Note, Progress, StepState, with_progress
from conversations.errors import ConversationError, StaleError
from conversations.fields import FreeText
from conversations.lifecycle import require_open
from guideline_content.checklists import Checklist, Means, Step
from guideline_content.pathway import Pathway


class Standing(StrEnum):
    """How a step or a precondition stands. An exception is a "not applicable" that the source does not provide for."""

    NOT_MET = "not_met"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTION = "exception"


@dataclass(frozen=True)
class StepStatus:
    """How a step stands and by what.

    `applies`: False on the other branch; None while the question that decides is unanswered.
    `consultations`: those that meet the step.
    """

    step: Step
    progress: Progress
    applies: bool | None
    standing: Standing
    consultations: tuple[Consultation, ...] = ()


def status(case: Case, step: Step) -> StepStatus:
    """How one step stands."""
    progress = case.step(step.id)
    meeting = tuple(one for one in case.consultations if set(one.kinds) & set(step.kinds))
    return StepStatus(step, progress, _applies(case, step), _standing(step, progress, bool(meeting)), meeting)


def statuses(case: Case, checklist: Checklist) -> tuple[StepStatus, ...]:
    """How the steps of a checklist stand, in order, those of both branches."""
    return tuple(status(case, step) for step in checklist.steps)


def complete(case: Case, pathway: Pathway, step_id: str, *, seen: int, by: str, at: datetime) -> Case:
    """The step is done. Only for steps that are met by marking them."""
    step = _workable(case, pathway, step_id)
    match step.met_by:
        case Means.CONSULTATION:
            raise ConversationError(f"“{step.title}” is met by logging the consultation, not by marking it as done.")
        case Means.STATEMENT:
            raise ConversationError(f"“{step.title}” is met by stating it in words.")
        case Means.ANSWER:
            raise ConversationError(f"“{step.title}” needs an answer.")
    return _set(case, step, StepState.DONE, seen=seen, by=by, at=at)


def state(case: Case, pathway: Pathway, step_id: str, text: str, *, seen: int, by: str, at: datetime) -> Case:
    """What the step asks for is stated in these words. Raises `FieldErrors` for the field "text"."""
    step = _workable(case, pathway, step_id)
    if step.met_by is not Means.STATEMENT:
        raise ConversationError(f"“{step.title}” is not met by a statement. You can add a note to it.")
    fields.check(FreeText("text", text))
    return _set(case, step, StepState.DONE, text=text, seen=seen, by=by, at=at)


def answer(case: Case, pathway: Pathway, step_id: str, answer_id: str, *, seen: int, by: str, at: datetime) -> Case:
    """The question is answered. Steps that no longer apply keep what was done and said."""
    step = _workable(case, pathway, step_id)
    if answer_id not in {choice.id for choice in step.answers}:
        raise ConversationError(f"“{step.title}” has no such answer.")
    return _set(case, step, StepState.DONE, answer=answer_id, seen=seen, by=by, at=at)


def set_aside(case: Case, pathway: Pathway, step_id: str, reason: str, *, seen: int, by: str, at: datetime) -> Case:
    """The step is not applicable, for this reason. Raises `FieldErrors` for the field "reason"."""
    step = _workable(case, pathway, step_id)
    if step.met_by is Means.ANSWER:
        raise ConversationError(f"“{step.title}” always needs an answer.")
    fields.check(FreeText("reason", reason))
    return _set(case, step, StepState.NOT_APPLICABLE, text=reason, seen=seen, by=by, at=at)


def reopen(case: Case, pathway: Pathway, step_id: str, *, seen: int, by: str, at: datetime) -> Case:
    """The step is open again. A logged consultation keeps meeting it."""
    return _set(case, _workable(case, pathway, step_id), StepState.OPEN, seen=seen, by=by, at=at)


def add_note(case: Case, pathway: Pathway, step_id: str, text: str, *, by: str, at: datetime) -> Case:
    """The step has one more note; it never conflicts with what others do. Raises `FieldErrors` for "text"."""
    require_open(case)
    progress = case.step(_step(pathway, step_id).id)
    fields.check(FreeText("text", text))
    return with_progress(case, progress.changed(notes=(*progress.notes, Note(text=text, by=by, at=at))))


def _applies(case: Case, step: Step) -> bool | None:
    if step.branch is None:
        return True
    given = case.step(step.branch.step).answer
    return None if given is None else given == step.branch.answer


def _standing(step: Step, progress: Progress, consulted: bool) -> Standing:
    if consulted or progress.state is StepState.DONE:
        return Standing.MET
    if progress.state is StepState.OPEN:
        return Standing.NOT_MET
    return Standing.NOT_APPLICABLE if step.qualification else Standing.EXCEPTION


def _step(pathway: Pathway, step_id: str) -> Step:
    try:
        return pathway.checklists.steps[step_id]
    except KeyError:
        raise ConversationError("This step is not part of the case's checklists.") from None


def _workable(case: Case, pathway: Pathway, step_id: str) -> Step:
    """The step, if the case is open and the step is on its branch."""
    require_open(case)
    step = _step(pathway, step_id)
    if step.branch and not _applies(case, step):
        question = _step(pathway, step.branch.step)
        given = _answer_title(question, case.step(question.id))
        because = f"the answer is “{given}”" if given else "it has no answer yet"
        raise ConversationError(f"“{step.title}” depends on “{question.title}”, and {because}.")
    return step


def _set(
    case: Case,
    step: Step,
    wanted: StepState,
    *,
    seen: int,
    by: str,
    at: datetime,
    text: str | None = None,
    answer: str | None = None,
) -> Case:
    before = case.step(step.id)
    after = before.changed(state=wanted, text=text, answer=answer, by=by, at=at, version=before.version + 1)
    if (after.state, after.text, after.answer) == (before.state, before.text, before.answer):
        return case
    if seen != before.version:
        raise StaleError(f"“{step.title}” was changed meanwhile: {_in_words(step, before)}. Look at it again first.")
    return with_progress(case, after)


def _in_words(step: Step, progress: Progress) -> str:
    if progress.state is StepState.OPEN:
        return "it is open again"
    if progress.state is StepState.NOT_APPLICABLE:
        return "it is set to not applicable"
    if given := _answer_title(step, progress):
        return f"the answer is now “{given}”"
    return "it has a new statement" if progress.text else "it is done"


def _answer_title(step: Step, progress: Progress) -> str | None:
    return next((choice.title for choice in step.answers if choice.id == progress.answer), None)
