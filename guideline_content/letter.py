"""What a termination letter has to say: elements bound to clauses, and the parts of the text that say them."""

from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, PositiveInt, model_validator

from guideline_content.models import Frozen, Identifier, Text


class AuthorField(StrEnum):
    """What the author writes. The rationale for withholding the reasons stays in the case record."""

    REASONS = "reasons"
    RATIONALE = "rationale"
    CONTINUING_CARE = "continuing_care"
    OPTIONS = "options"


class Reasons(StrEnum):
    """Whether the letter states the reasons."""

    STATED = "stated"
    WITHHELD = "withheld"


class Place(Frozen):
    """Something that identifies people, filled in on the clinic's own machine. `text`: as the letter shows it."""

    id: Identifier
    text: Text = Field(pattern=r"^\[[^\[\]]+\]$")


class Part(Frozen):
    """A paragraph of the letter: the block of the template named like it, with "_" for "-".

    `field`: the part holds these words of the author and nothing else.
    """

    id: Identifier
    title: Text
    field: AuthorField | None = None


class Element(Frozen):
    """Something the letter is required to say, or to leave out.

    It binds the roles that its first clause applies to. `reasons`: only where the reasons are stated, or withheld.
    `part`: the paragraph of the template that says it. `words`: for each, one of the wordings must be there in one
    paragraph when an author has changed the template's. `field`: what the author has to add in words of their own.
    `never`: wordings that must not be anywhere in the letter.
    Words may use the letter's dates, as the template does: "{{ end | long_date }}".
    """

    id: Identifier
    title: Text
    clauses: tuple[Identifier, ...] = Field(min_length=1)
    reasons: Reasons | None = None
    part: Identifier | None = None
    words: tuple[tuple[Text, ...], ...] = ()
    field: AuthorField | None = None
    never: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if bool(self.words) != bool(self.part) or not all(self.words):
            raise ValueError("`part` and `words` belong together: where the template says it, and how it is recognised")
        if not self.words and not self.never:
            raise ValueError("an element needs `part` and `words`, or `never`")
        return self


class EmergencyCare(Frozen):
    """The time after the letter, for the roles that `clauses` bind: at least `least_days` from a start to an end."""

    clauses: tuple[Identifier, ...] = Field(min_length=1)
    least_days: PositiveInt


class LetterContent(Frozen):
    """The file letter.yaml. `doubts`: words that may turn a required statement into its opposite, or limit it."""

    template: Text
    emergency_care: EmergencyCare
    places: tuple[Place, ...]
    parts: tuple[Part, ...] = Field(min_length=1)
    elements: tuple[Element, ...] = Field(min_length=1)
    doubts: tuple[Text, ...]

    @cached_property
    def part(self) -> dict[str, Part]:
        """Every part by its id, in order."""
        return {part.id: part for part in self.parts}
