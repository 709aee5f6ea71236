"""The App Home, and browsing the guideline by section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DividerBlock,
    HeaderBlock,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import ids
from bot.views.blocks import VIEW_TITLE, actions, button, context, escape, sections, shortened
from bot.views.desk import Desk, desk_blocks
from bot.views.help import NO_NAMES, what_it_says
from bot.views.questions import example_buttons, role_options
from guideline_content.models import Clause, Guideline, Reading, Section

EXAMPLES = 6
PAGE = 20
NO_ROLE = "none"
READINGS = "readings"


def build_home(guideline: Guideline, role: str | None, desk: Desk | None = None) -> View:
    """A person's App Home. `desk`: what their cases need, where there are cases."""
    return View(type="home", blocks=list(_home_blocks(guideline, role, desk)))


def _home_blocks(guideline: Guideline, role: str | None, desk: Desk | None) -> Iterator[Block]:
    yield HeaderBlock(text=PlainTextObject(text=shortened(guideline.title, 150), emoji=False))
    yield from sections(f"Ask me what the guideline says. {escape(what_it_says())}")
    yield from actions([button("Ask a question", ids.ASK_OPEN, style="primary")])
    if desk:
        yield from desk_blocks(desk)
    yield DividerBlock()
    yield from sections("*My role*\nAnswers then say what a clause means if you are the most responsible provider.")
    yield ActionsBlock(block_id=f"role-{role or NO_ROLE}", elements=[_role_select(guideline, role)])
    yield DividerBlock()
    yield from sections("*Common questions*")
    yield from actions(example_buttons(guideline.examples[:EXAMPLES]))
    yield DividerBlock()
    yield from sections("*Browse by section*")
    yield from actions([button(label, _browse(id), id) for id, label in _shelves(guideline)])
    yield context(f"{escape(guideline.issuer)} · content version {guideline.version} · {NO_NAMES}")


def _role_select(guideline: Guideline, role: str | None) -> StaticSelectElement:
    unset = Option(value=NO_ROLE, text=PlainTextObject(text="No role set", emoji=False))
    options = [unset, *role_options(guideline)]
    return StaticSelectElement(
        action_id=ids.SET_ROLE,
        placeholder=PlainTextObject(text="Set my role", emoji=False),
        options=options,
        initial_option=next(option for option in options if option.value == (role or NO_ROLE)),
    )


def _shelves(guideline: Guideline) -> list[tuple[str, str]]:
    """What can be browsed: the sections that say something, then the background readings."""
    used = {clause.section for clause in guideline.clauses}
    shelves = [(section.id, section.label) for section in guideline.sections if section.id in used]
    return [*shelves, (READINGS, "Background readings")] if guideline.readings else shelves


def _browse(section_id: str) -> str:
    return ids.one_of_many(ids.BROWSE_SECTION, section_id)


@dataclass(frozen=True)
class Page:
    """A stretch of a section's entries. `number` counts from 0."""

    section: str
    number: int

    def value(self) -> str:
        """As a button carries it."""
        return f"{self.section}:{self.number}"

    @classmethod
    def parse(cls, value: str) -> "Page":
        """From a button: a section alone is its first page."""
        section, _, number = value.partition(":")
        return cls(section, int(number or 0))


def build_section_modal(guideline: Guideline, page: Page) -> View:
    """A section's entries, each with a button that opens it."""
    blocks = list(_page_blocks(guideline, page))
    return View(type="modal", title=shortened("Browse the guideline", VIEW_TITLE), close="Close", blocks=blocks)


def _page_blocks(guideline: Guideline, page: Page) -> Iterator[Block]:
    entries = _entries(guideline, page.section)
    start = page.number * PAGE
    last = (len(entries) - 1) // PAGE
    yield from sections(f"*{escape(_label(guideline, page.section))}*")
    for entry in entries[start : start + PAGE]:
        line = f"*{escape(entry.title)}*"
        if isinstance(entry, Clause):
            line += f"   {entry.obligation.upper()}"
        accessory = button("Read", ids.one_of_many(ids.BROWSE_ENTRY, entry.id), f"{page.value()}:{entry.id}")
        yield SectionBlock(text={"type": "mrkdwn", "text": line, "verbatim": True}, accessory=accessory)
    turns = [("Previous", page.number - 1), ("Next", page.number + 1)]
    turners = [
        button(text, ids.one_of_many(ids.BROWSE_PAGE, text.lower()), Page(page.section, number).value())
        for text, number in turns
        if 0 <= number <= last
    ]
    if turners:
        yield context(f"Page {page.number + 1} of {last + 1}")
        yield from actions(turners)


def _entries(guideline: Guideline, section: str) -> Sequence[Clause | Reading]:
    if section == READINGS:
        return guideline.readings
    return [clause for clause in guideline.clauses if clause.section == section]


def _label(guideline: Guideline, section: str) -> str:
    sections_: dict[str, Section] = {one.id: one for one in guideline.sections}
    return "Background readings (not the guideline)" if section == READINGS else sections_[section].label
