"""Slack fails in the middle of a case, comes back, and everything arrives: in order, and once where Slack allows."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.listeners import REGISTRY
from bot.local.faults import LostAnswer, RateLimited, ServerError
from bot.local.model import Message
from bot.local.workspace import LocalWorkspace
from bot.manifest import build_manifest
from bot.work import build_work
from conversations.cases import Case, ConsultationForm
from conversations.sqlite_store import SQLiteStore
from guideline_content.engine import Answerer
from guideline_content.pathway import Pathway
from tests.cases_in_slack.conftest import WINNIPEG, Clinic, OpenClinic
from tests.cases_in_slack.people import NORTH, PUBLIC, Team, everything, surface_name

CHECKLIST = "checklist-reconciliation"


class Heard(logging.Handler):
    """Tells when the log has said something."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._said = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self._words in record.getMessage():
            self._said.set()

    def wait(self) -> None:
        assert self._said.wait(timeout=15)


@contextmanager
def heard(words: str) -> Iterator[Heard]:
    handler = Heard(words)
    logger = logging.getLogger("bot.delivery.worker")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def out_of_reach() -> Iterator[Heard]:
    """Until delivery has met a Slack that does not answer."""
    with heard("Slack is out of reach") as handler:
        yield handler


@pytest.fixture
def asked_to_wait() -> Iterator[Heard]:
    """Until delivery has met a Slack that asks for patience."""
    with heard("Slack asks to wait") as handler:
        yield handler


def refused(clinic: Clinic) -> set[str]:
    """What Slack could not do, as it should."""
    return {refusal.error for refusal in clinic.workspace.refusals}


@pytest.fixture
def restless(open_clinic: OpenClinic) -> Iterator[Clinic]:
    """A clinic in whose workspace things are deleted and archived."""
    with open_clinic() as clinic:
        yield clinic
        assert refused(clinic) <= {
            "message_not_found",
            "thread_not_found",
            "channel_not_found",
            "is_inactive",
            "is_archived",
        }


def decide(clinic: Clinic, code: str, consultations: int = 2) -> Case:
    """What people did and had acknowledged, just before Slack was gone."""
    cases, by = clinic.work.cases, clinic.anneliese.id
    cases.complete(code, "work-together", seen=0, by=by, at=clinic.clock())
    for number in range(consultations):
        clinic.clock.advance(timedelta(minutes=1))
        form = ConsultationForm(
            kinds=("team",),
            people=(clinic.rosa.id,),
            day=clinic.clock.now.date(),
            way="phone",
            asked=f"Question {number + 1}?",
            advised="Two people at each visit.",
        )
        case = cases.consult(code, form, by=by, at=clinic.clock())
    clinic.work.delivery.wake()
    return case


def names(clinic: Clinic, where: str = NORTH) -> list[str]:
    """The surfaces in a channel, in the order in which people see them."""
    return [surface_name(one) for one in everything(clinic.rosa, where) if surface_name(one)]


def wait_for_names(clinic: Clinic, *wanted: str, where: str = NORTH) -> None:
    clinic.rosa.wait_for(lambda: names(clinic, where) == list(wanted))


def opened(clinic: Clinic) -> str:
    code = clinic.open_case()
    clinic.surface(clinic.rosa, code, CHECKLIST)
    return code


def test_everything_arrives_in_order_after_slack_was_away(clinic: Clinic, out_of_reach: Heard) -> None:
    code = opened(clinic)
    with clinic.workspace.offline():
        decide(clinic, code)
        out_of_reach.wait()
    wait_for_names(clinic, "card", CHECKLIST, "consultation-1", "consultation-2")
    clinic.surface(clinic.rosa, code, "card", "2 logged", "1 of 4 steps")
    clinic.surface(clinic.rosa, code, CHECKLIST, "Done by")


@pytest.mark.parametrize("fault", [RateLimited(1), ServerError(500), ServerError(503)], ids=str)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_what_slack_did_not_do_is_done_once_when_it_can(clinic: Clinic, fault: object, method: str) -> None:
    code = opened(clinic)
    clinic.workspace.faults.add(method, fault, fault)
    decide(clinic, code)
    wait_for_names(clinic, "card", CHECKLIST, "consultation-1", "consultation-2")
    clinic.surface(clinic.rosa, code, CHECKLIST, "Done by")
    assert clinic.workspace.faults.next(method) is None
    assert names(clinic) == ["card", CHECKLIST, "consultation-1", "consultation-2"]


def test_first_post_that_fails_lets_nothing_overtake_it(clinic: Clinic) -> None:
    clinic.workspace.faults.add("chat.postMessage", *[ServerError()] * 3)
    code = clinic.open_case()
    clinic.surface(clinic.rosa, code, CHECKLIST)
    assert names(clinic) == ["card", CHECKLIST]


def test_what_is_due_again_at_once_is_tried_at_once(open_clinic: OpenClinic) -> None:
    with open_clinic(patience=timedelta(microseconds=1)) as clinic:
        clinic.workspace.faults.add("chat.postMessage", *[ServerError()] * 3)
        code = clinic.open_case()
        clinic.surface(clinic.rosa, code, CHECKLIST)


def test_slow_slack_is_confirmed_to_the_one_who_clicked(clinic: Clinic, asked_to_wait: Heard) -> None:
    code = opened(clinic)
    clinic.workspace.faults.add("chat.update", RateLimited(2))
    decide(clinic, code, consultations=1)
    anneliese = clinic.anneliese
    asked_to_wait.wait()
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST), "No: Is an impairment suspected?")
    assert anneliese.wait_for_message("Slack takes its time").to == anneliese.id
    clinic.surface(anneliese, code, CHECKLIST, "Answered “No”")


def test_many_changes_are_one_update_of_each_message(clinic: Clinic, out_of_reach: Heard) -> None:
    code = opened(clinic)
    before = clinic.workspace.calls("chat.update")
    with clinic.workspace.offline():
        decide(clinic, code, consultations=10)
        out_of_reach.wait()
    clinic.surface(clinic.rosa, code, "card", "10 logged")
    clinic.surface(clinic.rosa, code, "consultation-10")
    clinic.surface(clinic.rosa, code, CHECKLIST, "Done by")
    assert clinic.workspace.calls("chat.update") - before == 2


def test_message_that_did_not_change_is_not_sent_again(clinic: Clinic) -> None:
    code = opened(clinic)
    clinic.work.delivery.ask_again(code)
    clinic.work.cases.add_note(code, "work-together", "A note.", by=clinic.rosa.id, at=clinic.clock())
    before = clinic.workspace.calls("chat.update")
    clinic.work.delivery.wake()
    clinic.surface(clinic.rosa, code, CHECKLIST, "Last note")
    clinic.settle()
    assert clinic.workspace.calls("chat.update") - before == 1


def test_new_workspace_gets_every_message_of_old_cases(
    open_clinic: OpenClinic, answerer: Answerer, pathway: Pathway, tmp_path: Path
) -> None:
    with open_clinic() as clinic:
        code = opened(clinic)
        decide(clinic, code)
        clinic.surface(clinic.rosa, code, "consultation-2")
    with LocalWorkspace(build_manifest(REGISTRY, "x")) as fresh, SQLiteStore(tmp_path / "bot.sqlite3") as store:
        store.delivery.unpost_all()
        client = WebClient(fresh.bot_token, base_url=fresh.api_url)
        work = build_work(store, pathway, client, supervisors=(), zone=WINNIPEG)
        with work.delivery.running():
            team = Team(fresh, store)
            card = team.surface(team.rosa, code, "card", "2 logged")
            team.surface(team.rosa, code, "consultation-2")
            names = [surface_name(one) for one in team.rosa.messages(NORTH, card.ts)]
            assert names == ["card", CHECKLIST, "consultation-1", "consultation-2"]


class TestUncertainPost:
    """The call was carried out, its answer never came."""

    def test_copy_that_is_clicked_becomes_the_card(self, open_clinic: OpenClinic, out_of_reach: Heard) -> None:
        with open_clinic(patience=timedelta(hours=1)) as clinic:
            clinic.workspace.faults.add("chat.postMessage", LostAnswer())
            code = clinic.open_case()
            copy = clinic.surface(clinic.anneliese, code, "card")
            out_of_reach.wait()
            clinic.anneliese.click(copy, "Check readiness")
            clinic.anneliese.wait_for_modal("Readiness")
            surfaces = clinic.work.delivery.surfaces(code)
            assert (surfaces[0].ts, surfaces[0].state) == (copy.ts, "posted")

    def test_copy_that_is_not_clicked_leads_to_the_one_that_is_kept(self, clinic: Clinic) -> None:
        clinic.workspace.faults.add("chat.postMessage", LostAnswer())
        code = clinic.open_case()
        wait_for_names(clinic, "card", "card", CHECKLIST)
        copy, kept = [one for one in everything(clinic.anneliese) if surface_name(one) == "card"]
        clinic.anneliese.click(copy, "Check readiness")
        clinic.anneliese.wait_for_modal(code)
        left = clinic.anneliese.message(copy)
        assert left
        assert "not kept up to date" in left.shown
        assert kept.ts.replace(".", "") in left.text

    def test_update_that_was_carried_out_is_not_visible_twice(self, clinic: Clinic) -> None:
        code = opened(clinic)
        clinic.workspace.faults.add("chat.update", LostAnswer())
        decide(clinic, code, consultations=1)
        wait_for_names(clinic, "card", CHECKLIST, "consultation-1")
        clinic.surface(clinic.rosa, code, CHECKLIST, "Done by")


class TestDeleted:
    """Somebody deleted a message, perhaps on purpose."""

    def delete(self, clinic: Clinic, message: Message) -> None:
        clinic.workspace.administration.delete(message)

    def stopped(self, clinic: Clinic, code: str) -> set[str]:
        return {one.name for one in clinic.work.delivery.surfaces(code) if one.state == "stopped"}

    def test_message_stays_away_until_somebody_asks_for_the_case(self, restless: Clinic) -> None:
        clinic, code = restless, opened(restless)
        self.delete(clinic, clinic.surface(clinic.rosa, code, CHECKLIST))
        decide(clinic, code, consultations=1)
        clinic.surface(clinic.rosa, code, "consultation-1")
        clinic.settle()
        assert self.stopped(clinic, code) == {CHECKLIST}
        assert names(clinic) == ["card", "consultation-1"]
        clinic.anneliese.command(PUBLIC, "/reconcile", code)
        clinic.surface(clinic.rosa, code, CHECKLIST, "Done by")
        assert names(clinic) == ["card", "consultation-1", CHECKLIST]

    def test_thread_follows_a_new_root(self, restless: Clinic) -> None:
        clinic, code = restless, opened(restless)
        old = clinic.surface(clinic.rosa, code, "card")
        self.delete(clinic, old)
        decide(clinic, code, consultations=1)
        everywhere = {"card", CHECKLIST, "consultation-1"}
        clinic.settle()
        assert CHECKLIST in self.stopped(clinic, code)
        assert "posted" not in {one.state for one in clinic.work.delivery.surfaces(code)}
        clinic.anneliese.command(PUBLIC, "/reconcile", code)
        new = clinic.surface(clinic.rosa, code, "card", "1 logged")
        clinic.rosa.wait_for(lambda: {surface_name(one) for one in clinic.rosa.messages(NORTH, new.ts)} == everywhere)
        assert new.ts != old.ts


class TestChannel:
    """The case's channel cannot be reached."""

    def test_opener_hears_how_to_bring_the_bot_back_and_the_case_goes_on_when_it_is(self, restless: Clinic) -> None:
        clinic, code = restless, opened(restless)
        clinic.workspace.administration.take_out(NORTH)
        decide(clinic, code, consultations=1)
        told = clinic.anneliese.wait_for_message("/invite", clinic.anneliese.direct_message)
        assert code in told.shown
        calls = clinic.workspace.calls("chat.update")
        decide_more(clinic, code)
        clinic.settle()
        assert clinic.workspace.calls("chat.update") == calls
        clinic.workspace.administration.bring_in(NORTH)
        clinic.surface(clinic.rosa, code, "card", "2 logged")
        clinic.surface(clinic.rosa, code, "consultation-2")
        clinic.anneliese.wait_for(lambda: "again" in str(clinic.anneliese.message(told)) or None)

    def test_case_in_an_archived_channel_can_be_moved(self, restless: Clinic) -> None:
        clinic, code = restless, opened(restless)
        members = frozenset({clinic.anneliese.id, clinic.rosa.id})
        clinic.workspace.administration.add_channel("care-team-south", members)
        clinic.workspace.administration.archive(NORTH)
        decide(clinic, code, consultations=1)
        anneliese = clinic.anneliese
        told = anneliese.wait_for_message("is archived", anneliese.direct_message)
        anneliese.click(told, "Move the case …")
        anneliese.wait_for_modal("Move the case")
        assert clinic.send(anneliese, {"channel": "care-team-south"}) == {}
        wait_for_names(clinic, "card", CHECKLIST, "consultation-1", where="care-team-south")

    def test_case_goes_on_where_it_was_when_somebody_asks_after_the_channel_is_back(self, restless: Clinic) -> None:
        clinic, code = restless, opened(restless)
        clinic.workspace.administration.archive(NORTH)
        decide(clinic, code, consultations=1)
        clinic.anneliese.wait_for_message("is archived", clinic.anneliese.direct_message)
        clinic.workspace.administration.archive(NORTH, archived=False)
        clinic.anneliese.command(PUBLIC, "/reconcile", code)
        clinic.surface(clinic.rosa, code, "consultation-1")
        clinic.surface(clinic.rosa, code, "card", "1 logged")


def decide_more(clinic: Clinic, code: str) -> None:
    form = clinic.load(code).consultations[0].model_dump(exclude={"id", "by", "at"})
    clinic.work.cases.consult(code, ConsultationForm(**form), by=clinic.anneliese.id, at=clinic.clock())
    clinic.work.delivery.wake()
