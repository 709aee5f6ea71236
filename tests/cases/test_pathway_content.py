"""The built-in checklists and letter as facts, and that they are content and not code."""

import ast
import re
from pathlib import Path

import conversations
from guideline_content.letter import Reasons
from guideline_content.pathway import Pathway


def test_the_letter_binds_every_clause_on_what_a_letter_contains(pathway: Pathway) -> None:
    bound = {clause for element in pathway.letter.elements for clause in element.clauses}
    assert bound == {clause.id for clause in pathway.guideline.members("letter-contents")}


def test_the_steps_are_every_clause_on_what_comes_before_release_and_termination(pathway: Pathway) -> None:
    bound = {clause for step in pathway.checklists.steps.values() for clause in step.clauses}
    groups = ("steps-before-release", "consult-before-termination")
    asked = {clause.id for group in groups for clause in pathway.guideline.members(group)}
    assert asked - bound == {"end.before-release"}
    assert {clause for one in pathway.checklists.preconditions for clause in one.clauses} - bound == {
        "end.before-release"
    }


def test_the_qualifications_are_the_sources_own_words(pathway: Pathway) -> None:
    assert {step.id: step.qualification for step in pathway.checklists.steps.values() if step.qualification} == {
        "behavioural-contract": "may also be appropriate",
        "ways-to-get-needs-met": "may also be appropriate",
        "colleagues-consultation": "as necessary",
        "alternative-provider": "where applicable",
        "consult-regional-resources": "appropriate",
    }


def test_the_roles_bound_by_the_thirty_days_are_the_guidelines(pathway: Pathway) -> None:
    bound = {role.id for role in pathway.guideline.roles if pathway.emergency_care_binds(role.id)}
    assert bound == {"physician", "nurse-practitioner", "physician-assistant"}


def test_a_pathway_comes_back_whole_from_its_text(pathway: Pathway) -> None:
    assert Pathway.model_validate_json(pathway.model_dump_json(by_alias=True)) == pathway


def test_no_id_and_no_sentence_of_the_content_is_in_the_code(pathway: Pathway) -> None:
    ids = {clause.id for clause in pathway.guideline.clauses if "." in clause.id}
    ids |= set(pathway.checklists.steps) | {part.id for part in pathway.letter.parts if "-" in part.id}
    ids |= {element.id for element in pathway.letter.elements if "-" in element.id}
    sentences = [line.strip() for line in pathway.template.splitlines() if len(line.split()) > 4]
    folder = Path(conversations.__file__).parent
    for path in folder.glob("*.py"):
        strings = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not strings & ids, path.name
        assert not [one for one in strings for sentence in sentences if re.sub(r"\s+", " ", sentence) in one], path.name


def test_a_letter_without_reasons_has_no_paragraph_for_them(pathway: Pathway) -> None:
    withheld = [part.id for part in pathway.parts("physician", Reasons.WITHHELD)]
    stated = [part.id for part in pathway.parts("physician", Reasons.STATED)]
    assert [part for part in stated if part not in withheld] == ["reasons-lead", "reasons"]
