"""From an answer to the deed: which buttons lead on from a statement is read off what cases are worked by."""

from collections.abc import Collection

from slack_sdk.models.blocks import ButtonElement

from bot import ids
from bot.references import Reference
from bot.views.blocks import button
from guideline_content.checklists import Means
from guideline_content.pathway import Pathway


def deed_buttons(pathway: Pathway, clauses: Collection[str]) -> list[ButtonElement]:
    """What a person can do about the clauses they read."""
    offers = [
        ("Open a case …", ids.CASE_OPEN, _of_steps(pathway)),
        ("Log a consultation …", ids.CONSULTATION_LOG, _of_consultations(pathway)),
        ("Check readiness", ids.READINESS, _of_letters(pathway)),
    ]
    anything = Reference("").value()
    return [button(text, action_id, anything) for text, action_id, about in offers if about & set(clauses)]


def _of_steps(pathway: Pathway) -> set[str]:
    """Where reconciliation begins, and what ends a relationship at once."""
    first = pathway.checklists.checklists[0]
    return {clause for step in first.steps for clause in step.clauses} | set(
        pathway.checklists.safety_exception.clauses
    )


def _of_consultations(pathway: Pathway) -> set[str]:
    steps = pathway.checklists.steps.values()
    return {clause for step in steps if step.met_by is Means.CONSULTATION for clause in step.clauses}


def _of_letters(pathway: Pathway) -> set[str]:
    of_preconditions = {clause for one in pathway.checklists.preconditions for clause in one.clauses}
    of_elements = {clause for element in pathway.letter.elements for clause in element.clauses}
    return of_preconditions | of_elements | set(pathway.checklists.safety_exception.clauses)
