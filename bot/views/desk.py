"""What a person's cases need of them: on the App Home, and as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock, MarkdownTextObject, SectionBlock
from slack_sdk.models.views import View

from bot import ids
from bot.references import Reference, Screen
from bot.views.blocks import SECTION_TEXT, actions, button, context, escape, sections, shortened
from bot.views.cases import ShownCase, next_in_words, standing_lines
from bot.views.letters import NEWEST

ON_HOME = 10
A_PAGE = 30


@dataclass(frozen=True)
class Desk:
    """`waiting`: cases whose letter the person may decide on; `mine`: open ones they take part in, newest first."""

    waiting: Sequence[ShownCase]
    mine: Sequence[ShownCase]


def desk_blocks(desk: Desk) -> Iterator[Block]:
    """The part of the App Home that is about cases."""
    yield DividerBlock()
    if desk.waiting:
        yield from sections(f"*Waiting for my approval* ({len(desk.waiting)})")
        yield from (_waiting_line(one) for one in desk.waiting[:ON_HOME])
        yield from _more("approvals", len(desk.waiting))
        yield DividerBlock()
    yield from sections(
        "*My open cases*" if desk.mine else "*My open cases*\nNone. A case is one relationship in trouble."
    )
    yield from (case_line(one) for one in desk.mine[:ON_HOME])
    yield from _more("mine", len(desk.mine))
    yield from actions(
        [
            button("Open a case …", ids.CASE_OPEN, Reference("").value()),
            *([button("Log a consultation …", ids.CONSULTATION_LOG, Reference("").value())] if desk.mine else []),
        ]
    )


def _more(which: str, number: int) -> Iterator[Block]:
    if number > ON_HOME:
        yield context(f"{ON_HOME} of {number} are shown.")
        about = Reference("", which).value()
        yield from actions([button(f"All {number}", ids.one_of_many(ids.CASE_LIST, which), about)])


def _waiting_line(shown: ShownCase) -> Block:
    letter = shown.case.letters[-1]
    since = shown.moment(letter.reviews[-1].at) if letter.reviews else ""
    line = f"*{escape(shown.name)}*\nLetter, version {letter.latest.number}, waits since {since}"
    about = shown.about(f"{letter.number}.{NEWEST}")
    return _line(line, "Read and decide", ids.one_of_many(ids.LETTER_READ, f"{shown.case.code}-waiting"), about)


def case_line(shown: ShownCase) -> Block:
    """A case in short, with a button that shows it."""
    progress = " · ".join(line.replace("*", "") for line in standing_lines(shown))
    line = f"*{escape(shown.name)}*\n{progress}\nNext: {escape(next_in_words(shown))}"
    return _line(line, "Show", ids.one_of_many(ids.CASE_SHOW, shown.case.code), shown.about())


def _line(line: str, text: str, action_id: str, value: str) -> Block:
    words = MarkdownTextObject(text=shortened(line, SECTION_TEXT), verbatim=True)
    return SectionBlock(text=words, accessory=button(text, action_id, value))


def build_list_modal(cases: Sequence[ShownCase], screen: Screen) -> View:
    """All of a person's cases, a page at a time."""
    start = screen.page * A_PAGE
    line = _waiting_line if screen.thing == "approvals" else case_line
    blocks: list[Block] = [line(one) for one in cases[start : start + A_PAGE]]
    if not blocks:
        blocks += sections("None.")
    turns = [("Previous", screen.page - 1), ("Next", screen.page + 1)]
    made = [
        button(text, ids.one_of_many(ids.CASE_LIST, f"{text.lower()}-page"), Reference("", screen.thing, page).value())
        for text, page in turns
        if 0 <= page * A_PAGE < len(cases)
    ]
    blocks += actions(made)
    title = "Waiting for approval" if screen.thing == "approvals" else "My open cases"
    return View(type="modal", title=title, close="Close", private_metadata=screen.metadata(), blocks=blocks)
