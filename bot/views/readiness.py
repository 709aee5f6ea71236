"""Readiness: each precondition of a letter with its clause, how it stands and by what; and the exceptions to them."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot import ids
from bot.references import Origin, Screen
from bot.views.blocks import actions, button, context, escape, sections
from bot.views.case_forms import form, which_case
from bot.views.cases import LOCAL, ShownCase, mention
from bot.views.checklists import MARKS, answer_title, step_blocks, step_button, step_under
from bot.views.inputs import ticked, written
from bot.views.written import quote
from conversations.cases import StepState
from conversations.checklists import Standing, StepStatus
from conversations.readiness import CaseException, PreconditionStatus, Readiness, readiness
from guideline_content.checklists import Means

STANDING = {
    Standing.NOT_MET: "NOT MET",
    Standing.MET: "MET",
    Standing.NOT_APPLICABLE: "NOT APPLICABLE",
    Standing.EXCEPTION: "EXCEPTION",
}


def build_readiness_modal(shown: ShownCase, screen: Screen) -> View:
    """Whether a letter can be drafted, and what is missing."""
    found = readiness(shown.case, shown.pathway)
    return View(
        type="modal",
        title="Readiness",
        close="Close",
        private_metadata=screen.metadata(),
        blocks=list(_blocks(shown, found)),
    )


def _blocks(shown: ShownCase, found: Readiness) -> Iterator[Block]:
    yield from which_case(shown)
    yield from sections(_verdict(found))
    yield from actions(_main_buttons(shown, found))
    for one in found.preconditions:
        yield DividerBlock()
        yield from _precondition(shown, one)
    yield DividerBlock()
    yield from _exceptions(shown, found)


def _verdict(found: Readiness) -> str:
    if found.ready and found.exceptions:
        return "*A letter can be drafted.* What stands as an exception has to be acknowledged by the supervisor."
    if found.ready:
        return "*A letter can be drafted.* Every precondition stands."
    return f"*Not ready:* {len(found.missing)} of {len(found.preconditions)} preconditions are not met."


def _main_buttons(shown: ShownCase, found: Readiness) -> list[ButtonElement]:
    made = [button("Log a consultation …", ids.CONSULTATION_LOG, shown.about())]
    if found.ready and shown.case.letter is None:
        made.insert(0, button("Draft the letter …", ids.LETTER_DRAFT, shown.about(), style="primary"))
    if shown.case.safety_exception is None:
        made.append(button("Safety exception …", ids.EXCEPTION_DECLARE, shown.about()))
    return [] if shown.case.closed else made


def _precondition(shown: ShownCase, one: PreconditionStatus) -> Iterator[Block]:
    head = f"{MARKS[one.standing]} *{escape(one.precondition.title)}*   {STANDING[one.standing]}"
    if len(one.steps) == 1 and one.missing:
        yield from step_under(shown, one.steps[0], head)
        return
    yield from sections(f"{head}\n{shown.cited(one.precondition.clauses)}")
    for step in one.steps:
        if step.applies and step.standing is Standing.NOT_MET:
            yield from step_blocks(shown, step)
        elif step.applies:
            yield context(f"{MARKS[step.standing]} {escape(step.step.title)}: {_by_what(shown, step)}")
            yield from actions(_change_buttons(shown, step))
        else:
            yield context(f"{MARKS[Standing.NOT_MET]} {escape(step.step.title)}: depends on an answer that is missing")


def _by_what(shown: ShownCase, one: StepStatus) -> str:
    """What settles a step, in mrkdwn."""
    progress = one.progress
    if one.consultations:
        last = one.consultations[-1]
        number = len(one.consultations)
        logged = f"logged by {mention(last.by)}, {shown.moment(last.at)}"
        return f"by a consultation {logged}" if number == 1 else f"by {number} consultations, the last {logged}"
    who = f"{mention(progress.by or '')}, {shown.moment(progress.at)}" if progress.at else ""
    if progress.state is StepState.NOT_APPLICABLE:
        return f"set to not applicable by {who}"
    match one.step.met_by:
        case Means.ANSWER:
            return f"answered “{escape(answer_title(one.step, progress))}” by {who}"
        case Means.STATEMENT:
            return f"stated by {who}"
        case _:
            return f"done by {who}"


def _change_buttons(shown: ShownCase, one: StepStatus) -> list[ButtonElement]:
    """What is said of a settled step can be read, and taken back."""
    progress = one.progress
    made = []
    if progress.text or progress.notes:
        texts = len(progress.notes) + bool(progress.text)
        made.append(step_button(shown, f"Read all ({texts})", ids.STEP_READ, one.step))
    if progress.state is not StepState.OPEN and shown.case.closed is None:
        made.append(step_button(shown, "Reopen", ids.STEP_OPEN, one.step))
    return made


def _exceptions(shown: ShownCase, found: Readiness) -> Iterator[Block]:
    if not found.exceptions:
        yield context(f"No exceptions. {_how_to_except(shown)}")
        return
    yield from sections(f"*Exceptions*, each to be acknowledged by the supervisor who approves. _{LOCAL}_")
    for one in found.exceptions:
        yield from exception_blocks(shown, one)
        standing = shown.case.safety_exception
        if standing and standing.id == one.id and shown.case.closed is None:
            yield from actions([button("Withdraw it …", ids.EXCEPTION_WITHDRAW, shown.about(one.id))])


def exception_blocks(shown: ShownCase, one: CaseException) -> Iterator[Block]:
    """An exception with all that was said for it."""
    yield from sections(f"*{escape(one.title)}*   {shown.cited(one.clauses)}")
    yield from quote(one.why)
    yield context(f"Declared by {mention(one.by)}")


def _how_to_except(shown: ShownCase) -> str:
    content = shown.pathway.checklists.safety_exception
    return f"For “{escape(content.title)}” ({shown.cited(content.clauses)}) a letter may be drafted at once."


def build_exception_form(shown: ShownCase, origin: Origin) -> View:
    """Declare that a patient was violent or made serious threats."""
    content = shown.pathway.checklists.safety_exception
    reasons = [(choice.id, choice.title) for choice in content.reasons]
    explained = (
        f"*{escape(content.title)}*   {shown.cited(content.clauses)}\nA letter can then be drafted at once. "
        f"A supervisor has to acknowledge the exception. _{LOCAL}_"
    )
    return form(
        ids.EXCEPTION_FORM,
        "Safety exception",
        "Declare it",
        origin,
        [
            *which_case(shown),
            *sections(explained),
            ticked("reason", "What happened", reasons),
            written("statement", "Statement", "What was done or said, by whom of the team it was witnessed."),
        ],
    )


def build_withdrawal_form(shown: ShownCase, origin: Origin) -> View:
    """Take a safety exception back; it stays on record."""
    return form(
        ids.EXCEPTION_WITHDRAW_FORM,
        "Withdraw the exception",
        "Withdraw it",
        origin,
        [*which_case(shown), written("reason", "Why it no longer stands")],
    )
