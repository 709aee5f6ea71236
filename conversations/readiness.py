"""Whether the guideline's preconditions of a termination letter stand, each with what meets it."""

from dataclasses import dataclass
from datetime import datetime

from conversations import fields
from conversations.cases import Case, DeclaredException, Withdrawal
from conversations.checklists import Standing, StepStatus, status
from conversations.errors import ConversationError
from conversations.fields import FreeText
from conversations.lifecycle import require_open
from guideline_content.checklists import Precondition
from guideline_content.pathway import Pathway


@dataclass(frozen=True)
class PreconditionStatus:
    """How a precondition stands. `steps`: those that apply, or may apply once a question is answered.

    Under a safety exception, what is not met stands as an exception.
    """

    precondition: Precondition
    standing: Standing
    steps: tuple[StepStatus, ...]

    @property
    def missing(self) -> tuple[StepStatus, ...]:
        """What is still to be done for it."""
        return tuple(step for step in self.steps if step.applies and step.standing is Standing.NOT_MET)


@dataclass(frozen=True)
class CaseException:
    """Something that the approving supervisor has to acknowledge.

    `id`: of this very exception; declaring it again, or in other words, makes another one.
    `why`: what the person who declared it says.
    """

    id: str
    title: str
    why: str
    clauses: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Readiness:
    """Whether a letter can be drafted, and why."""

    preconditions: tuple[PreconditionStatus, ...]
    exceptions: tuple[CaseException, ...]

    @property
    def ready(self) -> bool:
        """Every precondition is met, is not applicable, or stands as an exception."""
        return all(one.standing is not Standing.NOT_MET for one in self.preconditions)

    @property
    def missing(self) -> tuple[PreconditionStatus, ...]:
        """What keeps the letter from being drafted."""
        return tuple(one for one in self.preconditions if one.standing is Standing.NOT_MET)


def readiness(case: Case, pathway: Pathway) -> Readiness:
    """Where the case stands, on the branch that applies."""
    return Readiness(
        tuple(_precondition(case, pathway, one) for one in pathway.checklists.preconditions), exceptions(case, pathway)
    )


def require_ready(case: Case, pathway: Pathway) -> None:
    """Refuses, naming what is missing."""
    missing = readiness(case, pathway).missing
    if missing:
        titles = "; ".join(one.precondition.title for one in missing)
        raise ConversationError(f"The guideline's preconditions of a termination letter are not all met: {titles}.")


def exceptions(case: Case, pathway: Pathway) -> tuple[CaseException, ...]:
    """What stands without the source providing for it: the safety exception, and steps set to not applicable."""
    steps = tuple(dict.fromkeys(step for one in pathway.checklists.preconditions for step in one.steps))
    standing = (status(case, pathway.checklists.steps[step]) for step in steps)
    set_aside = tuple(_of_step(one) for one in standing if one.applies and one.standing is Standing.EXCEPTION)
    declared = case.safety_exception
    return (*((_of_safety(declared, pathway),) if declared else ()), *set_aside)


def declare_safety_exception(
    case: Case, pathway: Pathway, reason: str, statement: str, *, by: str, at: datetime
) -> Case:
    """The letter may be drafted at once. Raises `FieldErrors` for "reason" and "statement".

    The same declaration twice changes nothing; another one is refused while one stands.
    """
    require_open(case)
    _check(pathway, reason, statement)
    number = len(case.safety_exceptions) + 1
    declared = DeclaredException(id=f"safety-{number}", reason=reason, statement=statement, by=by, at=at)
    standing = case.safety_exception
    if standing and (standing.reason, standing.statement) == (declared.reason, declared.statement):
        return case
    if standing:
        raise ConversationError("A safety exception stands already. Withdraw it before you declare another one.")
    return case.changed(safety_exceptions=(*case.safety_exceptions, declared))


def withdraw_safety_exception(case: Case, exception_id: str, reason: str, *, by: str, at: datetime) -> Case:
    """The exception no longer stands; it stays on record. Twice is once. Raises `FieldErrors` for "reason"."""
    require_open(case)
    if exception_id not in {one.id for one in case.safety_exceptions}:
        raise ConversationError("There is no such safety exception in this case.")
    standing = case.safety_exception
    if not standing or standing.id != exception_id:
        return case
    fields.check(FreeText("reason", reason))
    withdrawn = standing.changed(withdrawn=Withdrawal(reason=reason, by=by, at=at))
    return case.changed(safety_exceptions=(*case.safety_exceptions[:-1], withdrawn))


def _precondition(case: Case, pathway: Pathway, precondition: Precondition) -> PreconditionStatus:
    all_steps = (status(case, pathway.checklists.steps[step]) for step in precondition.steps)
    steps = tuple(one for one in all_steps if one.applies is not False)
    standing = _together([one.standing if one.applies else Standing.NOT_MET for one in steps])
    if standing is Standing.NOT_MET and case.safety_exception:
        standing = Standing.EXCEPTION
    return PreconditionStatus(precondition, standing, steps)


def _together(standings: list[Standing]) -> Standing:
    """The weakest counts; not applicable only where that is all there is."""
    for weakest in (Standing.NOT_MET, Standing.EXCEPTION, Standing.MET):
        if weakest in standings:
            return weakest
    return Standing.NOT_APPLICABLE


def _of_step(step: StepStatus) -> CaseException:
    progress = step.progress
    return CaseException(
        id=f"{step.step.id}-{progress.version}",
        title=f"Set to not applicable: {step.step.title}",
        why=progress.text or "",
        clauses=step.step.clauses,
        by=progress.by or "",
    )


def _of_safety(declared: DeclaredException, pathway: Pathway) -> CaseException:
    content = pathway.checklists.safety_exception
    reason = next(choice.title for choice in content.reasons if choice.id == declared.reason)
    return CaseException(
        id=declared.id,
        title=f"{content.title}: {reason}",
        why=declared.statement,
        clauses=content.clauses,
        by=declared.by,
    )


def _check(pathway: Pathway, reason: str, statement: str) -> None:
    wrong = fields.problems([FreeText("statement", statement)])
    if reason not in {choice.id for choice in pathway.checklists.safety_exception.reasons}:
        wrong["reason"] = "Please choose what happened."
    fields.refuse(wrong)
