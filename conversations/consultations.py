"""Logging consultations. Which steps they meet is said by the content."""

from collections.abc import Collection
from datetime import date, datetime

from conversations import fields
from conversations.cases import Case, Consultation, ConsultationForm
from conversations.fields import FreeText
from conversations.lifecycle import require_open
from guideline_content.checklists import Choice, Step
from guideline_content.pathway import Pathway


def log(case: Case, pathway: Pathway, form: ConsultationForm, *, by: str, at: datetime, today: date) -> Case:
    """The case with one more consultation; it never conflicts with what others do. Raises `FieldErrors`."""
    require_open(case)
    _check(form, pathway, today)
    logged = Consultation(**dict(form), id=f"consultation-{len(case.consultations) + 1}", by=by, at=at)
    return case.changed(consultations=(*case.consultations, logged))


def met_by(pathway: Pathway, consultation: Consultation) -> tuple[Step, ...]:
    """The steps that a consultation meets, on whichever branch they are."""
    return tuple(step for step in pathway.checklists.steps.values() if set(step.kinds) & set(consultation.kinds))


def _check(form: ConsultationForm, pathway: Pathway, today: date) -> None:
    wrong = fields.problems(
        [
            FreeText("others", form.others, required=not form.people),
            FreeText("asked", form.asked),
            FreeText("advised", form.advised),
            FreeText("next_step", form.next_step, required=False),
        ]
    )
    if not form.people and "others" in wrong and not form.others.strip():
        wrong["others"] = "Please say with whom: choose people above, or name their roles here."
    if not form.kinds or not _known(form.kinds, pathway.checklists.consultation_kinds):
        wrong["kinds"] = "Please choose what kind of consultation it was."
    if not _known((form.way,), pathway.checklists.consultation_ways):
        wrong["way"] = "Please choose how it took place."
    if form.day > today:
        wrong["day"] = "This day is in the future; log the consultation once it has taken place."
    fields.refuse(wrong)


def _known(ids: Collection[str], choices: Collection[Choice]) -> bool:
    return set(ids) <= {choice.id for choice in choices}
