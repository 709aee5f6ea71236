"""A guideline together with what a case is worked by. A case keeps the pathway that it began with."""

from collections.abc import Sequence
from functools import cached_property

from guideline_content.checklists import Checklists, Step
from guideline_content.letter import Element, LetterContent, Part, Reasons
from guideline_content.models import Clause, Frozen, Guideline, Obligation


class Pathway(Frozen):
    """Everything a case needs to know of its guideline, checked: every reference in it resolves.

    It outlives a change of the content folder: `model_dump_json(by_alias=True)` is read by `model_validate_json`.
    `template`: the letter's template as text.
    """

    guideline: Guideline
    checklists: Checklists
    letter: LetterContent
    template: str

    @property
    def version(self) -> str:
        """The version of the content folder it was read from."""
        return self.guideline.version

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.guideline.clauses}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {section.id: section.label for section in self.guideline.sections}

    def clause(self, clause_id: str) -> Clause:
        """The clause entry with this id."""
        return self._clauses[clause_id]

    def obligation(self, step: Step) -> Obligation:
        """The force of a step: that of the first clause it comes from."""
        return self.clause(step.clauses[0]).obligation

    def citations(self, clause_ids: Sequence[str]) -> tuple[str, ...]:
        """How a reader sees clauses cited ("§4.2.3 Ending phase, letter"), none twice."""
        return tuple(dict.fromkeys(self._labels[self.clause(clause_id).section] for clause_id in clause_ids))

    def binds(self, clause_ids: Sequence[str], role: str) -> bool:
        """Whether the first of the clauses applies when the most responsible provider has this role."""
        applies_to = self.clause(clause_ids[0]).applies_to
        return not applies_to or role in applies_to

    def elements(self, role: str, reasons: Reasons) -> tuple[Element, ...]:
        """What a letter has to say for this role of the most responsible provider, in order."""
        return tuple(
            element
            for element in self.letter.elements
            if self.binds(element.clauses, role) and element.reasons in (None, reasons)
        )

    def parts(self, role: str, reasons: Reasons) -> tuple[Part, ...]:
        """The paragraphs of such a letter, in order: one that only other letters need is left out."""
        elements = self.elements(role, reasons)
        return tuple(
            part
            for part in self.letter.parts
            if _is_needed(part, elements) or not _is_needed(part, self.letter.elements)
        )

    def emergency_care_binds(self, role: str) -> bool:
        """Whether the letter has to name the dates of emergency care."""
        return self.binds(self.letter.emergency_care.clauses, role)


def _is_needed(part: Part, elements: Sequence[Element]) -> bool:
    return any(element.part == part.id or (part.field and element.field == part.field) for element in elements)
