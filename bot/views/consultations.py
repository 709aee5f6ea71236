"""Consultations: the form, the summary in the thread, and the list."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, CheckboxesElement
from slack_sdk.models.views import View

from bot import ids
from bot.references import Origin, Screen
from bot.views.blocks import actions, button, context, escape, fallback, sections
from bot.views.case_forms import form, which_case
from bot.views.cases import ShownCase, mention, mentions, short_day
from bot.views.checklists import page_turners
from bot.views.inputs import MOST_OPTIONS, chosen, day, field, option, people, ticked, written
from bot.views.written import quote
from conversations import consultations
from conversations.cases import Case, Consultation
from guideline_content.checklists import Checklists, Choice, Step
from guideline_content.pathway import Pathway

A_PAGE = 8


def build_consultation_form(pathway: Pathway, cases: Sequence[Case], origin: Origin) -> View:
    """Log a consultation. `cases`: to choose from, where the origin names none.

    Opened from a step that one kind of consultation meets, the form has that kind ticked.
    """
    lists = pathway.checklists
    step = lists.steps.get(origin.about.thing)
    which = [] if origin.about.code else [_case_field(cases)]
    return form(
        ids.CONSULTATION_FORM,
        "Log a consultation",
        "Log it",
        origin,
        [
            *(sections(f"*Case {escape(origin.about.code)}*") if origin.about.code else ()),
            *which,
            _kinds_field(lists, step),
            people("people", "With whom, in this workspace"),
            written("others", "With whom else, by role", optional=True, lines=False),
            day("day", "When it took place"),
            ticked("way", "How it took place", _pairs(lists.consultation_ways)),
            written("asked", "What was asked"),
            written("advised", "What was advised"),
            written("next_step", "Next step", optional=True),
        ],
    )


def _case_field(cases: Sequence[Case]) -> Block:
    offered = cases[-MOST_OPTIONS:]
    hint = None
    if len(cases) > len(offered):
        hint = f"The {len(offered)} newest of your cases. For another one, write its code behind {ids.SLASH_CONSULT}."
    return chosen("case", "Case", [(case.code, f"{case.code} · {case.label}") for case in reversed(offered)], hint=hint)


def _kinds_field(lists: Checklists, step: Step | None) -> Block:
    options = [option(choice.id, choice.title) for choice in lists.consultation_kinds]
    ticked_now = [one for one in options if step and step.kinds == (one.value,)]
    element = CheckboxesElement(action_id=ids.INPUT, options=options, initial_options=ticked_now or None)
    return field("kinds", "Kind", element, hint="Tick all that it was.")


def _pairs(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(choice.id, choice.title) for choice in choices]


def build_consultation(shown: ShownCase, one: Consultation) -> tuple[str, tuple[Block, ...]]:
    """A consultation as the thread shows it, and what a notification says of it."""
    summary = fallback(f"Consultation in case {shown.case.code}:", f"{_kinds(shown.pathway, one)}.")
    return summary, tuple(consultation_blocks(shown, one))


def consultation_blocks(shown: ShownCase, one: Consultation) -> Iterator[Block]:
    """A consultation with everything that was said of it."""
    lists = shown.pathway.checklists
    way = next(choice.title for choice in lists.consultation_ways if choice.id == one.way)
    lines = [
        f"*Consultation:* {escape(_kinds(shown.pathway, one))}",
        f"*When and how:* {short_day(one.day)}, {escape(way.lower())}",
        *([f"*With:* {mentions(one.people)}"] if one.people else []),
    ]
    yield from sections("\n".join(lines))
    texts = [
        ("With others, by role", one.others),
        ("Asked", one.asked),
        ("Advised", one.advised),
        ("Next step", one.next_step),
    ]
    for label, text in texts:
        if text:
            yield from sections(f"*{label}:*")
            yield from quote(text)
    met = ", ".join(f"“{title}”" for title in _met(shown, one))
    yield context(f"Logged by {mention(one.by)}, {shown.moment(one.at)}{f' · counts for {met}' if met else ''}")


def _kinds(pathway: Pathway, one: Consultation) -> str:
    titles = {choice.id: choice.title for choice in pathway.checklists.consultation_kinds}
    return ", ".join(titles[kind] for kind in one.kinds)


def _met(shown: ShownCase, one: Consultation) -> Iterator[str]:
    """The steps it counts for, on the branch that applies; escaped."""
    for step in consultations.met_by(shown.pathway, one):
        branch = step.branch
        if branch is None or shown.case.step(branch.step).answer == branch.answer:
            yield escape(step.title)


def build_consultations_modal(shown: ShownCase, screen: Screen) -> View:
    """A case's consultations, newest first, a page at a time."""
    return View(
        type="modal",
        title="Consultations",
        close="Close",
        private_metadata=screen.metadata(),
        blocks=[*which_case(shown), *_page(shown, screen)],
    )


def _page(shown: ShownCase, screen: Screen) -> Iterator[Block]:
    every = shown.case.consultations
    if shown.case.closed is None:
        yield from actions([button("Log a consultation", ids.CONSULTATION_LOG, shown.about(), style="primary")])
    if not every:
        yield from sections("No consultation is logged yet.")
    newest_first = every[::-1]
    for one in newest_first[screen.page * A_PAGE : (screen.page + 1) * A_PAGE]:
        yield from consultation_blocks(shown, one)
    yield from page_turners(shown, screen, -(-len(every) // A_PAGE))
