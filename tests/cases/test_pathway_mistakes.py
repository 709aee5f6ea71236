"""What an editor of checklists and letters is told: each mistake at its place, with what is allowed."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from guideline_content.checking import check
from guideline_content.loading import ContentError, load
from guideline_content.pathway_loading import CHECKLISTS, LETTER, load_pathway

TEMPLATE = "templates/letter.j2"


@dataclass(frozen=True)
class Mistake:
    """In `file`, `old` (its first place) becomes `new`; the problem stands in `told_in` under `key`, at `line_of`."""

    file: str
    old: str
    new: str
    key: str
    words: str
    line_of: str | None = None
    told_in: str | None = None


MISTAKES = {
    "a misspelt key": Mistake(
        CHECKLISTS, "qualification: as necessary", "qualificaton: as necessary",
        "checklists[reconciliation].steps[colleagues-consultation].qualificaton", "Did you mean 'qualification'?",
    ),
    "an unknown way to meet a step": Mistake(
        CHECKLISTS, "met_by: mark", "met_by: wish", "checklists[reconciliation].steps[work-together].met_by",
        "'wish'",
    ),
    "an unknown clause of a step": Mistake(
        CHECKLISTS, "clauses: [end.step.work-together.problem,", "clauses: [end.step.work-together.problems,",
        "checklists[reconciliation].steps[work-together].clauses[1]", "Did you mean 'end.step.work-together.problem'?",
    ),
    "an unknown clause of the safety exception": Mistake(
        CHECKLISTS, "clauses: [end.violence.immediate-ending]", "clauses: [end.violence]",
        "safety_exception.clauses[1]", "there is no clause 'end.violence'",
    ),
    "an unknown kind of consultation": Mistake(
        CHECKLISTS, "kinds: [colleague, team, supervisor]", "kinds: [colleague, teams, supervisor]",
        "checklists[reconciliation].steps[colleagues-consultation].kinds[2]",
        "there is no kind of consultation 'teams' (allowed: colleague, mental-health-specialist, other,",
    ),
    "a branch of a step that is no question": Mistake(
        CHECKLISTS, "branch: {step: impairment, answer: suspected}", "branch: {step: work-together, answer: suspected}",
        "checklists[reconciliation].steps[impairment-consultation].branch.step",
        "there is no step that is `met_by: answer` 'work-together' (allowed: impairment)",
    ),
    "a branch of an answer that nobody can give": Mistake(
        CHECKLISTS, "branch: {step: impairment, answer: suspected}", "branch: {step: impairment, answer: maybe}",
        "checklists[reconciliation].steps[impairment-consultation].branch.answer",
        "there is no such answer 'maybe' (allowed: not-suspected, suspected)",
    ),
    "a precondition of an unknown step": Mistake(
        CHECKLISTS, "steps: [severe-behaviour]", "steps: [severe-behavior]", "preconditions[severe].steps[1]",
        "Did you mean 'severe-behaviour'?",
    ),
    "two steps of one name in two lists": Mistake(
        CHECKLISTS, "- id: consult-team", "- id: work-together", "checklists[consultation-before-termination]"
        ".steps[work-together].id", "'work-together' is used already, on line",
        line_of="- id: work-together\n        title: Consult the team",
    ),
    "two preconditions of one name": Mistake(
        CHECKLISTS, "- id: risks\n", "- id: severe\n", "preconditions[severe].id", "'severe' is used already",
        line_of="- id: severe\n    title: All risks",
    ),
    "a question without answers": Mistake(
        CHECKLISTS, '        answers:\n          - {id: suspected, title: "Yes, suspected"}\n'
        '          - {id: not-suspected, title: "No"}\n', "", "checklists[reconciliation].steps[impairment]",
        "`answers` (two or more) belong to a step that is `met_by: answer`", line_of="- id: impairment\n",
    ),
    "a consultation of no kind": Mistake(
        CHECKLISTS, "        kinds: [team]\n", "",
        "checklists[consultation-before-termination].steps[consult-team]",
        "`kinds` belong to a step that is `met_by: consultation`", line_of="- id: consult-team",
    ),
    "an unknown clause of an element": Mistake(
        LETTER, "clauses: [letter.options.help]", "clauses: [letter.options.helps]", "elements[help].clauses[1]",
        "Did you mean 'letter.options.help'?",
    ),
    "an element in a part that is not there": Mistake(
        LETTER, "part: doctor-finder", "part: doctor-findr", "elements[doctor-finder].part",
        "there is no part with sentences of the template 'doctor-findr'",
    ),
    "an element in a part that is the author's": Mistake(
        LETTER, "part: options-lead", "part: options", "elements[options].part",
        "there is no part with sentences of the template 'options'",
    ),
    "an element of a field without a part": Mistake(
        LETTER, "title: Options and help, field: options}", "title: Options and help}", "elements[options].field",
        "no part holds 'options'", line_of="field: options\n\n  - id: help",
    ),
    "an element that cannot be recognised": Mistake(
        LETTER, "    words:\n      - [registered mail, registered letter]\n", "", "elements[registered]",
        "`part` and `words` belong together", line_of="- id: registered\n",
    ),
    "words that the template does not have": Mistake(
        LETTER, "[emergency medical care]", "[urgent medical care]", "elements[emergency-care].words",
        "the template does not have 'urgent medical care' in its part 'emergency-care'",
        line_of="    words:\n      - [urgent",
    ),
    "words with a date that does not exist": Mistake(
        LETTER, "{{ end | long_date }}", "{{ finish | long_date }}", "elements[emergency-care].words",
        "cannot be written: 'finish' is undefined", line_of="    words:\n      - [emergency medical care]",
    ),
    "words never to be said that the template says": Mistake(
        LETTER, "never: [the reason,", "never: [the care relationship,", "elements[reasons-withheld].never",
        "the template itself says 'the care relationship'",
    ),
    "two elements of one name": Mistake(
        LETTER, "- id: help\n", "- id: options\n", "elements[options].id", "'options' is used already",
        line_of="- id: options\n    title: Help in",
    ),
    "a template that is not there": Mistake(
        LETTER, "template: templates/letter.j2", "template: templates/none.j2", "template", "there is no template",
    ),
    "a part without a block": Mistake(
        LETTER, "{id: opening, title: Opening}", "{id: openings, title: Opening}", "parts[openings].id",
        "the template has no block 'openings'",
    ),
    "a place that the template does not have": Mistake(
        LETTER, 'text: "[Clinic address]"', 'text: "[Clinic adress]"', "places[clinic-address].text",
        "[Clinic adress] is nowhere in the template",
    ),
    "a template that cannot be read": Mistake(
        TEMPLATE, "{% block closing %}", "{% block closing %", "", "", line_of="{% block closing %",
    ),
    "a block that no part is named like": Mistake(
        TEMPLATE, "{% block salutation %}", "{% block extra %}Hello{% endblock %}\n{% block salutation %}", "extra",
        "no part of letter.yaml is named like this block",
    ),
    "a place that nobody fills in": Mistake(
        TEMPLATE, "Dear [Patient name],", "Dear [Patient's name],", "", "[Patient's name] is none of the places",
    ),
    "a name that nobody gives": Mistake(
        TEMPLATE, "Sincerely,", "Sincerely, {{ author }}", "",
        "the letter cannot be written for the role 'physician': 'author' is undefined", line_of="{#",
    ),
    "the rationale in the letter": Mistake(
        TEMPLATE, "Sincerely,", "Sincerely, {{ rationale }}", "", "'rationale' is undefined", line_of="{#",
    ),
    "a template that reaches for more": Mistake(
        TEMPLATE, "Sincerely,", "{{ ''.__class__.__mro__ }}", "", "is unsafe", line_of="{#",
    ),
    "sentences around the author's words": Mistake(
        TEMPLATE, "{{ options }}", "You can: {{ options }}", "options",
        "the block holds the author's words alone: {{ options }}", line_of="{% block options %}",
    ),
    "the author's words in a sentence": Mistake(
        TEMPLATE, "Sincerely,", "Remember: {{ options }}", "closing", "the author's words have a part of their own",
        line_of="{% block closing %}",
    ),
    "a sentence that is gone": Mistake(
        TEMPLATE, " This includes prescriptions for 30 days of refills of your current medications.", "",
        "elements[refills].words", "does not have 'prescription' in its part 'emergency-care'",
        told_in=LETTER, line_of="    words:\n      - [prescription,",
    ),
    "a required sentence of two paragraphs": Mistake(
        TEMPLATE, "You will also be de-enrolled", "There is more.\n\nYou will also be de-enrolled",
        "elements[de-enrol].part", "has to be one paragraph", told_in=LETTER, line_of="    part: de-enrol",
    ),
    "an empty block": Mistake(
        TEMPLATE, "Dear [Patient name],", "", "salutation", "the block is empty", line_of="{% block salutation %}",
    ),
    "a part too long to be edited": Mistake(
        TEMPLATE, "Sincerely,", "word " * 700, "closing", "3000 can be edited", line_of="{% block closing %}",
    ),
}  # fmt: skip


def make(mistake: Mistake, folder: Path) -> tuple[Path, int]:
    """Where the problem has to be told."""
    path = folder / mistake.file
    text = path.read_text(encoding="utf-8")
    assert mistake.old in text
    path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")
    told = folder / (mistake.told_in or mistake.file)
    shown = told.read_text(encoding="utf-8")
    at = shown.index((mistake.line_of or mistake.new).strip("\n"))
    first = shown[at:]
    return told, shown[: at + len(first) - len(first.lstrip())].count("\n") + 1


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_at_its_place_and_keeps_from_loading(mistake: Mistake, folder: Path) -> None:
    told, line = make(mistake, folder)
    found = [(p.file, p.key) for p in check(folder) if mistake.words in p.message and p.line == line]
    assert (told, mistake.key) in found, "\n".join(str(problem) for problem in check(folder))
    with pytest.raises(ContentError):
        load_pathway(folder, load(folder))


def test_a_guideline_without_cases_is_a_whole_guideline(folder: Path) -> None:
    (folder / CHECKLISTS).unlink()
    (folder / LETTER).unlink()
    assert check(folder) == ()


@pytest.mark.parametrize("name", [CHECKLISTS, LETTER])
def test_half_of_what_cases_need_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert [str(problem) for problem in check(folder)] == [f"{folder / name}:1: there is no such file"]


def test_mistakes_in_both_files_are_told_at_once(folder: Path) -> None:
    make(MISTAKES["an unknown kind of consultation"], folder)
    make(MISTAKES["an unknown clause of an element"], folder)
    assert {problem.file.name for problem in check(folder)} == {CHECKLISTS, LETTER}
