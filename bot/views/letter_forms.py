"""The forms of a letter: draft and revise it, word it otherwise, and decide on it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, CheckboxesElement
from slack_sdk.models.views import View

from bot import ids
from bot.references import Origin
from bot.views.blocks import context, escape, sections
from bot.views.case_forms import form, which_case
from bot.views.cases import LOCAL, ShownCase
from bot.views.inputs import day, field, option, people, ticked, written
from bot.views.written import quote
from conversations.cases import Letter
from conversations.letters import acknowledgements
from guideline_content.letter import Reasons
from guideline_content.letter_text import LetterForm

ACKNOWLEDGE = "acknowledge-"
"""What the field of something to be acknowledged begins with; its id follows."""

_CHOICES = {
    Reasons.STATED: "State the reasons in the letter",
    Reasons.WITHHELD: "Withhold them: personal safety would be compromised",
}

_NOTHING = LetterForm(continuing_care="", options="")


def build_draft_form(shown: ShownCase, origin: Origin, states: Reasons = Reasons.STATED) -> View:
    """The first version of a letter. `states`: what was chosen; the form is drawn anew when that changes."""
    blocks = [*which_case(shown), *_letter_fields(shown, states, None)]
    return form(ids.LETTER_DRAFT_FORM, "Draft the letter", "Post the draft", origin, blocks)


def build_revise_form(shown: ShownCase, letter: Letter, origin: Origin, states: Reasons | None = None) -> View:
    """What the author says, to be said otherwise in a next version."""
    before = letter.latest.form
    blocks = [*which_case(shown), *_letter_fields(shown, states or before.states, before)]
    return form(ids.LETTER_REVISE_FORM, "Revise the letter", "Post the version", origin, blocks)


def _letter_fields(shown: ShownCase, states: Reasons, before: LetterForm | None) -> Iterator[Block]:
    said = before or _NOTHING
    choices = [(reasons.value, words) for reasons, words in _CHOICES.items()]
    yield ticked(
        "states", "Reasons (the letter should state them)", choices, initial=states.value,
        action_id=ids.LETTER_REASONS, dispatch=True,
    )  # fmt: skip
    if states is Reasons.STATED:
        yield written("reasons", "The reasons, as the patient reads them", initial=said.reasons)
    else:
        hint = "For the case record only, never in the letter."
        yield written("rationale", "Why personal safety would be compromised", hint, initial=said.rationale)
    yield written(
        "continuing_care",
        "Continuing care requirements",
        "What has to go on, and what the patient has to know about it.",
        initial=said.continuing_care,
    )
    yield written(
        "options",
        "Options for other primary care",
        "Phone numbers and addresses of services may stand here, none of the patient's.",
        initial=said.options,
    )
    yield from _dates(shown, before)
    yield people("authors", "Co-authors", "They can revise and submit the letter, and cannot approve it.")


def _dates(shown: ShownCase, before: LetterForm | None) -> Iterator[Block]:
    if not shown.pathway.emergency_care_binds(shown.case.provider_role):
        return
    said = before or _NOTHING
    least = shown.pathway.letter.emergency_care.least_days
    hint = f"The guideline does not say when the {least} days start; you choose. {LOCAL}"
    yield day("start", "Emergency care starts", hint, initial=said.start)
    yield day("end", "Emergency care ends", f"At least {least} days later.", initial=said.end)


def build_wording_form(shown: ShownCase, letter: Letter, origin: Origin) -> View:
    """The content's own paragraphs, to be worded otherwise."""
    texts = {part.id: part.text for part in letter.latest.parts}
    explained = (
        "Change only what has to be changed: what the guideline requires is looked for in your wording, and a "
        "supervisor has to acknowledge it. An empty paragraph is left out."
    )
    fields = [
        written(part.id, part.title, initial=texts[part.id], optional=True)
        for part in shown.pathway.parts(shown.case.provider_role, letter.latest.form.states)
        if part.field is None and part.id in texts
    ]
    blocks = [*which_case(shown), *sections(explained), *fields]
    return form(ids.LETTER_WORDING_FORM, "Change the wording", "Post the version", origin, blocks)


def build_approve_form(shown: ShownCase, letter: Letter, origin: Origin) -> View:
    """Approve one exact text, and acknowledge each thing that has to be."""
    version = letter.latest
    explained = (
        f"You approve version {version.number} as it is, word for word. Any later change ends the approval. {LOCAL}"
    )
    blocks = [*which_case(shown), *sections(explained), context(f"SHA-256 `{version.sha256}`")]
    for one in acknowledgements(shown.case, shown.pathway):
        blocks += sections(f"*{escape(one.title)}*   {shown.cited(one.clauses)}")
        blocks += quote(one.text)
        box = CheckboxesElement(action_id=ids.INPUT, options=[option(one.id, "I took note of this")])
        blocks.append(field(f"{ACKNOWLEDGE}{one.id}", "To be acknowledged", box))
    return form(ids.LETTER_APPROVE_FORM, "Approve the letter", "Approve", origin, blocks)


def build_changes_form(shown: ShownCase, origin: Origin) -> View:
    """Ask the authors for changes."""
    blocks = [*which_case(shown), written("comment", "What should be changed")]
    return form(ids.LETTER_CHANGES_FORM, "Request changes", "Request", origin, blocks)


def build_reject_form(shown: ShownCase, origin: Origin) -> View:
    """Reject a letter, and close it with that."""
    explained = "This closes the letter. For another version of it, request changes instead."
    blocks = [*which_case(shown), *sections(explained), written("reason", "Why it is rejected")]
    return form(ids.LETTER_REJECT_FORM, "Reject the letter", "Reject", origin, blocks)
