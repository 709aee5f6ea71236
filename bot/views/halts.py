"""What the opener of a case reads when its channel cannot be reached, and that it goes on."""

from collections.abc import Iterator
from enum import StrEnum

from slack_sdk.models.blocks import Block

from bot import ids
from bot.views.blocks import actions, button, escape, sections
from bot.views.cases import ShownCase
from conversations.delivery import Surface, SurfaceState


class Halt(StrEnum):
    """Why nothing can be posted in a channel, as Slack calls it."""

    NOT_IN_CHANNEL = "not_in_channel"
    CHANNEL_NOT_FOUND = "channel_not_found"
    IS_ARCHIVED = "is_archived"


def build_halt(shown: ShownCase, halt: Halt, card: Surface | None) -> tuple[str, tuple[Block, ...]]:
    """Why the case stands still in Slack, while it is so. Nothing of it is lost."""
    if card is None or card.state is not SurfaceState.HALTED:
        return f"Case {shown.case.code} goes on.", tuple(_over(shown))
    return f"Case {shown.case.code} cannot be shown at present.", tuple(_standing_still(shown, halt))


def _over(shown: ShownCase) -> Iterator[Block]:
    yield from sections(f"*{escape(shown.name)}* is shown in <#{shown.case.channel}> again.")


def _standing_still(shown: ShownCase, halt: Halt) -> Iterator[Block]:
    channel, code = f"<#{shown.case.channel}>", shown.case.code
    if halt is Halt.IS_ARCHIVED:
        why = f"The channel {channel} is archived, so I cannot show the case there."
        what = f"Bring the channel back and write `{ids.SLASH_RECONCILE} {code}`, or move the case to another channel."
    else:
        why = f"I am not in {channel} any more, so I cannot show the case there."
        what = "Write `/invite` and my name in that channel, and I go on; or move the case to another channel."
    yield from sections(f"*{escape(shown.name)}*\n{why} Nothing is lost. {what}")
    yield from actions([button("Move the case …", ids.CASE_MOVE, shown.about())])
