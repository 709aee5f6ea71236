"""The record of a case: what was done, chained so that a change to it shows.

Each entry's hash covers the one before, the digest of the entry and the digest of the case after it. The digests stay
when a case is purged, so the chain can still be followed. It shows changes to parts of the record; it proves nothing
against somebody who rewrites all of it.
"""

import json
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Self

from conversations.authority import Relation
from conversations.cases import Case, Document, Moment

BEGINNING = "0" * 64
"""What the first entry's hash covers as the one before."""


class Activity(StrEnum):
    """What was done."""

    CASE_OPENED = "case.opened"
    CASE_CLOSED = "case.closed"
    CASE_MOVED = "case.moved"
    PARTICIPANTS_ADDED = "participants.added"
    STEP_DONE = "step.done"
    STEP_STATED = "step.stated"
    STEP_ANSWERED = "step.answered"
    STEP_SET_ASIDE = "step.set_aside"
    STEP_REOPENED = "step.reopened"
    NOTE_ADDED = "note.added"
    CONSULTATION_LOGGED = "consultation.logged"
    SAFETY_DECLARED = "safety.declared"
    SAFETY_WITHDRAWN = "safety.withdrawn"
    LETTER_DRAFTED = "letter.drafted"
    LETTER_REVISED = "letter.revised"
    LETTER_SUBMITTED = "letter.submitted"
    LETTER_APPROVED = "letter.approved"
    LETTER_CHANGES_REQUESTED = "letter.changes_requested"
    LETTER_REJECTED = "letter.rejected"


class Entry(Document):
    """Who did what, when, under which clauses.

    `acting_as`: what the person was to the case; empty for the one who opens it.
    `subject`: what it was done to: a step, a consultation, an exception, a letter's version ("1.3").
    `detail`: the words or the choice that came with it, which a later change would hide.
    `voided`: the approval of the letter ceased to count by it.
    """

    activity: Activity
    by: str
    at: Moment
    acting_as: tuple[Relation, ...] = ()
    subject: str | None = None
    clauses: tuple[str, ...] = ()
    detail: str | None = None
    voided: bool = False


class Link(Document):
    """An entry in its place in the chain. `written`: the entry as JSON; None once the case was purged.

    `version`: of the case after it. `case_digest`: of that case as JSON.
    """

    version: int
    written: str | None
    entry_digest: str
    case_digest: str
    hash: str

    @classmethod
    def after(cls, previous: str, case: Case, entry: Entry) -> Self:
        """The next link. `previous`: the hash before it, or `BEGINNING`."""
        written = canonical(entry)
        entry_digest, case_digest = digest(written), digest(canonical(case))
        return cls(
            version=case.version,
            written=written,
            entry_digest=entry_digest,
            case_digest=case_digest,
            hash=chain(previous, case.version, entry_digest, case_digest),
        )

    @property
    def entry(self) -> Entry | None:
        """What was done, if it is still known."""
        return Entry.model_validate_json(self.written) if self.written is not None else None


def canonical(document: Document) -> str:
    """The one way a document is written as JSON. What is kept is this text, and digests are of this text."""
    values = document.model_dump(mode="json")
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(written: str) -> str:
    """The hexadecimal SHA-256 of a document as it was written."""
    return sha256(written.encode()).hexdigest()


def chain(previous: str, version: int, entry_digest: str, case_digest: str) -> str:
    """The hash of a link."""
    return sha256("\n".join((previous, str(version), entry_digest, case_digest)).encode()).hexdigest()


def problems(links: Sequence[Link], written: str | None) -> tuple[str, ...]:
    """What does not fit: a sentence each, none if the record is whole.

    `written`: the case as it is kept; None once it was purged.
    """
    found: list[str] = []
    previous = BEGINNING
    for number, link in enumerate(links, start=1):
        found += _problems_of(link, number, previous)
        previous = link.hash
    if not links:
        found.append("There is no history.")
    elif written is not None and digest(written) != links[-1].case_digest:
        found.append("The case is not as its last entry left it.")
    return tuple(found)


def _problems_of(link: Link, number: int, previous: str) -> list[str]:
    found = []
    if link.version != number:
        found.append(f"Entry {number} is missing or out of place.")
    if link.written is not None and digest(link.written) != link.entry_digest:
        found.append(f"Entry {link.version} was changed.")
    if chain(previous, link.version, link.entry_digest, link.case_digest) != link.hash:
        found.append(f"The chain is broken at entry {link.version}.")
    return found
