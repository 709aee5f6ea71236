"""Checklists: a line and a row of buttons for each step, each button naming the state it leads to."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot import ids
from bot.references import Origin, Screen
from bot.views.blocks import BUTTON_TEXT, actions, button, context, escape, fallback, sections, shortened
from bot.views.blocks import verbatim_context as verbatim
from bot.views.case_forms import form, which_case
from bot.views.cases import LOCAL, ShownCase, mention
from bot.views.inputs import written
from bot.views.written import excerpt, quote
from conversations.cases import Consultation, Progress, StepState
from conversations.checklists import Standing, StepStatus, status, statuses
from conversations.progress import tally
from guideline_content.checklists import Checklist, Means, Step

MARKS = {
    Standing.NOT_MET: "☐",
    Standing.MET: "✓",
    Standing.NOT_APPLICABLE: "⊘",
    Standing.EXCEPTION: "⚠",
}
NOTES_A_PAGE = 15


def build_checklist(shown: ShownCase, checklist: Checklist) -> tuple[str, tuple[Block, ...]]:
    """A checklist, and what a notification says of it."""
    counted = tally(shown.case, checklist)
    progress = f"{counted.settled} of {counted.of} steps"
    summary = fallback(f"{checklist.title} of case {shown.case.code}:", f"{progress}.")
    return summary, (*sections(f"*{escape(checklist.title)}*   {progress}"), *_steps(shown, checklist))


def _steps(shown: ShownCase, checklist: Checklist) -> Iterator[Block]:
    for number, one in enumerate(statuses(shown.case, checklist), 1):
        if one.applies:
            yield from step_blocks(shown, one, before=f"{number}. ")
        else:
            yield context(f"{number}. {_why_not(shown, one)}")


def step_blocks(shown: ShownCase, one: StepStatus, *, before: str = "") -> Iterator[Block]:
    """A step that applies. `before`: what its place in a list adds to its title."""
    yield from step_under(shown, one, f"{MARKS[one.standing]} *{before}{escape(one.step.title)}*")


def step_under(shown: ShownCase, one: StepStatus, title: str) -> Iterator[Block]:
    """A step under a title in mrkdwn that says how it stands."""
    step = one.step
    force = f"{shown.pathway.obligation(step).upper()} · {shown.cited(step.clauses)}"
    yield from sections("\n".join((f"{title}   {force}", escape(step.guidance), *_state_lines(shown, one))))
    yield from map(verbatim, _excerpts(one.progress))
    if shown.case.closed is None:
        yield from actions(_buttons(shown, one))


def _why_not(shown: ShownCase, one: StepStatus) -> str:
    step, branch = one.step, one.step.branch
    if branch is None:
        return escape(step.title)
    question = shown.pathway.checklists.steps[branch.step]
    if one.applies is None:
        return f"{escape(step.title)}: depends on “{escape(question.title)}”"
    given = answer_title(question, shown.case.step(question.id))
    return f"{escape(step.title)}: does not apply, as “{escape(question.title)}” is answered “{escape(given)}”"


def answer_title(step: Step, progress: Progress) -> str:
    """The answer given to a step's question."""
    return next((choice.title for choice in step.answers if choice.id == progress.answer), "")


def _state_lines(shown: ShownCase, one: StepStatus) -> Iterator[str]:
    progress = one.progress
    if progress.by and progress.at:
        who = f"{mention(progress.by)}, {shown.moment(progress.at)}"
        yield from (f"*{words}* {who}" for words in [_state_in_words(one)] if words)
    if one.consultations:
        yield f"*Met by* {_consultations_in_words(shown, one.consultations)}"
    elif progress.state is StepState.OPEN and one.step.met_by is Means.STATEMENT:
        yield f"_To be stated in words. {LOCAL}_"
    if one.standing is Standing.EXCEPTION:
        yield f"_An exception: a supervisor has to acknowledge it. {LOCAL}_"


def _state_in_words(one: StepStatus) -> str:
    match one.progress.state:
        case StepState.OPEN:
            return "Reopened by"
        case StepState.NOT_APPLICABLE:
            allowed = f" (“{escape(one.step.qualification)}”)" if one.step.qualification else ""
            return f"Not applicable{allowed}, set by"
    match one.step.met_by:
        case Means.ANSWER:
            return f"Answered “{escape(answer_title(one.step, one.progress))}” by"
        case Means.STATEMENT:
            return "Stated by"
        case _:
            return "Done by"


def _consultations_in_words(shown: ShownCase, consultations: tuple[Consultation, ...]) -> str:
    last = consultations[-1]
    number = len(consultations)
    return f"{'a consultation' if number == 1 else f'{number} consultations'}, logged by {mention(last.by)}, " + (
        shown.moment(last.at)
    )


def _excerpts(progress: Progress) -> Iterator[str]:
    if progress.text:
        yield f"“{excerpt(progress.text)}”"
    if progress.notes:
        yield f"Last note: “{excerpt(progress.notes[-1].text)}”"


def _buttons(shown: ShownCase, one: StepStatus) -> list[ButtonElement]:
    step, progress = one.step, one.progress
    made = [*_ways_to_meet(shown, one)]
    if step.met_by is not Means.ANSWER and one.standing is Standing.NOT_MET:
        made.append(step_button(shown, "Not applicable …", ids.STEP_ASIDE, step))
    if progress.state is not StepState.OPEN:
        made.append(step_button(shown, "Reopen", ids.STEP_OPEN, step))
    made.append(step_button(shown, "Add a note …", ids.STEP_NOTE, step))
    texts = len(progress.notes) + bool(progress.text)
    if texts:
        made.append(step_button(shown, f"Read all ({texts})", ids.STEP_READ, step))
    return made


def _ways_to_meet(shown: ShownCase, one: StepStatus) -> Iterator[ButtonElement]:
    step, done = one.step, one.progress.state is StepState.DONE
    match step.met_by:
        case Means.MARK if not done:
            yield step_button(shown, "Mark as done", ids.STEP_DONE, step)
        case Means.STATEMENT:
            yield step_button(shown, "State it anew …" if done else "State it …", ids.STEP_STATE, step)
        case Means.CONSULTATION:
            yield step_button(shown, "Log the consultation …", ids.CONSULTATION_LOG, step)
        case Means.ANSWER:
            for choice in step.answers:
                if choice.id != one.progress.answer:
                    yield step_button(shown, choice.title, ids.STEP_ANSWER, step, choice=choice.id)


def step_button(shown: ShownCase, text: str, action_id: str, step: Step, *, choice: str = "") -> ButtonElement:
    """A button about a step; a screen reader hears which, as every step has such buttons."""
    which = f"{step.id}.{choice}" if choice else step.id
    value = shown.about(step.id, shown.case.step(step.id).version, choice)
    made = button(text, ids.one_of_many(action_id, which), value)
    made.accessibility_label = shortened(f"{text.rstrip(' …')}: {step.title}", BUTTON_TEXT)
    return made


def build_state_form(shown: ShownCase, step: Step, origin: Origin) -> View:
    """Meet a step by stating it."""
    before = shown.case.step(step.id)
    initial = before.text if before.state is StepState.DONE else None
    blocks = [*_which_step(shown, step), written("text", "Statement", initial=initial)]
    return form(ids.STEP_STATE_FORM, "State it", "Save", origin, blocks)


def build_aside_form(shown: ShownCase, step: Step, origin: Origin) -> View:
    """Set a step to not applicable."""
    if step.qualification:
        force = f"The guideline provides for it: “{escape(step.qualification)}”."
    else:
        force = f"The guideline does not provide for it. It stands as an exception to be acknowledged. {LOCAL}"
    blocks = [*_which_step(shown, step), *sections(force), written("reason", "Why it is not applicable")]
    return form(ids.STEP_ASIDE_FORM, "Not applicable", "Set", origin, blocks)


def build_note_form(shown: ShownCase, step: Step, origin: Origin) -> View:
    """Add a note to a step."""
    blocks = [*_which_step(shown, step), written("text", "Note")]
    return form(ids.STEP_NOTE_FORM, "Add a note", "Add", origin, blocks)


def _which_step(shown: ShownCase, step: Step) -> list[Block]:
    force = shown.pathway.obligation(step).upper()
    line = f"*{escape(step.title)}*   {force} · {shown.cited(step.clauses)}\n{escape(step.guidance)}"
    return [*which_case(shown), *sections(line)]


def build_step_modal(shown: ShownCase, screen: Screen) -> View:
    """All that was written for a step."""
    one = status(shown.case, shown.pathway.checklists.steps[screen.thing])
    return View(
        type="modal",
        title="Step",
        close="Close",
        private_metadata=screen.metadata(),
        blocks=[*which_case(shown), *_step_page(shown, one, screen)],
    )


def _step_page(shown: ShownCase, one: StepStatus, screen: Screen) -> Iterator[Block]:
    progress = one.progress
    yield from sections("\n".join((f"*{escape(one.step.title)}*", *_state_lines(shown, one))))
    yield from quote(progress.text or "")
    yield DividerBlock()
    start = screen.page * NOTES_A_PAGE
    for note in progress.notes[start : start + NOTES_A_PAGE]:
        yield context(f"*Note* by {mention(note.by)}, {shown.moment(note.at)}")
        yield from quote(note.text)
    if not progress.notes:
        yield context("No notes.")
    yield from page_turners(shown, screen, -(-len(progress.notes) // NOTES_A_PAGE))


def page_turners(shown: ShownCase, screen: Screen, pages: int) -> Iterator[Block]:
    """Buttons to the pages before and after; the page is in the place of the version."""
    turns = [("Previous", screen.page - 1), ("Next", screen.page + 1)]
    made = [
        button(text, ids.one_of_many(screen.kind, f"{text.lower()}-page"), shown.about(screen.thing, page))
        for text, page in turns
        if 0 <= page < pages
    ]
    if made:
        yield context(f"Page {screen.page + 1} of {pages}")
        yield from actions(made)
