"""How far a case is, in a few words: for its card, and for those who have many cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.cases import Case
from conversations.checklists import Standing, StepStatus, status, statuses
from guideline_content.checklists import Checklist
from guideline_content.pathway import Pathway


@dataclass(frozen=True)
class Tally:
    """How many of a checklist's steps are settled, of those that apply on the case's branch as far as it is known."""

    checklist: Checklist
    settled: int
    of: int

    @property
    def complete(self) -> bool:
        """Nothing is open in it."""
        return self.settled == self.of


def tally(case: Case, checklist: Checklist) -> Tally:
    """The progress of one checklist."""
    applying = [one for one in statuses(case, checklist) if one.applies]
    return Tally(checklist, sum(one.standing is not Standing.NOT_MET for one in applying), len(applying))


def begun(case: Case, pathway: Pathway) -> Sequence[Checklist]:
    """The checklists that people of the case work on: the first, and the later ones once somebody has begun with them.

    Those lead to the end of the relationship, so they are not held out to everybody from the start.
    """
    first, *later = pathway.checklists.checklists
    touched = {one.step for one in case.progress} - {step.id for step in first.steps}
    return (first, *later) if touched or case.letters or case.safety_exceptions else (first,)


def next_step(case: Case, pathway: Pathway) -> StepStatus | None:
    """The first open step of the first checklist that has one, among those begun."""
    for checklist in begun(case, pathway):
        for step in checklist.steps:
            one = status(case, step)
            if one.applies and one.standing is Standing.NOT_MET:
                return one
    return None
