"""Every message that a case should have right now, in the order in which they belong into its thread."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.views.blocks import Message, messages
from bot.views.cases import ShownCase, build_card
from bot.views.checklists import build_checklist
from bot.views.consultations import build_consultation
from bot.views.halts import Halt, build_halt
from bot.views.letters import build_version
from bot.views.reviews import build_request, build_review
from conversations.cases import Letter, ReviewKind
from conversations.delivery import CARD, Surface
from conversations.progress import begun
from conversations.reviews import eligible

EVENT_TYPE = "guideline_case"
_OF_BLOCK = "#"
_REQUEST = re.compile(r"request-(\d+)-(\d+)-(\w+)")
_HALT = re.compile(rf"halt-({'|'.join(Halt)})")

Built = tuple[str, tuple[Block, ...]]


@dataclass(frozen=True)
class Drawn:
    """A message of a case. `channel`: the case's own, unless it is for one person."""

    code: str
    name: str
    channel: str
    message: Message

    @property
    def is_card(self) -> bool:
        """It begins the thread."""
        return self.name == CARD

    @property
    def payload(self) -> dict[str, Any]:
        """What Slack is to show; the metadata tells whoever finds the message what it is."""
        event = {"case": self.code, "surface": self.name}
        return {**self.message.payload(), "metadata": {"event_type": EVENT_TYPE, "event_payload": event}}

    @property
    def digest(self) -> str:
        """Of the payload: the same one is not sent twice."""
        return sha256(json.dumps(self.payload, sort_keys=True).encode()).hexdigest()


def draw(shown: ShownCase, known: Sequence[Surface], supervisors: Collection[str]) -> tuple[Drawn, ...]:
    """The case's messages. `known`: its surfaces; those for one person are there because somebody was told."""
    case = shown.case
    drawn: list[Drawn] = []
    for name, built in _in_channel(shown, supervisors):
        drawn += _split(case.code, name, case.channel, built)
    for surface, built in _for_one_person(shown, known):
        drawn += _split(case.code, surface.name, surface.channel, built)
    return tuple(drawn)


def _in_channel(shown: ShownCase, supervisors: Collection[str]) -> Iterator[tuple[str, Built]]:
    yield CARD, build_card(shown)
    for checklist in begun(shown.case, shown.pathway):
        yield f"checklist-{checklist.id}", build_checklist(shown, checklist)
    timeline = [*_consultations(shown), *_versions(shown), *_reviews(shown, supervisors)]
    yield from (one[1:] for one in sorted(timeline, key=lambda one: one[0]))


_Timed = tuple[datetime, str, Built]


def _consultations(shown: ShownCase) -> Iterator[_Timed]:
    for one in shown.case.consultations:
        yield one.at, one.id, build_consultation(shown, one)


def _versions(shown: ShownCase) -> Iterator[_Timed]:
    for letter in shown.case.letters:
        for version in letter.versions:
            yield version.at, f"letter-{letter.number}-{version.number}", build_version(shown, letter, version)


def _reviews(shown: ShownCase, supervisors: Collection[str]) -> Iterator[_Timed]:
    deciders = sorted(eligible(shown.case, shown.pathway, supervisors))
    for letter in shown.case.letters:
        for position, review in enumerate(letter.reviews):
            built = build_review(shown, letter, review, deciders)
            yield review.at, f"review-{letter.number}-{position}", built


def request_name(letter: Letter, version: int, person: str) -> str:
    """What the surface is called in which a person is asked to approve a version, as it was submitted last."""
    asked = [
        position
        for position, review in enumerate(letter.reviews)
        if (review.kind, review.version) == (ReviewKind.SUBMITTED, version)
    ]
    return f"request-{letter.number}-{asked[-1]}-{person}"


def halt_name(halt: Halt) -> str:
    """What the surface is called in which the opener hears that the channel cannot be reached."""
    return f"halt-{halt.value}"


def _for_one_person(shown: ShownCase, known: Sequence[Surface]) -> Iterator[tuple[Surface, Built]]:
    card = next((surface for surface in known if surface.name == CARD), None)
    for surface in known:
        if found := _REQUEST.fullmatch(surface.name):
            letter = shown.case.letters[int(found[1]) - 1]
            yield surface, build_request(shown, letter, letter.reviews[int(found[2])])
        elif found := _HALT.fullmatch(surface.name):
            yield surface, build_halt(shown, Halt(found[1]), card)


def _split(code: str, name: str, channel: str, built: Built) -> Iterator[Drawn]:
    """In as many messages as Slack's limits ask for. Rows of buttons say which surface they are on."""
    for number, message in enumerate(messages(*built), 1):
        whole = name if number == 1 else f"{name}/{number}"
        for row, block in enumerate(block for block in message.blocks if isinstance(block, ActionsBlock)):
            block.block_id = f"{whole}{_OF_BLOCK}{row}"
        yield Drawn(code, whole, channel, message)


def surface_of(block_id: str) -> str | None:
    """The surface that a button was pressed on; None for a button elsewhere."""
    name, separator, _ = block_id.partition(_OF_BLOCK)
    return name if separator else None
