"""A case: its card, the modal that shows it, and the forms to open, share, move and close it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, HeaderBlock, PlainTextObject

from bot import ids
from bot.references import Reference
from bot.views.blocks import actions, button, context, escape, fallback, sections, shortened
from conversations.cases import Case, CloseReason, Letter, LetterState
from conversations.checklists import StepStatus
from conversations.progress import begun, next_step, tally
from conversations.readiness import readiness
from guideline_content.pathway import Pathway

HEADER = 150
PRIVACY = "Everybody in this channel can read the case. No names and nothing that identifies a patient, please."
LOCAL = "Local: not in the guideline."

CLOSED_AS = {CloseReason.OPENED_IN_ERROR: "opened in error", CloseReason.RECONCILED: "reconciled"}


@dataclass(frozen=True)
class ShownCase:
    """A case to be drawn. `zone`: of the times people read."""

    case: Case
    pathway: Pathway
    zone: tzinfo

    @property
    def name(self) -> str:
        """As people tell cases apart, unescaped."""
        return f"{self.case.code} · {self.case.label}"

    def moment(self, at: datetime) -> str:
        """A time as people read it."""
        local = at.astimezone(self.zone)
        return f"{short_day(local.date())}, {local:%H:%M}"

    def cited(self, clauses: Sequence[str]) -> str:
        """Sections, escaped."""
        return escape(", ".join(self.pathway.citations(clauses)))

    def about(self, thing: str = "", version: int = 0, choice: str = "") -> str:
        """The value of a button of this case."""
        return Reference(self.case.code, thing, version, choice).value()


def short_day(day: date) -> str:
    """A day as people read it."""
    return f"{day.day} {day:%b %Y}"


def mention(person: str) -> str:
    """A person, by the name that each reader's Slack shows."""
    return f"<@{person}>"


def mentions(people: Sequence[str]) -> str:
    """Several people."""
    return ", ".join(map(mention, people))


def role_title(pathway: Pathway, role: str) -> str:
    """What a role is called."""
    return next((known.title for known in pathway.guideline.roles if known.id == role), role)


def build_card(shown: ShownCase) -> tuple[str, tuple[Block, ...]]:
    """The card, and what a notification says of it."""
    case = shown.case
    return fallback(f"Case {shown.name}.", f"Next: {next_in_words(shown)}"), (
        *_card_blocks(shown),
        *_card_buttons(case, shown),
    )


def _card_blocks(shown: ShownCase) -> Iterator[Block]:
    case = shown.case
    yield HeaderBlock(text=PlainTextObject(text=shortened(shown.name, HEADER), emoji=False))
    yield from sections("\n".join(facts(shown)))
    yield from sections("\n".join(standing_lines(shown)))
    yield from sections(f"*Next:* {next_in_mrkdwn(shown)}")
    yield context(f"{PRIVACY} · content version {case.content_version}")


def facts(shown: ShownCase) -> Iterator[str]:
    """Who and since when, in mrkdwn."""
    case = shown.case
    role = escape(role_title(shown.pathway, case.provider_role))
    yield f"*Most responsible provider:* {mention(case.provider)} ({role})"
    yield f"*Participants:* {mentions(case.participants)}"
    yield f"*Open since* {shown.moment(case.opened_at)}, opened by {mention(case.opened_by)}"


def standing_lines(shown: ShownCase) -> Iterator[str]:
    """Where things stand, in mrkdwn."""
    case, pathway = shown.case, shown.pathway
    for checklist in begun(case, pathway):
        counted = tally(case, checklist)
        yield f"*{escape(checklist.title)}:* {counted.settled} of {counted.of} steps"
    yield f"*Consultations:* {len(case.consultations) or 'none'} logged"
    if len(begun(case, pathway)) > 1:
        found = readiness(case, pathway)
        stand = len(found.preconditions) - len(found.missing)
        excepted = f", {len(found.exceptions)} to be acknowledged" if found.exceptions else ""
        yield f"*Preconditions of a letter:* {stand} of {len(found.preconditions)} stand{excepted}"
    if case.letters:
        yield f"*Letter:* {letter_in_words(case.letters[-1])}"


_LETTER_STATES = {
    LetterState.DRAFT: "a draft",
    LetterState.SUBMITTED: "waiting for a supervisor",
    LetterState.CHANGES_REQUESTED: "changes requested",
    LetterState.APPROVED: "approved",
    LetterState.REJECTED: "rejected",
}


def letter_in_words(letter: Letter) -> str:
    """A letter's version and state, plain."""
    return f"version {letter.latest.number}, {_LETTER_STATES[letter.state]}"


def next_in_mrkdwn(shown: ShownCase) -> str:
    """What is to be done next."""
    case = shown.case
    if case.closed:
        by, at = mention(case.closed.by), shown.moment(case.closed.at)
        return f"nothing. Closed as {CLOSED_AS[case.closed.reason]} by {by}, {at}."
    step = _next_step(shown)
    if step is None:
        return escape(next_in_words(shown))
    force = shown.pathway.obligation(step.step).upper()
    return f"{escape(step.step.title)}   {force} · {shown.cited(step.step.clauses)}"


def next_in_words(shown: ShownCase) -> str:
    """The same where nothing is markup."""
    case = shown.case
    if case.closed:
        return f"nothing. Closed as {CLOSED_AS[case.closed.reason]}."
    if case.letter:
        return _NEXT_FOR_LETTER[case.letter.state]
    step = _next_step(shown)
    if step:
        return f"{step.step.title}."
    return _CAN_BE_DRAFTED if _letter_is_ready(shown) else _ALL_SETTLED


def _next_step(shown: ShownCase) -> StepStatus | None:
    """The step to be done; None where something else is next."""
    if shown.case.letter or _letter_is_ready(shown):
        return None
    return next_step(shown.case, shown.pathway)


def _letter_is_ready(shown: ShownCase) -> bool:
    return len(begun(shown.case, shown.pathway)) > 1 and readiness(shown.case, shown.pathway).ready


_NEXT_FOR_LETTER = {
    LetterState.DRAFT: "the authors complete the letter and submit it for approval.",
    LetterState.SUBMITTED: "a supervisor decides on the letter.",
    LetterState.CHANGES_REQUESTED: "the authors revise the letter.",
    LetterState.APPROVED: "the letter is approved. What follows it is done at the clinic.",
}
_CAN_BE_DRAFTED = "the preconditions of a letter stand, so it can be drafted."
_ALL_SETTLED = (
    "every step is settled. If the relationship is repaired, close the case as reconciled; if not, check readiness."
)


def _card_buttons(case: Case, shown: ShownCase) -> Iterator[ActionsBlock]:
    if case.closed:
        yield from actions([consultations_button(shown)])
        return
    yield from actions(
        [
            button("Log a consultation", ids.CONSULTATION_LOG, shown.about(), style="primary"),
            consultations_button(shown),
            button("Check readiness", ids.READINESS, shown.about()),
            *([button("Draft the letter", ids.LETTER_DRAFT, shown.about())] if _can_draft(shown) else []),
            button("Add participants", ids.CASE_JOIN, shown.about()),
            button("Close the case", ids.CASE_CLOSE, shown.about()),
        ]
    )


def _can_draft(shown: ShownCase) -> bool:
    return shown.case.letter is None and _letter_is_ready(shown)


def consultations_button(shown: ShownCase) -> ButtonElement:
    """Opens the list of all of them."""
    return button(f"Consultations ({len(shown.case.consultations)})", ids.CONSULTATIONS, shown.about())
