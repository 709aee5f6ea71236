"""Whatever people write, it fits Slack's limits, split or paged, and none of it is lost."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot import ids
from bot.delivery.drawing import Drawn, draw
from bot.local.limits import check_message_text, checked_blocks, checked_view
from bot.references import Origin, Reference, Screen
from bot.views.case_forms import build_case_form, build_chooser, build_close_form, build_join_form, build_move_form
from bot.views.cases import ShownCase
from bot.views.checklists import build_aside_form, build_note_form, build_state_form, build_step_modal
from bot.views.consultations import build_consultation_form, build_consultations_modal
from bot.views.desk import Desk, build_list_modal
from bot.views.home import build_home
from bot.views.letter_forms import (
    build_approve_form,
    build_changes_form,
    build_draft_form,
    build_reject_form,
    build_revise_form,
    build_wording_form,
)
from bot.views.letters import build_rationale_modal, build_version_modal
from bot.views.readiness import build_exception_form, build_readiness_modal, build_withdrawal_form
from bot.views.whole_case import build_case_modal
from conversations.delivery import Surface
from guideline_content.letter import Reasons
from guideline_content.pathway import Pathway
from tests.cases_in_slack.big_case import AUTHOR, ZONE, BigCase

ORIGIN = Origin(
    Reference("TR-2222", "work-together", 12, "f" * 64), "0" * 32, view="V0123456789", screen="{}" + " " * 200
)


@pytest.fixture(scope="module")
def big(pathway: Pathway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BigCase]:
    made = BigCase(tmp_path_factory.mktemp("big") / "bot.sqlite3", pathway)
    made.fill()
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def shown(big: BigCase, pathway: Pathway) -> ShownCase:
    return ShownCase(big.case, pathway, ZONE)


def text_of(payload: Any) -> str:
    """Every text in a payload, pieces of one text joined where they were cut."""
    match payload:
        case {"text": str(text), **rest}:
            return f"{text} {text_of(rest)}"
        case dict():
            return " ".join(map(text_of, payload.values()))
        case list():
            return " ".join(map(text_of, payload))
        case _:
            return ""


def fits(messages: Sequence[Drawn]) -> str:
    """All texts of messages that Slack takes."""
    for one in messages:
        check_message_text(one.payload["text"])
        checked_blocks(one.payload["blocks"])
        json.dumps(one.payload)
    return " ".join(text_of(one.payload["blocks"]) for one in messages)


def all_there(wanted: str, text: str) -> None:
    missing = set(wanted.split()) - set(text.split())
    assert not missing


def test_every_message_of_the_largest_case_fits(shown: ShownCase, big: BigCase) -> None:
    known = big.store.delivery.surfaces(big.code)
    drawn = draw(shown, known, big.supervisors)
    text = fits(drawn)
    for consultation in shown.case.consultations:
        for said in (consultation.others, consultation.asked, consultation.advised, consultation.next_step):
            all_there(said, text)
    all_there(shown.case.letters[-1].latest.text, text)
    assert len({one.name for one in drawn}) == len(drawn)


def test_letter_as_it_is_read_is_the_exact_text(shown: ShownCase, big: BigCase) -> None:
    version = shown.case.letters[-1].latest
    known = big.store.delivery.surfaces(big.code)
    name = f"letter-1-{version.number}"
    parts = [one for one in draw(shown, known, big.supervisors) if one.name.partition("/")[0] == name]
    assert len(parts) > 1
    plain = [
        block["text"]["text"]
        for one in parts
        for block in one.payload["blocks"]
        if block["type"] == "section" and block["text"]["type"] == "plain_text"
    ]
    squeezed = re.sub(r"\s", "", version.text)
    assert "".join(re.sub(r"\s", "", piece) for piece in plain) == squeezed


def test_request_for_approval_holds_the_whole_letter_and_what_is_to_be_weighed(pathway: Pathway, tmp_path: Any) -> None:
    big = BigCase(tmp_path / "bot.sqlite3", pathway)
    big.work_steps()
    big.write_letter(2)
    big.submit()
    card = big.store.delivery.surfaces(big.code)[0]
    request = Surface(code=big.code, name="request-1-0-USUPERVISOR", channel="D1")
    shown = ShownCase(big.case, pathway, ZONE)
    parts = [one for one in draw(shown, (card, request), big.supervisors) if one.name.startswith("request-")]
    text = fits(parts)
    all_there(shown.case.letters[-1].latest.text, text)
    all_there(shown.case.letters[-1].latest.form.rationale or "", text)
    all_there(shown.case.safety_exceptions[0].statement, text)
    assert "Approve …" in text_of(parts[-1].payload)
    form = build_approve_form(shown, shown.case.letters[-1], ORIGIN)
    approve = text_of(checked_view(form.to_dict()))
    all_there(shown.case.safety_exceptions[0].statement, approve)
    assert {f"acknowledge-{one}" for one in big.acknowledged()} <= {block.block_id for block in form.blocks}
    big.store.close()


def pages(build: Any, number: int) -> str:
    return " ".join(text_of(checked_view(build(page).to_dict())) for page in range(number))


def test_all_notes_of_a_step_can_be_read(shown: ShownCase) -> None:
    text = pages(lambda page: build_step_modal(shown, Screen(ids.STEP_READ, shown.case.code, "work-together", page)), 3)
    progress = shown.case.step("work-together")
    assert len(progress.notes) == 40
    for said in (progress.text or "", *(note.text for note in progress.notes)):
        all_there(said, text)


def test_all_consultations_can_be_read(shown: ShownCase) -> None:
    text = pages(
        lambda page: build_consultations_modal(shown, Screen(ids.CONSULTATIONS, shown.case.code, page=page)), 4
    )
    for consultation in shown.case.consultations:
        all_there(consultation.advised, text)


def test_each_of_many_versions_can_be_read(shown: ShownCase) -> None:
    for version in shown.case.letters[-1].versions:
        view = build_version_modal(shown, Screen(ids.LETTER_READ, shown.case.code, f"1.{version.number}"))
        assert view
        all_there(version.text, text_of(checked_view(view.to_dict())))


def test_every_screen_and_form_of_the_largest_case_fits(shown: ShownCase, pathway: Pathway) -> None:
    step = pathway.checklists.steps["work-together"]
    letter = shown.case.letters[-1]
    many = [shown.case.changed(code=f"TR-{number:04d}") for number in range(150)]
    desk = Desk([shown] * 40, [shown] * 40)
    views: list[View] = [
        build_case_modal(shown, Screen(ids.CASE_SHOW, shown.case.code), "https://example.org/" + "x" * 500),
        build_readiness_modal(shown, Screen(ids.READINESS, shown.case.code)),
        build_case_form(pathway.guideline, ORIGIN, by=AUTHOR, role="physician"),
        build_join_form(shown, ORIGIN),
        build_move_form(shown, ORIGIN),
        build_close_form(shown, ORIGIN),
        build_chooser(many, "Consultations", ids.CONSULTATIONS),
        build_consultation_form(pathway, many, Origin(Reference(""), "0" * 32)),
        build_consultation_form(pathway, (), ORIGIN),
        build_state_form(shown, step, ORIGIN),
        build_aside_form(shown, step, ORIGIN),
        build_note_form(shown, step, ORIGIN),
        build_exception_form(shown, ORIGIN),
        build_withdrawal_form(shown, ORIGIN),
        build_draft_form(shown, ORIGIN),
        build_draft_form(shown, ORIGIN, Reasons.WITHHELD),
        build_revise_form(shown, letter, ORIGIN),
        build_wording_form(shown, letter, ORIGIN),
        build_approve_form(shown, letter, ORIGIN),
        build_changes_form(shown, ORIGIN),
        build_reject_form(shown, ORIGIN),
        build_rationale_modal(shown, letter.latest.form.rationale),
        build_home(pathway.guideline, None, desk),
        build_list_modal(desk.mine, Screen(ids.CASE_LIST, "", "mine", 0)),
        build_list_modal(desk.waiting, Screen(ids.CASE_LIST, "", "approvals", 0)),
    ]
    for view in views:
        checked_view(view.to_dict())
