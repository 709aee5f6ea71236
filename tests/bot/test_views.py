"""Every kind of view, as the JSON that Slack gets: `pytest tests/bot/test_views.py --rewrite-golden` rewrites it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.views.blocks import MESSAGE_BLOCKS, MESSAGE_TEXT, Message, text_length
from bot.views.feedback import build_feedback_form
from bot.views.forms import build_ask_form
from bot.views.help import build_greeting, build_help
from bot.views.home import Page, build_home, build_section_modal
from bot.views.questions import (
    Place,
    Shown,
    build_answer,
    build_answer_modal,
    build_entry_modal,
    build_news,
    build_shared_answer,
)
from guideline_content.answers import Answer, Match, Outcome
from tests.bot.sample import GUIDELINE

GOLDEN = Path(__file__).parent / "golden"
LOCAL = "In immediate danger, call 911 first & <stay>."
ID = "0f5ba9b1c6ce4ac8a5a1dbd5bd4de57e"


def answer(outcome: Outcome, *entries: str, **more: Any) -> Answer:
    matches = tuple(Match(GUIDELINE.entries[id], 0.9) for id in entries)
    return Answer("asked <!channel>", outcome, matches, 0.9, **more)


def shown(answer: Answer, place: Place = Place.CONVERSATION, **more: Any) -> Shown:
    return Shown(GUIDELINE, answer, ID, place, **more)


def answered(*entries: str, place: Place = Place.CONVERSATION, **more: Any) -> tuple[Message, ...]:
    return build_answer(shown(answer(Outcome.ANSWERED, *entries, **more), place))


VIEWS: dict[str, Callable[[], tuple[Message, ...] | View]] = {
    "answer-with-exception-and-local-note": lambda: answered("violence", "reasons"),
    "answer-for-named-role": lambda: answered("thirty-days", role="nurse-practitioner"),
    "answer-for-unnamed-role": lambda: answered("thirty-days", role="audiologist"),
    "answer-for-unknown-role": lambda: answered("thirty-days"),
    "answer-group-with-matched-member": lambda: build_answer(
        shown(
            replace(
                answer(Outcome.ANSWERED, role="nurse"), matches=(Match(GUIDELINE.groups[0], 1, member="thirty-days"),)
            )
        )
    ),
    "answer-reading": lambda: answered("thesis"),
    "answer-reading-without-date": lambda: answered("why"),
    "answer-read-as": lambda: answered("workplace", read_as="*violence* <!channel>"),
    "answer-waited-for": lambda: build_news(
        "what of *this* <!channel>?", [shown(answer(Outcome.ANSWERED, "workplace"))]
    ),
    "answer-to-asker-alone": lambda: answered("workplace", place=Place.ONLY_ASKER),
    "answer-shared": lambda: build_shared_answer(
        shown(answer(Outcome.ANSWERED, "thirty-days", role="nurse", read_as="jane does 30 days"), Place.SHARED),
        by="U0GILL0001",
    ),
    "answer-in-modal": lambda: build_answer_modal(
        [
            shown(answer(Outcome.ANSWERED, "workplace"), Place.MODAL),
            replace(shown(answer(Outcome.ANSWERED, "workplace"), Place.MODAL), id="2"),
        ]
    ),
    "answer-to-identifiers": lambda: build_answer(shown(answer(Outcome.ANSWERED, "workplace"), seen=("PHIN",))),
    "unsure": lambda: build_answer(shown(answer(Outcome.UNSURE, "violence", "letter", "why"))),
    "unsure-with-local-line": lambda: build_answer(shown(answer(Outcome.UNSURE, "violence", "letter", local=LOCAL))),
    "unsure-in-modal": lambda: build_answer_modal([shown(answer(Outcome.UNSURE, "violence", "letter"), Place.MODAL)]),
    "silent": lambda: build_answer(shown(answer(Outcome.SILENT, "silence.start", "thirty-days", role="physician"))),
    "not-covered": lambda: build_answer(shown(answer(Outcome.NOT_COVERED))),
    "not-covered-with-local-line": lambda: build_answer(
        shown(answer(Outcome.NOT_COVERED, topic="Suicide & self-harm", local=LOCAL))
    ),
    "not-covered-topic": lambda: build_answer(shown(answer(Outcome.NOT_COVERED, topic="fees"))),
    "small-talk": lambda: build_answer(shown(answer(Outcome.NOT_COVERED, small_talk=True))),
    "entry-modal-with-way-back": lambda: build_entry_modal(
        GUIDELINE, GUIDELINE.entries["reasons"], "nurse", back="ending:0"
    ),
    "home": lambda: build_home(GUIDELINE, "nurse"),
    "section-modal": lambda: build_section_modal(GUIDELINE, Page("ending", 0)),
    "readings-modal": lambda: build_section_modal(GUIDELINE, Page("readings", 0)),
    "greeting": lambda: build_greeting(GUIDELINE),
    "help": lambda: build_help(GUIDELINE),
    "ask-form": build_ask_form,
    "feedback-form": lambda: build_feedback_form(ID),
}


def as_json(view: tuple[Message, ...] | View) -> str:
    payload = view.to_dict() if isinstance(view, View) else [message.payload() for message in view]
    return json.dumps(payload, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", VIEWS)
def test_view_is_as_reviewed(name: str, rewrite_golden: bool) -> None:
    golden, drawn = GOLDEN / f"{name}.json", as_json(VIEWS[name]())
    if rewrite_golden:
        golden.write_text(drawn, encoding="utf-8")
    assert drawn == golden.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_view() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_action_ids_are_unique_on_a_surface(name: str) -> None:
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            found.extend([str(value["action_id"])] if "action_id" in value else [])
            for one in value.values():
                collect(one)
        elif isinstance(value, list):
            for one in value:
                collect(one)

    collect(json.loads(as_json(VIEWS[name]())))
    assert len(found) == len(set(found))


def test_nothing_of_a_long_group_is_lost_between_messages() -> None:
    many = tuple(
        clause.model_copy(
            update={"id": f"c{number}", "groups": ("letter",), "with_": (), "statement": f"{number} x" * 90}
        )
        for number, clause in enumerate([GUIDELINE.clauses[3]] * 60)
    )
    guideline = GUIDELINE.model_copy(update={"clauses": many})
    long = Shown(guideline, answer(Outcome.ANSWERED, "letter"), ID, Place.CONVERSATION)
    drawn = build_answer(long)
    assert len(drawn) > 1
    for message in drawn:
        assert len(message.blocks) <= MESSAGE_BLOCKS
        assert sum(map(text_length, message.blocks)) <= MESSAGE_TEXT
    everything = "".join(json.dumps(message.payload()) for message in drawn)
    assert all(clause.statement in everything for clause in many)


def test_nothing_of_a_long_statement_is_lost_between_sections() -> None:
    statement = "All of it & more. " * 400
    guideline = GUIDELINE.model_copy(
        update={"clauses": (GUIDELINE.clauses[2].model_copy(update={"statement": statement}),)}
    )
    entry = guideline.clauses[0]
    drawn = build_answer(replace(shown(Answer("q", Outcome.ANSWERED, (Match(entry, 1),), 1)), guideline=guideline))
    texts = [
        block.to_dict()["text"]["text"] for message in drawn for block in message.blocks if block.type == "section"
    ]
    assert all(len(text) <= 3000 for text in texts)
    assert "".join(texts).replace(" ", "").count("Allofit&amp;more.") == 400
