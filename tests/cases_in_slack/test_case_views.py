"""Every kind of view of a case, as the JSON that Slack gets: `--rewrite-golden` rewrites it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import ids
from bot.local.limits import checked_blocks, checked_view
from bot.references import Origin, Reference, Screen
from bot.views.blocks import messages
from bot.views.case_forms import build_case_form, build_chooser, build_close_form, build_join_form, build_move_form
from bot.views.cases import ShownCase, build_card
from bot.views.checklists import build_aside_form, build_checklist, build_note_form, build_state_form, build_step_modal
from bot.views.consultations import build_consultation, build_consultation_form, build_consultations_modal
from bot.views.desk import Desk, build_list_modal
from bot.views.halts import Halt, build_halt
from bot.views.home import build_home
from bot.views.letter_forms import (
    build_approve_form,
    build_changes_form,
    build_draft_form,
    build_reject_form,
    build_revise_form,
    build_wording_form,
)
from bot.views.letters import build_rationale_modal, build_version, build_version_modal
from bot.views.readiness import build_exception_form, build_readiness_modal, build_withdrawal_form
from bot.views.reviews import build_outcome, build_request, build_review
from bot.views.whole_case import build_case_modal
from conversations import checklists, consultations, letters, lifecycle, readiness, reviews
from conversations.cases import Case, CaseForm, CloseReason, ConsultationForm
from conversations.delivery import CARD, Surface, SurfaceState
from guideline_content.engine import open_answerer
from guideline_content.letter import Reasons
from guideline_content.letter_text import LetterForm
from guideline_content.loading import BUILT_IN
from guideline_content.pathway_loading import load_pathway

GOLDEN = Path(__file__).parent / "golden"
PATHWAY = load_pathway(BUILT_IN, open_answerer().guideline)
ZONE = ZoneInfo("America/Winnipeg")
AT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
DOCTOR, NURSE, SUPERVISOR, OTHER = "U0DOCTOR01", "U0NURSE001", "U0SUPER001", "U0SUPER002"
SUPERVISORS = (SUPERVISOR, OTHER)
BY: dict[str, Any] = {"by": DOCTOR, "at": AT}
CODE = "TR-4F7K"
ORIGIN = Origin(Reference(CODE), "0" * 32)

Built = tuple[str, tuple[Block, ...]]


def opened() -> Case:
    form = CaseForm(
        label="Missed & shouted <visits>",
        channel="C0NORTH001",
        provider=DOCTOR,
        role="physician",
        participants=(NURSE,),
    )
    return lifecycle.open_case(form, PATHWAY, code=CODE, **BY).changed(content_version="0123456789ab")


def under_way() -> Case:
    case = checklists.complete(opened(), PATHWAY, "work-together", seen=0, **BY)
    case = checklists.add_note(case, PATHWAY, "work-together", "Shorter visits were agreed on.", **BY)
    case = checklists.answer(case, PATHWAY, "impairment", "not-suspected", seen=0, **BY)
    case = checklists.set_aside(case, PATHWAY, "consider-reasons", "Known for years.", seen=0, **BY)
    return consulted(case, "team", "colleague")


def consulted(case: Case, *kinds: str) -> Case:
    form = ConsultationForm(
        kinds=kinds,
        people=(NURSE,),
        others="a pharmacist",
        day=TODAY,
        way="in-person",
        asked="What else <!channel> can be tried?",
        advised="Two people at each visit.",
        next_step="Next week.",
    )
    return consultations.log(case, PATHWAY, form, today=TODAY, **BY)


def ready() -> Case:
    case = consulted(under_way(), "supervisor", "mental-health-specialist", "regional-resource")
    case = checklists.complete(case, PATHWAY, "alternative-provider", seen=0, **BY)
    for step in ("severe-behaviour", "every-alternative-taken", "risks-considered"):
        case = checklists.state(case, PATHWAY, step, "It was, over three visits.", seen=0, **BY)
    return case


def letter_form(**given: Any) -> LetterForm:
    usual = {
        "reasons": "Staff were shouted at.",
        "continuing_care": "Wound care goes on.",
        "options": "The walk-in clinic.",
    }
    return LetterForm.model_validate({**usual, "start": TODAY, "end": TODAY + timedelta(30), **given})


def drafted(**given: Any) -> Case:
    return letters.draft(ready(), PATHWAY, letter_form(**given), authors=[NURSE], today=TODAY, **BY)


def revised() -> Case:
    form = letter_form(reasons="There were raised voices.")
    edits = {"help": "Where possible we help you to find another clinic.", "chart-transfer": ""}
    return letters.revise(drafted(), PATHWAY, form, edits, seen=1, today=TODAY, **BY)


def submitted(case: Case) -> Case:
    seen = case.letters[-1].latest.number
    return reviews.submit(case, PATHWAY, seen=seen, supervisors=SUPERVISORS, today=TODAY, **BY)


def decided(case: Case, decide: Callable[..., Case], *words: str, **more: Any) -> Case:
    latest = case.letters[-1].latest
    return decide(case, PATHWAY, *words, seen=latest.number, supervisors=SUPERVISORS, by=SUPERVISOR, at=AT, **more)


def approved() -> Case:
    case = submitted(drafted())
    noted = [one.id for one in letters.acknowledgements(case, PATHWAY)]
    sha256 = case.letters[-1].latest.sha256
    return decided(case, reviews.approve, sha256=sha256, acknowledged=noted, today=TODAY)


def excepted() -> Case:
    return readiness.declare_safety_exception(opened(), PATHWAY, "violence", "A chair was thrown.", **BY)


def closed() -> Case:
    return lifecycle.close(under_way(), CloseReason.RECONCILED, **BY)


WITHHELD: dict[str, Any] = {"reasons": None, "rationale": "He said that he would wait for us."}


def shown(case: Case) -> ShownCase:
    return ShownCase(case, PATHWAY, ZONE)


def screen(kind: str, thing: str = "") -> Screen:
    return Screen(kind, CODE, thing)


def version(case: Case, number: int) -> Built:
    letter = case.letters[-1]
    return build_version(shown(case), letter, letter.versions[number - 1])


def review(case: Case, position: int = -1) -> Built:
    letter = case.letters[-1]
    return build_review(shown(case), letter, letter.reviews[position], SUPERVISORS)


def request(case: Case) -> Built:
    letter = case.letters[-1]
    return build_request(shown(case), letter, letter.reviews[0])


def halted(halt: Halt, state: SurfaceState) -> Built:
    return build_halt(shown(opened()), halt, Surface(code=CODE, name=CARD, channel="C0NORTH001", state=state))


CHECKLISTS = PATHWAY.checklists.checklists
STEPS = PATHWAY.checklists.steps

VIEWS: dict[str, Callable[[], Built | View | None]] = {
    "card-opened": lambda: build_card(shown(opened())),
    "card-ready": lambda: build_card(shown(ready())),
    "card-approved": lambda: build_card(shown(approved())),
    "card-closed": lambda: build_card(shown(closed())),
    "checklist-opened": lambda: build_checklist(shown(opened()), CHECKLISTS[0]),
    "checklist-under-way": lambda: build_checklist(shown(under_way()), CHECKLISTS[0]),
    "checklist-closed": lambda: build_checklist(shown(closed()), CHECKLISTS[0]),
    "checklist-consultation": lambda: build_checklist(shown(ready()), CHECKLISTS[1]),
    "checklist-conclusions": lambda: build_checklist(shown(ready()), CHECKLISTS[2]),
    "consultation": lambda: build_consultation(shown(under_way()), under_way().consultations[0]),
    "letter-draft": lambda: version(drafted(), 1),
    "letter-revised": lambda: version(revised(), 2),
    "letter-replaced": lambda: version(revised(), 1),
    "letter-withheld": lambda: version(drafted(**WITHHELD), 1),
    "letter-submitted": lambda: version(submitted(drafted()), 1),
    "letter-approved": lambda: version(approved(), 1),
    "letter-rejected": lambda: version(decided(submitted(drafted()), reviews.reject, "Too early."), 1),
    "review-submitted": lambda: review(submitted(drafted())),
    "review-changes-requested": lambda: review(decided(submitted(drafted()), reviews.request_changes, "Kinder.")),
    "review-approved": lambda: review(approved()),
    "request-due": lambda: request(submitted(drafted(**WITHHELD))),
    "request-decided": lambda: request(approved()),
    "outcome-rejected": lambda: build_outcome(
        shown(case := decided(submitted(drafted()), reviews.reject, "Too early.")),
        case.letters[-1],
        case.letters[-1].reviews[-1],
    ),
    "halt-not-in-channel": lambda: halted(Halt.NOT_IN_CHANNEL, SurfaceState.HALTED),
    "halt-archived": lambda: halted(Halt.IS_ARCHIVED, SurfaceState.HALTED),
    "halt-over": lambda: halted(Halt.IS_ARCHIVED, SurfaceState.POSTED),
    "case-modal": lambda: build_case_modal(shown(under_way()), screen(ids.CASE_SHOW), "https://example.org/p1"),
    "step-modal": lambda: build_step_modal(shown(under_way()), screen(ids.STEP_READ, "work-together")),
    "consultations-modal": lambda: build_consultations_modal(shown(under_way()), screen(ids.CONSULTATIONS)),
    "readiness-modal-not-ready": lambda: build_readiness_modal(shown(under_way()), screen(ids.READINESS)),
    "readiness-modal-ready": lambda: build_readiness_modal(shown(ready()), screen(ids.READINESS)),
    "readiness-modal-excepted": lambda: build_readiness_modal(shown(excepted()), screen(ids.READINESS)),
    "letter-modal": lambda: build_version_modal(shown(revised()), screen(ids.LETTER_READ, "1.newest")),
    "rationale-modal": lambda: build_rationale_modal(shown(drafted(**WITHHELD)), WITHHELD["rationale"]),
    "list-modal": lambda: build_list_modal([shown(under_way())], Screen(ids.CASE_LIST, "", "mine")),
    "home-with-cases": lambda: build_home(
        PATHWAY.guideline, "physician", Desk([shown(submitted(drafted()))], [shown(under_way())])
    ),
    "case-form": lambda: build_case_form(PATHWAY.guideline, ORIGIN, by=DOCTOR, role="physician"),
    "join-form": lambda: build_join_form(shown(opened()), ORIGIN),
    "move-form": lambda: build_move_form(shown(opened()), ORIGIN),
    "close-form": lambda: build_close_form(shown(opened()), ORIGIN),
    "chooser": lambda: build_chooser([opened()], "Consultations", ids.CONSULTATIONS),
    "state-form": lambda: build_state_form(shown(opened()), STEPS["severe-behaviour"], ORIGIN),
    "aside-form": lambda: build_aside_form(shown(opened()), STEPS["work-together"], ORIGIN),
    "aside-form-qualified": lambda: build_aside_form(shown(opened()), STEPS["alternative-provider"], ORIGIN),
    "note-form": lambda: build_note_form(shown(opened()), STEPS["work-together"], ORIGIN),
    "consultation-form": lambda: build_consultation_form(PATHWAY, [opened()], Origin(Reference(""), "0" * 32)),
    "exception-form": lambda: build_exception_form(shown(opened()), ORIGIN),
    "withdrawal-form": lambda: build_withdrawal_form(shown(excepted()), ORIGIN),
    "draft-form": lambda: build_draft_form(shown(ready()), ORIGIN),
    "draft-form-withheld": lambda: build_draft_form(shown(ready()), ORIGIN, Reasons.WITHHELD),
    "revise-form": lambda: build_revise_form(shown(drafted()), drafted().letters[-1], ORIGIN),
    "wording-form": lambda: build_wording_form(shown(drafted()), drafted().letters[-1], ORIGIN),
    "approve-form": lambda: build_approve_form(shown(case := submitted(drafted())), case.letters[-1], ORIGIN),
    "changes-form": lambda: build_changes_form(shown(submitted(drafted())), ORIGIN),
    "reject-form": lambda: build_reject_form(shown(submitted(drafted())), ORIGIN),
}


def payload(name: str) -> Any:
    view = VIEWS[name]()
    assert view is not None
    if isinstance(view, View):
        return view.to_dict()
    return [message.payload() for message in messages(*view)]


@pytest.mark.parametrize("name", VIEWS)
def test_view_of_a_case_is_as_reviewed(name: str, rewrite_golden: bool) -> None:
    golden = GOLDEN / f"{name}.json"
    drawn = json.dumps(payload(name), ensure_ascii=False, indent=2).replace(PATHWAY.version, "0123456789ab") + "\n"
    if rewrite_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
    assert drawn == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_the_view(name: str) -> None:
    drawn = payload(name)
    for one in drawn if isinstance(drawn, list) else ():
        checked_blocks(one["blocks"])
    if isinstance(drawn, dict):
        checked_view(drawn)


def test_every_golden_file_of_a_case_belongs_to_a_view() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(VIEWS)
