"""Opening, sharing, moving and closing a case."""

from collections.abc import Collection
from datetime import datetime

from conversations import fields
from conversations.cases import Case, CaseForm, Closed, CloseReason, LetterState, Review, ReviewKind, with_letter
from conversations.errors import ConversationError
from conversations.fields import FreeText
from guideline_content.pathway import Pathway

LONGEST_LABEL = 120

_CLOSED_AS = {
    CloseReason.OPENED_IN_ERROR: "opened in error",
    CloseReason.RECONCILED: "reconciled",
}


def open_case(form: CaseForm, pathway: Pathway, *, code: str, by: str, at: datetime) -> Case:
    """A new case. Whoever opens it takes part in it. Raises `FieldErrors`."""
    _check(form, pathway)
    return Case(
        code=code,
        guideline=pathway.guideline.id,
        content_version=pathway.version,
        label=form.label,
        channel=form.channel,
        provider=form.provider,
        provider_role=form.role,
        participants=tuple(dict.fromkeys((by, *form.participants))),
        opened_by=by,
        opened_at=at,
    )


def add_participants(case: Case, people: Collection[str]) -> Case:
    """The people take part from now on; who does already stays as they are."""
    require_open(case)
    return case.changed(participants=tuple(dict.fromkeys((*case.participants, *people))))


def move(case: Case, channel: str) -> Case:
    """The case goes on in another channel, whose members can read it from then on."""
    require_open(case)
    return case.changed(channel=channel)


def close(case: Case, reason: CloseReason, *, note: str | None = None, by: str, at: datetime) -> Case:
    """The case ends without its letter: an approval of it no longer counts. Twice is once.

    A note is optional. Raises `FieldErrors`; refuses where the case was closed for another reason.
    """
    if case.closed and case.closed.reason is reason:
        return case
    require_open(case)
    fields.check(FreeText("note", note, required=False))
    letter = case.letter
    if letter and letter.state in (LetterState.APPROVED, LetterState.SUBMITTED):
        voided = void(letter.latest.number, letter.latest.sha256, why="The case was closed.", by=by, at=at)
        case = with_letter(case, letter.changed(reviews=(*letter.reviews, voided)))
    return case.changed(closed=Closed(reason=reason, note=note, by=by, at=at))


def void(version: int, sha256: str, *, why: str, by: str, at: datetime) -> Review:
    """That neither approval nor submission of this text counts any longer."""
    return Review(kind=ReviewKind.VOIDED, version=version, sha256=sha256, by=by, at=at, comment=why)


def require_open(case: Case) -> None:
    """Refuses if the case is closed."""
    if case.closed:
        closed_as = _CLOSED_AS[case.closed.reason]
        raise ConversationError(f"Case {case.code} was closed as {closed_as}; nothing in it can be changed any more.")


def _check(form: CaseForm, pathway: Pathway) -> None:
    wrong = fields.problems([FreeText("label", form.label, longest=LONGEST_LABEL)])
    if not form.channel:
        wrong["channel"] = "Please choose the private channel that the case lives in."
    if not form.provider:
        wrong["provider"] = "Please choose the most responsible provider."
    if form.role not in {role.id for role in pathway.guideline.roles}:
        wrong["role"] = "Please choose the role of the most responsible provider."
    fields.refuse(wrong)
