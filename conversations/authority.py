"""Who may see and do what with a case: one table.

Whoever sees a button can press it, so every action is looked up here, whatever was shown. Whom a case is nothing to
gets the refusal that an unknown code gets.
"""

from collections.abc import Callable, Collection
from enum import StrEnum

from conversations.cases import Case
from conversations.errors import NotAllowedError, UnknownCaseError

Membership = Callable[[str, str], bool]
"""Whether (channel, person) are channel and member."""


class Relation(StrEnum):
    """What a person is to a case. One can be several things."""

    PARTICIPANT = "participant"
    AUTHOR = "author"
    PROVIDER = "provider"
    SUPERVISOR = "supervisor"
    CHANNEL_MEMBER = "channel_member"


class Act(StrEnum):
    """What can be done with a case, or seen of it."""

    SEE = "see"
    SEE_RATIONALE = "see_rationale"
    ADD_NOTE = "add_note"
    CONSULT = "consult"
    WORK_STEPS = "work_steps"
    EXCEPT = "except"
    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    DECIDE = "decide"
    ADD_PARTICIPANTS = "add_participants"
    MOVE = "move"
    CLOSE = "close"


_P, _A, _R, _S, _M = Relation
_TEAM = frozenset({_P, _R})

ALLOWED: dict[Act, frozenset[Relation]] = {
    Act.SEE: frozenset(Relation),
    Act.SEE_RATIONALE: frozenset({_P, _A, _R, _S}),
    Act.ADD_NOTE: frozenset(Relation),
    Act.CONSULT: frozenset(Relation),
    Act.WORK_STEPS: _TEAM,
    Act.EXCEPT: _TEAM,
    Act.DRAFT: _TEAM,
    Act.REVISE: frozenset({_A}),
    Act.SUBMIT: frozenset({_A}),
    Act.DECIDE: frozenset({_S}),
    Act.ADD_PARTICIPANTS: _TEAM,
    Act.MOVE: _TEAM,
    Act.CLOSE: _TEAM,
}

BARRED: dict[Act, frozenset[Relation]] = {Act.DECIDE: frozenset({_A, _R})}
"""Who may not, whatever else they are."""

_THE_TEAM = "the participants of the case and its most responsible provider"
_ONLY = {
    Act.SEE_RATIONALE: f"Only {_THE_TEAM}, and supervisors, can see why reasons are withheld.",
    Act.WORK_STEPS: f"Only {_THE_TEAM} can work on its steps. You can add a note or log a consultation.",
    Act.EXCEPT: f"Only {_THE_TEAM} can declare or withdraw a safety exception.",
    Act.DRAFT: f"Only {_THE_TEAM} can draft its letter.",
    Act.REVISE: "Only the letter's author and co-authors can revise it.",
    Act.SUBMIT: "Only the letter's author and co-authors can submit it.",
    Act.DECIDE: "Only a supervisor who neither wrote the letter nor is the most responsible provider can decide on it.",
    Act.ADD_PARTICIPANTS: f"Only {_THE_TEAM} can add participants.",
    Act.MOVE: f"Only {_THE_TEAM} can move it to another channel.",
    Act.CLOSE: f"Only {_THE_TEAM} can close it.",
}


def relations(case: Case, person: str, *, supervisors: Collection[str], is_member: Membership) -> frozenset[Relation]:
    """What the person is to the case; empty for a stranger. Membership is only asked for where nothing else counts."""
    is_now = {
        Relation.PARTICIPANT: person in case.participants,
        Relation.AUTHOR: bool(case.letter and person in case.letter.authors),
        Relation.PROVIDER: person == case.provider,
        Relation.SUPERVISOR: person in supervisors,
    }
    known = frozenset(relation for relation, holds in is_now.items() if holds)
    if not known and is_member(case.channel, person):
        return frozenset({Relation.CHANNEL_MEMBER})
    return known


def may(act: Act, held: Collection[Relation]) -> bool:
    """Whether somebody with these relations may do it."""
    return bool(ALLOWED[act] & set(held)) and not BARRED.get(act, frozenset()) & set(held)


def require(act: Act, held: Collection[Relation]) -> None:
    """Raises `UnknownCaseError` for a stranger, `NotAllowedError` for others who may not."""
    if not held:
        raise UnknownCaseError
    if not may(act, held):
        raise NotAllowedError(_ONLY[act])
