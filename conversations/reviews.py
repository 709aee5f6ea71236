"""Submitting a letter and deciding on it. An approval is bound to one exact text; nobody approves what is their own."""

from collections.abc import Collection
from datetime import date, datetime

from conversations import fields
from conversations.cases import Case, Letter, LetterState, Review, ReviewKind, with_letter
from conversations.coverage import missing
from conversations.errors import ConversationError, NotAllowedError, StaleError
from conversations.fields import FreeText
from conversations.letters import acknowledgements, current, date_problem, require_seen
from conversations.lifecycle import require_open
from conversations.readiness import exceptions, require_ready
from guideline_content.pathway import Pathway
from guideline_content.writing import tidy


def eligible(case: Case, pathway: Pathway, supervisors: Collection[str]) -> frozenset[str]:
    """The supervisors who may decide on the case's letter."""
    return frozenset(one for one in supervisors if not conflict_of_interest(case, pathway, one))


def conflict_of_interest(case: Case, pathway: Pathway, person: str) -> str | None:
    """Why a person cannot decide on this case's letter, whatever else they may; None if nothing is in the way.

    What somebody wrote for an earlier letter of the case counts too: its words can come back in this one.
    """
    if person == case.provider:
        return "You are the most responsible provider of this case, so somebody else has to review its letter."
    if any(person in letter.authors for letter in case.letters):
        return "You wrote or co-wrote a letter of this case, so somebody else has to review it."
    if any(person == one.by for one in exceptions(case, pathway)):
        return "You declared an exception in this case, so somebody else has to acknowledge it and review the letter."
    return None


def submit(
    case: Case, pathway: Pathway, *, seen: int, supervisors: Collection[str], by: str, at: datetime, today: date
) -> Case:
    """The version waits for a supervisor. Twice is once.

    Refuses a version that is not the newest, a required element that is missing, dates that have passed, a precondition
    that is not met, and where no supervisor may decide.
    """
    require_open(case)
    letter = current(case)
    require_seen(letter, seen)
    if letter.state is LetterState.SUBMITTED:
        return case
    if letter.state is not LetterState.DRAFT:
        raise ConversationError(f"{_DECIDED[letter.state]} Revise it before you submit it again.")
    _require_complete(case, pathway, letter, today)
    if not eligible(case, pathway, supervisors):
        raise ConversationError(
            "No supervisor can decide on this letter: each of the supervisors there are wrote it, is the most"
            " responsible provider, or declared an exception. Ask for another supervisor to be named first."
        )
    return _reviewed(case, letter, ReviewKind.SUBMITTED, by=by, at=at)


def approve(
    case: Case,
    pathway: Pathway,
    *,
    seen: int,
    sha256: str,
    acknowledged: Collection[str],
    supervisors: Collection[str],
    by: str,
    at: datetime,
    today: date,
) -> Case:
    """The text with this SHA-256 is approved. Twice is once, and the first of two supervisors counts.

    `acknowledged`: ids of everything in `acknowledgements`, no fewer and no others.
    """
    letter = _decidable(case, pathway, seen=seen, supervisors=supervisors, by=by)
    if sha256 != letter.latest.sha256:
        raise StaleError(
            "The text you saw is not the text of this version. Read the letter again before you approve it."
        )
    if letter.approval and letter.approval.by == by:
        return case
    _require_submitted(letter)
    _require_complete(case, pathway, letter, today)
    _require_acknowledged(case, pathway, acknowledged)
    return _reviewed(case, letter, ReviewKind.APPROVED, by=by, at=at, acknowledged=tuple(acknowledged))


def request_changes(
    case: Case, pathway: Pathway, comment: str, *, seen: int, supervisors: Collection[str], by: str, at: datetime
) -> Case:
    """The authors are asked to change the version. Raises `FieldErrors` for "comment". Twice is once."""
    letter = _decidable(case, pathway, seen=seen, supervisors=supervisors, by=by)
    fields.check(FreeText("comment", comment))
    return _once(case, letter, ReviewKind.CHANGES_REQUESTED, comment, by=by, at=at)


def reject(
    case: Case, pathway: Pathway, reason: str, *, seen: int, supervisors: Collection[str], by: str, at: datetime
) -> Case:
    """The letter is rejected, and closed with it. Raises `FieldErrors` for "reason". Twice is once."""
    require_open(case)
    last = case.letters[-1] if case.letters else None
    if last and last.state is LetterState.REJECTED:
        return _rejected_already(case, last, reason, by)
    letter = _decidable(case, pathway, seen=seen, supervisors=supervisors, by=by)
    fields.check(FreeText("reason", reason))
    return _once(case, letter, ReviewKind.REJECTED, reason, by=by, at=at)


def _rejected_already(case: Case, letter: Letter, reason: str, by: str) -> Case:
    if (letter.reviews[-1].by, letter.reviews[-1].comment) == (by, tidy(reason)):
        return case
    raise StaleError("This letter was rejected already. There is nothing to decide now.")


_DECIDED = {
    LetterState.DRAFT: "This letter is not submitted at present.",
    LetterState.CHANGES_REQUESTED: "Changes were requested for this version.",
    LetterState.APPROVED: "This version is approved already.",
}


def _decidable(case: Case, pathway: Pathway, *, seen: int, supervisors: Collection[str], by: str) -> Letter:
    require_open(case)
    if by not in supervisors:
        raise NotAllowedError("Only a supervisor can decide on a letter.")
    if conflict := conflict_of_interest(case, pathway, by):
        raise NotAllowedError(conflict)
    letter = current(case)
    require_seen(letter, seen)
    return letter


def _once(case: Case, letter: Letter, kind: ReviewKind, comment: str, *, by: str, at: datetime) -> Case:
    last = letter.last_review
    if last and (last.kind, last.by, last.comment) == (kind, by, tidy(comment)):
        return case
    _require_submitted(letter)
    return _reviewed(case, letter, kind, by=by, at=at, comment=comment)


def _require_submitted(letter: Letter) -> None:
    if letter.state is not LetterState.SUBMITTED:
        raise StaleError(f"{_DECIDED[letter.state]} There is nothing to decide now.")


def _require_complete(case: Case, pathway: Pathway, letter: Letter, today: date) -> None:
    require_ready(case, pathway)
    lacking = missing(letter.latest, pathway, case.provider_role)
    if lacking:
        named = "; ".join(one.complaint for one in lacking)
        raise ConversationError(f"The letter does not say everything that is required: {named}.")
    if past := date_problem(letter.latest.form, today):
        raise ConversationError(past)


def _require_acknowledged(case: Case, pathway: Pathway, acknowledged: Collection[str]) -> None:
    wanted = {one.id: one.title for one in acknowledgements(case, pathway)}
    if set(acknowledged) - set(wanted):
        raise StaleError("What has to be acknowledged has changed meanwhile. Look at it again before you approve.")
    open_ = "; ".join(title for one, title in wanted.items() if one not in acknowledged)
    if open_:
        raise ConversationError(f"Before you approve this letter, please acknowledge: {open_}.")


def _reviewed(
    case: Case,
    letter: Letter,
    kind: ReviewKind,
    *,
    by: str,
    at: datetime,
    comment: str | None = None,
    acknowledged: tuple[str, ...] = (),
) -> Case:
    review = Review(
        kind=kind,
        version=letter.latest.number,
        sha256=letter.latest.sha256,
        by=by,
        at=at,
        comment=comment,
        acknowledged=acknowledged,
    )
    return with_letter(case, letter.changed(reviews=(*letter.reviews, review)))
