"""What a case is worked by: checklists with their branches, who is consulted, and what a letter presupposes."""

from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from guideline_content.models import Frozen, Identifier, Text


class Means(StrEnum):
    """How a step is met."""

    MARK = "mark"
    STATEMENT = "statement"
    ANSWER = "answer"
    CONSULTATION = "consultation"


class Choice(Frozen):
    """One of several things a person can choose."""

    id: Identifier
    title: Text


class Branch(Frozen):
    """Where a step belongs: it applies once the question `step` was answered with `answer`."""

    step: Identifier
    answer: Identifier


class Step(Frozen):
    """One line of a checklist.

    `clauses`: ids of the clauses it comes from; the first one's obligation is the step's.
    `answers`: what can be answered, for a step met by an answer.
    `kinds`: which kinds of consultation meet it, for a step met by a consultation; any one of them.
    `branch`: None means that it applies on every branch.
    `qualification`: the source's own words under which the step may not apply (where applicable, as necessary). Without
    them, "not applicable" is an exception that a supervisor has to acknowledge.
    """

    id: Identifier
    title: Text
    guidance: Text
    clauses: tuple[Identifier, ...] = Field(min_length=1)
    met_by: Means
    answers: tuple[Choice, ...] = ()
    kinds: tuple[Identifier, ...] = ()
    branch: Branch | None = None
    qualification: Text | None = None

    @model_validator(mode="after")
    def _says_how_it_is_met(self) -> Self:
        if (len(self.answers) > 1) != (self.met_by is Means.ANSWER):
            raise ValueError("`answers` (two or more) belong to a step that is `met_by: answer`, and to no other")
        if bool(self.kinds) != (self.met_by is Means.CONSULTATION):
            raise ValueError("`kinds` belong to a step that is `met_by: consultation`, and to no other")
        if self.met_by is Means.ANSWER and self.qualification:
            raise ValueError("a step that is `met_by: answer` is always answered, so it has no `qualification`")
        return self


class Checklist(Frozen):
    """Steps that belong together, in order."""

    id: Identifier
    title: Text
    steps: tuple[Step, ...] = Field(min_length=1)


class Precondition(Frozen):
    """What has to stand before a letter is drafted: each of `steps` that applies on the case's branch."""

    id: Identifier
    title: Text
    clauses: tuple[Identifier, ...] = Field(min_length=1)
    steps: tuple[Identifier, ...] = Field(min_length=1)


class SafetyException(Frozen):
    """What lets a letter be drafted at once. `reasons`: what can have happened; the person adds a statement."""

    title: Text
    clauses: tuple[Identifier, ...] = Field(min_length=1)
    reasons: tuple[Choice, ...] = Field(min_length=1)


class Checklists(Frozen):
    """The file checklists.yaml. `consultation_ways`: how a consultation takes place."""

    consultation_kinds: tuple[Choice, ...] = Field(min_length=1)
    consultation_ways: tuple[Choice, ...] = Field(min_length=1)
    checklists: tuple[Checklist, ...] = Field(min_length=1)
    preconditions: tuple[Precondition, ...] = Field(min_length=1)
    safety_exception: SafetyException

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by its id, in order."""
        return {step.id: step for checklist in self.checklists for step in checklist.steps}
