"""A case: one relationship in difficulty, as one document that only decisions change."""

from datetime import UTC, date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from guideline_content.letter_text import LetterForm, PartText
from guideline_content.writing import Written

Moment = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""A time with its zone, kept in UTC."""


class Document(BaseModel):
    """A part of what is kept of a case. People are opaque ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def changed(self, **fields: Any) -> Self:
        """The document with other values, validated."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**known, **fields})


class StepState(StrEnum):
    """What people said of a step. Consultations count for themselves, without it."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class Note(Document):
    """What a person added to a step."""

    text: Written
    by: str
    at: Moment


class Progress(Document):
    """How far a step is.

    `version`: raised by each change of the state, the text or the answer; notes leave it.
    `text`: the statement of a step that is done, or why it is not applicable.
    """

    step: str
    version: int = 0
    state: StepState = StepState.OPEN
    text: Written | None = None
    answer: str | None = None
    by: str | None = None
    at: Moment | None = None
    notes: tuple[Note, ...] = ()


class ConsultationForm(Document):
    """What a person says of a consultation. `kinds` and `way` are ids of the checklists' content.

    `people`: ids; `others`: people outside, by role; `day`: when it took place.
    """

    kinds: tuple[str, ...]
    people: tuple[str, ...] = ()
    others: Written = ""
    day: date
    way: str
    asked: Written
    advised: Written
    next_step: Written = ""


class Consultation(ConsultationForm):
    """A consultation as it is on record. `id`: unique in its case."""

    id: str
    by: str
    at: Moment


class Withdrawal(Document):
    """That something no longer stands. It stays on record."""

    reason: Written
    by: str
    at: Moment


class DeclaredException(Document):
    """That a patient was violent or made serious threats: `reason` is an id of the checklists' content."""

    id: str
    reason: str
    statement: Written
    by: str
    at: Moment
    withdrawn: Withdrawal | None = None


class LetterVersion(Document):
    """The letter as somebody left it. `edits`: paragraphs that they worded themselves; an empty one is left out."""

    number: int
    form: LetterForm
    edits: tuple[PartText, ...] = ()
    parts: tuple[PartText, ...]
    by: str
    at: Moment

    @cached_property
    def text(self) -> str:
        """The whole letter, with places instead of identity."""
        return "\n\n".join(part.text for part in self.parts if part.text)

    @cached_property
    def sha256(self) -> str:
        """What an approval is bound to: the hexadecimal SHA-256 of the text in UTF-8."""
        return sha256(self.text.encode()).hexdigest()


class ReviewKind(StrEnum):
    """What can happen to a version of a letter."""

    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    VOIDED = "voided"
    REJECTED = "rejected"


class Review(Document):
    """Something that happened to one exact text. `acknowledged`: ids of what the supervisor took note of."""

    kind: ReviewKind
    version: int
    sha256: str
    by: str
    at: Moment
    comment: Written | None = None
    acknowledged: tuple[str, ...] = ()


class LetterState(StrEnum):
    """Where the newest version of a letter stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"


class Letter(Document):
    """A letter with all its versions and reviews, oldest first. `authors`: everybody who ever wrote or co-wrote it."""

    number: int
    authors: tuple[str, ...]
    versions: tuple[LetterVersion, ...]
    reviews: tuple[Review, ...] = ()

    @property
    def latest(self) -> LetterVersion:
        """The version that counts."""
        return self.versions[-1]

    @property
    def last_review(self) -> Review | None:
        """The last thing that happened to the text as it is now; None where it was changed since."""
        last = self.reviews[-1] if self.reviews else None
        return last if last and (last.version, last.sha256) == (self.latest.number, self.latest.sha256) else None

    @property
    def state(self) -> LetterState:
        """Read off the reviews: what was said of an earlier text does not count for this one."""
        if any(review.kind is ReviewKind.REJECTED for review in self.reviews):
            return LetterState.REJECTED
        if self.last_review is None or self.last_review.kind is ReviewKind.VOIDED:
            return LetterState.DRAFT
        return LetterState(self.last_review.kind.value)

    @property
    def approval(self) -> Review | None:
        """Who approved the text as it is now, and when; None where nobody has."""
        return self.last_review if self.state is LetterState.APPROVED else None


class CloseReason(StrEnum):
    """Why a case ended without a letter."""

    OPENED_IN_ERROR = "opened_in_error"
    RECONCILED = "reconciled"


class Closed(Document):
    """That a case is over."""

    reason: CloseReason
    note: Written | None = None
    by: str
    at: Moment


class CaseForm(Document):
    """What a person says to open a case. `channel`, `provider` and `participants` are opaque ids; `role` a role id."""

    label: Written
    channel: str
    provider: str
    role: str
    participants: tuple[str, ...] = ()


class Case(Document):
    """A case, pinned to the content version that it began with.

    `version`: counts the decisions; the store raises it, decisions leave it.
    `provider`: the most responsible provider; `provider_role`: their role id.
    """

    code: str
    version: int = 0
    guideline: str
    content_version: str
    label: Written
    channel: str
    provider: str
    provider_role: str
    participants: tuple[str, ...]
    opened_by: str
    opened_at: Moment
    progress: tuple[Progress, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    safety_exceptions: tuple[DeclaredException, ...] = ()
    letters: tuple[Letter, ...] = ()
    closed: Closed | None = None

    def step(self, step_id: str) -> Progress:
        """How far a step is; one that nobody touched is open."""
        return next((one for one in self.progress if one.step == step_id), Progress(step=step_id))

    @property
    def safety_exception(self) -> DeclaredException | None:
        """The exception that stands now."""
        return next((one for one in self.safety_exceptions if not one.withdrawn), None)

    @property
    def letter(self) -> Letter | None:
        """The letter that is being worked on or approved; None before there is one, and after a rejection."""
        last = self.letters[-1] if self.letters else None
        return last if last and last.state is not LetterState.REJECTED else None

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose case it is."""
        return frozenset({self.provider, *self.participants})


def with_progress(case: Case, progress: Progress) -> Case:
    """The case with this instead of what it knew of the step."""
    known = [one.step for one in case.progress]
    if progress.step not in known:
        return case.changed(progress=(*case.progress, progress))
    return case.changed(progress=tuple(progress if one.step == progress.step else one for one in case.progress))


def with_letter(case: Case, letter: Letter) -> Case:
    """The case with this as its newest letter, in place of the one with its number."""
    return case.changed(letters=(*(one for one in case.letters if one.number != letter.number), letter))
