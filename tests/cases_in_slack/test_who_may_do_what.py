"""Whatever is shown to whom, each button and form is looked up on the server: clicks, and forms that are forged."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.app import build_app
from bot.listeners import REGISTRY
from bot.local.model import View
from bot.local.people import PEOPLE, Profile
from bot.local.person import Person
from bot.local.workspace import LocalWorkspace
from bot.manifest import build_manifest
from bot.running import connected, serving
from bot.work import build_work
from conversations.asking import Asking
from conversations.sqlite_store import SQLiteStore
from guideline_content.engine import Answerer
from guideline_content.pathway import Pathway
from tests.cases_in_slack.conftest import WINNIPEG, Clinic, Clock
from tests.cases_in_slack.people import NORTH, everything

STRANGER = Profile("U0STRANGE1", "sam.stone", "Sam Stone", "Audiologist")
WHO = {
    "provider and author": "Anneliese Friesen",
    "participant": "Rosa Reyes",
    "channel member": "Jasleen Gill",
    "supervisor": "Marc Desrosiers",
    "supervisor and author": "Oksana Kowalchuk",
    "stranger": STRANGER.name,
}
TEAM = {"provider and author", "participant", "supervisor and author"}
AUTHORS = {"provider and author", "supervisor and author"}
EVERYBODY = set(WHO) - {"stranger"}

ALLOWED = {
    "State it anew: The behaviours were severe": TEAM,
    "Add a note: Consider an alternative provider": EVERYBODY,
    "Log a consultation": EVERYBODY,
    "Check readiness": EVERYBODY,
    "Add participants": TEAM,
    "Close the case": TEAM,
    "Revise …": AUTHORS,
    "Change the wording …": AUTHORS,
    "Approve …": {"supervisor"},
    "Request changes …": {"supervisor"},
    "Reject …": {"supervisor"},
    "Why reasons are withheld": EVERYBODY - {"channel member"},
}


@pytest.fixture(scope="module")
def clinic(answerer: Answerer, pathway: Pathway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """One for all: what is tried here changes nothing."""
    manifest = build_manifest(REGISTRY, answerer.guideline.title)
    file: Path = tmp_path_factory.mktemp("authority") / "bot.sqlite3"
    with LocalWorkspace(manifest, people=(*PEOPLE, STRANGER)) as workspace, SQLiteStore(file) as store:
        client = WebClient(workspace.bot_token, base_url=workspace.api_url)
        supervisors = [workspace.person(WHO[who]).id for who in WHO if "supervisor" in who]
        work = build_work(store, pathway, client, supervisors=supervisors, zone=WINNIPEG)
        clock = Clock()
        app = build_app(Asking(answerer, store), client, work, clock=clock)
        with work.delivery.running(), serving(app), connected(app, workspace.app_token):
            workspace.wait_until_connected()
            yield Clinic(workspace, store, work, clock)


@pytest.fixture(scope="module")
def code(clinic: Clinic) -> str:
    """A case whose letter withholds its reasons and waits for a supervisor."""
    code = clinic.open_case(participants=("Rosa Reyes", "Oksana Kowalchuk"))
    clinic.make_ready(code)
    anneliese = clinic.anneliese
    anneliese.command(NORTH, "/termination-letter", code)
    anneliese.click(anneliese.wait_for_modal("A letter can be drafted"), "Draft the letter …")
    anneliese.wait_for_modal("The reasons")
    anneliese.fill("states", "withheld")
    anneliese.wait_for_modal("Why personal safety would be compromised")
    filled = {
        "rationale": "He said that he would wait for us behind the building.",
        "continuing_care": "Wound care goes on.",
        "options": "The walk-in clinic.",
        "start": "2026-03-09",
        "end": "2026-04-10",
        "authors": ["Oksana Kowalchuk"],
    }
    assert clinic.send(anneliese, filled) == {}
    anneliese.dismiss(everything=True)
    clinic.submit_letter(code)
    clinic.surface(anneliese, code, "review-1-0")
    clinic.settle()
    return code


def press(clinic: Clinic, person: Person, button: str) -> None:
    """On whichever message of the case has it."""
    for message in everything(person, NORTH):
        try:
            person.click(message, button)
        except LookupError:
            continue
        return
    raise AssertionError(f"nobody shows {button}")


def outcome(person: Person, already: set[str]) -> View | str:
    """The modal that opens, or the sentence that only this person reads."""

    def seen() -> View | str | None:
        told = [one for one in everything(person, NORTH) if one.to == person.id and one.ts not in already]
        return person.modal or (told[-1].shown if told else None)

    return person.wait_for(seen)


def press_and_look(clinic: Clinic, person: Person, button: str) -> View | str:
    already = {one.ts for one in everything(person, NORTH)}
    press(clinic, person, button)
    return outcome(person, already)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize("button", ALLOWED)
def test_button_does_what_the_person_may_and_nothing_else(clinic: Clinic, code: str, button: str, who: str) -> None:
    person = clinic.workspace.person(WHO[who])
    before = clinic.load(code)
    seen = press_and_look(clinic, person, button)
    if isinstance(seen, View):
        person.dismiss(everything=True)
    assert isinstance(seen, View) == (who in ALLOWED[button]), seen
    assert clinic.load(code) == before


FORMS = {button for button in ALLOWED if button not in ("Check readiness", "Why reasons are withheld")}
FILLED = {
    "State it anew: The behaviours were severe": {"text": "They were."},
    "Add a note: Consider an alternative provider": {"text": "A note."},
    "Log a consultation": {
        "kinds": ["team"],
        "day": "2026-03-01",
        "way": "phone",
        "asked": "?!",
        "advised": "Yes",
        "others": "nurse",
    },
    "Add participants": {"participants": ["Jasleen Gill"]},
    "Close the case": {"reason": "reconciled"},
    "Request changes …": {"comment": "Kinder."},
    "Reject …": {"reason": "No."},
}


@pytest.mark.parametrize(
    ("button", "who"),
    [(button, who) for button in sorted(FORMS) for who in WHO if who not in ALLOWED[button]],
)
def test_form_that_somebody_else_opened_is_refused(clinic: Clinic, code: str, button: str, who: str) -> None:
    opener = clinic.workspace.person(WHO[sorted(ALLOWED[button])[0]])
    forger = clinic.workspace.person(WHO[who])
    before = clinic.load(code)
    assert isinstance(press_and_look(clinic, opener, button), View)
    for field, value in FILLED.get(button, {}).items():
        opener.fill(field, value)
    form = opener.wait_for_modal()
    for block in form.blocks:
        if block["block_id"].startswith("acknowledge-"):
            opener.fill(block["block_id"], ["I took note of this"])
    stolen = replace(opener.wait_for_modal(), user=forger.id)
    opener.dismiss(everything=True)
    clinic.workspace.slack.state.set_stack(forger.id, [stolen])
    forger.submit()
    refusal = forger.wait_for_modal("Not done").shown
    forger.dismiss(everything=True)
    assert ("There is no case with this code" in refusal) == (who == "stranger")
    assert clinic.load(code) == before
