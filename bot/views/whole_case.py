"""A case in a modal: what its card and its checklists show, wherever the person is."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from bot import ids
from bot.references import Screen
from bot.views.blocks import actions, button, context
from bot.views.cases import ShownCase, build_card
from bot.views.checklists import build_checklist
from bot.views.letters import NEWEST
from conversations.progress import begun


def build_case_modal(shown: ShownCase, screen: Screen, link: str | None) -> View:
    """`link`: to the thread, where it is known."""
    return View(
        type="modal",
        title="Case",
        close="Close",
        private_metadata=screen.metadata(),
        blocks=list(_blocks(shown, link)),
    )


def _blocks(shown: ShownCase, link: str | None) -> Iterator[Block]:
    yield from build_card(shown)[1]
    where = f"<#{shown.case.channel}>"
    yield context(f"It lives in {where}: <{link}|go to its thread>" if link else f"It lives in {where}.")
    if shown.case.letters:
        about = shown.about(f"{shown.case.letters[-1].number}.{NEWEST}")
        yield from actions([button("Read the letter", ids.LETTER_READ, about)])
    for checklist in begun(shown.case, shown.pathway):
        yield DividerBlock()
        yield from build_checklist(shown, checklist)[1]
