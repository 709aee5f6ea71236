"""The one way a case is changed: look up, authorise, decide, settle, save; and again if somebody else was first."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.authority import Act, Membership, Relation, relations, require
from conversations.case_store import CaseStore, ConflictError, NonceUsedError
from conversations.cases import Case
from conversations.codes import Choose, read_code
from conversations.delivery import Notice, NoticeKind
from conversations.errors import ConversationError, StoreError, UnknownCaseError
from conversations.history import Entry
from conversations.letters import settle
from guideline_content.pathway import Pathway

ATTEMPTS = 20
"""How often a decision is made anew because somebody else saved first. Each time, somebody else got on."""


@dataclass(frozen=True)
class Seen:
    """A case as a person may see it. `held`: what the person is to it."""

    case: Case
    pathway: Pathway
    held: frozenset[Relation]


Decision = Callable[[Case, Pathway], Case]
Description = Callable[[Case, Pathway], Entry]
"""The entry of a decision, from the case after it."""


def _no_notices(case: Case, pathway: Pathway) -> Collection[Notice]:
    return ()


@dataclass(frozen=True)
class Casework:
    """What every service on cases shares.

    `pathway`: what new cases begin with; older ones keep theirs. `zone`: where "today" is.
    `choose`: chooses one character of a new code at random.
    """

    store: CaseStore
    pathway: Pathway
    supervisors: frozenset[str]
    is_member: Membership
    zone: ZoneInfo
    choose: Choose = secrets.choice
    _pathways: dict[str, Pathway] = field(default_factory=dict, init=False, repr=False, compare=False)

    def look(self, code: str, *, by: str, act: Act = Act.SEE) -> Seen:
        """The case, if the person may do this with it; the code as it was typed.

        Raises `UnknownCaseError` for a code that is none, an unknown one, and a case that is nothing to the person.
        """
        known = read_code(code)
        case = self.store.load(known) if known else None
        if case is None:
            raise UnknownCaseError
        held = relations(case, by, supervisors=self.supervisors, is_member=self.is_member)
        require(act, held)
        return Seen(case, self.pathway_of(case), held)

    def change(
        self,
        code: str,
        act: Act,
        decide: Decision,
        describe: Description,
        *,
        by: str,
        at: datetime,
        nonce: str | None = None,
        notices: Callable[[Case, Pathway], Collection[Notice]] = _no_notices,
    ) -> Case:
        """The case after the decision, kept; or as it was, where the decision changes nothing.

        A form that was taken before is not decided on again. Refusals of the decision pass through; they keep nothing.
        """
        for _ in range(ATTEMPTS):
            if nonce is not None and (taken := self.store.taken(nonce)):
                return self.look(taken, by=by).case
            seen = self.look(code, by=by, act=act)
            after = settle(decide(seen.case, seen.pathway), seen.pathway, by=by, at=at)
            if after == seen.case:
                return after
            entry = _entry(seen, after, describe)
            told = (*notices(after, seen.pathway), *_void_notices(seen.case, after, by=by, at=at))
            try:
                return self.store.save(after, entry, expected_version=seen.case.version, nonce=nonce, notices=told)
            except (ConflictError, NonceUsedError):
                continue
        raise ConversationError("Many people are changing this case at the moment. Please try again.")

    def today(self, at: datetime) -> date:
        """The day it is where the people are."""
        return at.astimezone(self.zone).date()

    def pathway_of(self, case: Case) -> Pathway:
        """The content that the case began with."""
        if case.content_version == self.pathway.version:
            return self.pathway
        if case.content_version not in self._pathways:
            content = self.store.content(case.content_version)
            if content is None:
                raise StoreError(f"The content {case.content_version} that case {case.code} began with is not there.")
            self._pathways[case.content_version] = Pathway.model_validate_json(content)
        return self._pathways[case.content_version]


def _entry(seen: Seen, after: Case, describe: Description) -> Entry:
    voided = bool(seen.case.letter and seen.case.letter.approval) and not (after.letter and after.letter.approval)
    acting_as = tuple(relation for relation in Relation if relation in seen.held)
    return describe(after, seen.pathway).changed(acting_as=acting_as, voided=voided)


def _void_notices(before: Case, after: Case, *, by: str, at: datetime) -> tuple[Notice, ...]:
    """The supervisor who approved and the authors hear that it no longer counts, unless they did it."""
    if not before.letter or not before.letter.approval or (after.letter and after.letter.approval):
        return ()
    concerned = dict.fromkeys((before.letter.approval.by, *before.letter.authors))
    return notices(before, NoticeKind.APPROVAL_VOIDED, [one for one in concerned if one != by], at=at)


def notices(case: Case, kind: NoticeKind, recipients: Collection[str], *, at: datetime) -> tuple[Notice, ...]:
    """One notice for each, about the newest version of the case's newest letter and what was last said of it."""
    letter = case.letters[-1]
    about = f"{case.code}/letter-{letter.number}/version-{letter.latest.number}/{len(letter.reviews)}"
    return tuple(
        Notice(
            key=f"{about}/{kind.value}/{person}",
            kind=kind,
            code=case.code,
            recipient=person,
            letter=letter.number,
            version=letter.latest.number,
            made_at=at,
        )
        for person in recipients
    )
