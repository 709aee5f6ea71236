"""The register of questions that the guideline did not answer, or not well: what content editors read.

The register names nobody. Who asked is kept with the answer, for as long as answers are kept.
"""

import uuid
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from conversations import identifiers
from guideline_content.answers import Answer, Outcome

LONGEST = 3000
"""Characters of a text that are kept; it is screened whole and cut afterwards."""

_REGISTER = uuid.UUID("6d0f4f0c-1f0a-4d55-9d1e-5b9ad53e0f5c")


class Reason(StrEnum):
    """Why a question is in the register."""

    UNSURE = "unsure"
    SILENT = "silent"
    NOT_COVERED = "not_covered"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class RegisteredQuestion(BaseModel):
    """One line of the register. Its texts are screened for identifiers before they come here.

    `id`: unique; `question`: what was asked; `wanted`: what the person says they looked for;
    `entries`: ids of the entries shown, best first; `role`: the asker's role id; `content_version`: Guideline.version.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: AwareDatetime
    reason: Reason
    question: str
    wanted: str | None = None
    entries: tuple[str, ...] = ()
    role: str | None = None
    content_version: str


class AnsweredQuestion(BaseModel):
    """What a click or a follow-up needs to know of an answer, minutes or a restart later.

    `id`: opaque and random, as buttons carry it: the register's ids are made from it and must not lead back to people.
    `person`: who asked; `conversation`: where, a key the caller chooses (a direct message, a thread);
    `question`: as asked, screened; `entries`: ids of the entries shown, best first; `role`: the asker's role id;
    `follows`: ids of the entries shown before it in the conversation, which it may refer to.

    `scores` (of `entries`), `member` (of the first, a group), `read_as` (see `reading`), `about` (its topic) and
    `local` are the answer's, so that it can be drawn again as it was; an earlier version kept none of them. `seen`:
    what in the question looked like identity.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    at: AwareDatetime
    person: str
    conversation: str
    question: str
    outcome: Outcome
    small_talk: bool = False
    entries: tuple[str, ...] = ()
    role: str | None = None
    content_version: str
    follows: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    member: str | None = None
    read_as: str | None = None
    about: str | None = None
    local: str | None = None
    seen: tuple[identifiers.Kind, ...] = ()


class Waiting(BaseModel):
    """A person who wants to be told when the content answers a question. Kept with the answer, and as long.

    `told`: whether they were.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: AnsweredQuestion
    person: str
    told: bool = False


def answered(
    answer: Answer,
    *,
    id: str,
    at: datetime,
    person: str,
    conversation: str,
    content_version: str,
    follows: tuple[str, ...] = (),
    seen: tuple[identifiers.Kind, ...] = (),
    allowed: Collection[str] = (),
) -> AnsweredQuestion:
    """The answer as it is remembered: own words screened. `allowed`: numbers that may stay, see identifiers."""
    return AnsweredQuestion(
        id=id,
        at=at,
        person=person,
        conversation=conversation,
        question=screened(answer.question, allowed=allowed),
        outcome=answer.outcome,
        small_talk=answer.small_talk,
        entries=tuple(match.entry.id for match in answer.matches),
        role=answer.role,
        content_version=content_version,
        follows=follows,
        scores=tuple(match.score for match in answer.matches),
        member=answer.matches[0].member if answer.matches else None,
        read_as=reading(answer, allowed=allowed),
        about=answer.topic,
        local=answer.local,
        seen=seen,
    )


def reading(answer: Answer, *, allowed: Collection[str] = ()) -> str | None:
    """How the question was read, as it may be shown and kept; None where the question held an identifier.

    Respelling may take from a number the word that gives it away.
    """
    if not answer.read_as or identifiers.find(answer.question, allowed=allowed):
        return None
    return screened(answer.read_as, allowed=allowed)


def unanswered(asked: AnsweredQuestion) -> RegisteredQuestion | None:
    """The register's line for an unsure, silent or not-covered question; None for an answered one and small talk."""
    if asked.outcome is Outcome.ANSWERED or asked.small_talk:
        return None
    return _registered(asked, Reason(asked.outcome.value), id=_register_id(asked.id, "asked"), at=asked.at)


def feedback(
    asked: AnsweredQuestion,
    *,
    person: str,
    helpful: bool,
    at: datetime,
    wanted: str | None = None,
    allowed: Collection[str] = (),
) -> RegisteredQuestion:
    """A person's vote on an answer. The same person's next vote on it has the same id; the id names nobody."""
    return _registered(
        asked,
        Reason.HELPFUL if helpful else Reason.NOT_HELPFUL,
        id=_register_id(asked.id, person),
        at=at,
        wanted=screened(wanted or "", allowed=allowed) or None,
    )


def newly_answered(now: Answer, *, not_by: str | None) -> bool:
    """Whether the question has an answer by now that it did not have. `not_by`: the entry that was its answer before,
    which somebody said was not it.
    """
    return now.outcome is Outcome.ANSWERED and now.matches[0].entry.id != not_by


def screened(text: str, *, allowed: Collection[str] = ()) -> str:
    """The text as it may be kept: identifiers masked, nothing a database refuses, at most `LONGEST` characters."""
    storable = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()
    masked = identifiers.mask(storable, allowed=allowed)
    return masked if len(masked) <= LONGEST else masked[: LONGEST - 1] + "…"


def _registered(
    asked: AnsweredQuestion, reason: Reason, *, id: str, at: datetime, wanted: str | None = None
) -> RegisteredQuestion:
    return RegisteredQuestion(
        id=id,
        at=at,
        reason=reason,
        question=asked.question,
        wanted=wanted,
        entries=asked.entries,
        role=asked.role,
        content_version=asked.content_version,
    )


def _register_id(answer_id: str, part: str) -> str:
    return uuid.uuid5(_REGISTER, f"{answer_id} {part}").hex
