"""A clinic whose people work on cases: the services on a real file, with a given clock, membership and randomness."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from conversations.cases import Case, CaseForm, ConsultationForm, LetterVersion
from conversations.letter_services import Letters
from conversations.letters import acknowledgements
from conversations.services import Cases
from conversations.sqlite_store import SQLiteStore
from guideline_content.letter_text import LetterForm
from guideline_content.pathway import Pathway

NOON = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
WINNIPEG = ZoneInfo("America/Winnipeg")

DOCTOR, NURSE, WORKER = "U-doctor", "U-nurse", "U-worker"
SUPERVISOR, OTHER_SUPERVISOR = "U-supervisor", "U-other-supervisor"
MEMBER, STRANGER = "U-member", "U-stranger"
CHANNEL = "C-private"

CONSULTED = ("team", "supervisor", "mental-health-specialist", "regional-resource")
STATED = ("severe-behaviour", "every-alternative-taken", "risks-considered")


def case_form(**given: object) -> CaseForm:
    usual = {
        "label": "Broken agreements about visits",
        "channel": CHANNEL,
        "provider": DOCTOR,
        "role": "physician",
        "participants": (NURSE,),
    }
    return CaseForm.model_validate({**usual, **given})


def consultation_form(*kinds: str, **given: object) -> ConsultationForm:
    usual = {
        "kinds": kinds or ("team",),
        "people": (WORKER,),
        "day": TODAY,
        "way": "in-person",
        "asked": "What else can be tried?",
        "advised": "Offer shorter visits, with a second person present.",
    }
    return ConsultationForm.model_validate({**usual, **given})


def letter_form(**given: object) -> LetterForm:
    usual: dict[str, object] = {
        "reasons": "Staff were shouted at during three visits, also after we agreed on how we speak to each other.",
        "continuing_care": "Your wound needs a new dressing every second day.",
        "options": "The walk-in clinic on Main Street (204-555-0134) takes new patients.",
        "start": TODAY,
        "end": TODAY + timedelta(days=30),
    }
    return LetterForm.model_validate({**usual, **given})


WITHHELD = {
    "reasons": None,
    "rationale": "He said that he would come back with his brothers if we ever put that on paper.",
}


@dataclass
class Clinic:
    """Services with one clock; each act of a person takes a minute."""

    path: Path
    pathway: Pathway
    supervisors: frozenset[str] = frozenset({SUPERVISOR, OTHER_SUPERVISOR})
    members: set[tuple[str, str]] = field(default_factory=lambda: {(CHANNEL, MEMBER)})
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.store = SQLiteStore(self.path)
        self.random = Random(4)
        self.serve(self.pathway, self.supervisors)

    def serve(self, pathway: Pathway, supervisors: frozenset[str]) -> None:
        """From now on with this content and these supervisors."""
        common = (self.store.cases, pathway, supervisors, self.is_member, WINNIPEG, self.random.choice)
        self.cases, self.letters = Cases(*common), Letters(*common)

    def is_member(self, channel: str, person: str) -> bool:
        return (channel, person) in self.members

    def at(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def load(self, case: Case) -> Case:
        loaded = self.store.cases.load(case.code)
        assert loaded is not None
        return loaded

    def open(self, **given: object) -> Case:
        return self.cases.open(case_form(**given), by=DOCTOR, at=self.at())

    def version(self, case: Case, step: str) -> int:
        return self.load(case).step(step).version

    def complete(self, case: Case, step: str, *, by: str = DOCTOR) -> Case:
        return self.cases.complete(case.code, step, seen=self.version(case, step), by=by, at=self.at())

    def answer(self, case: Case, answer: str, *, by: str = DOCTOR) -> Case:
        seen = self.version(case, "impairment")
        return self.cases.answer(case.code, "impairment", answer, seen=seen, by=by, at=self.at())

    def state(self, case: Case, step: str, text: str = "It was.", *, by: str = DOCTOR) -> Case:
        return self.cases.state(case.code, step, text, seen=self.version(case, step), by=by, at=self.at())

    def set_aside(self, case: Case, step: str, reason: str = "There is none.", *, by: str = DOCTOR) -> Case:
        seen = self.version(case, step)
        return self.cases.set_aside(case.code, step, reason, seen=seen, by=by, at=self.at())

    def reopen(self, case: Case, step: str, *, by: str = DOCTOR) -> Case:
        return self.cases.reopen(case.code, step, seen=self.version(case, step), by=by, at=self.at())

    def consult(self, case: Case, *kinds: str, by: str = DOCTOR, **given: object) -> Case:
        return self.cases.consult(case.code, consultation_form(*kinds, **given), by=by, at=self.at())

    def make_ready(self, case: Case, *, without: str | None = None) -> Case:
        """Everything that the guideline asks for, or all of it but one step."""
        for step in ("work-together", "consider-reasons", "alternative-provider"):
            if step != without:
                self.complete(case, step)
        if without != "impairment":
            self.answer(case, "not-suspected")
        for kind in CONSULTED:
            if without != f"consult-{kind.replace('regional-resource', 'regional-resources')}":
                self.consult(case, kind)
        for step in STATED:
            if step != without:
                self.state(case, step)
        return self.load(case)

    def ready_case(self, **given: object) -> Case:
        return self.make_ready(self.open(**given))

    def draft(self, case: Case, *, by: str = DOCTOR, authors: tuple[str, ...] = (), **given: object) -> Case:
        return self.letters.draft(case.code, letter_form(**given), authors=authors, by=by, at=self.at())

    def latest(self, case: Case) -> LetterVersion:
        return self.load(case).letters[-1].latest

    def revise(self, case: Case, edits: dict[str, str] | None = None, *, by: str = DOCTOR, **given: object) -> Case:
        seen = self.latest(case).number
        form = letter_form(**given)
        return self.letters.revise(case.code, form, edits or {}, seen=seen, by=by, at=self.at())

    def submit(self, case: Case, *, by: str = DOCTOR) -> Case:
        return self.letters.submit(case.code, seen=self.latest(case).number, by=by, at=self.at())

    def approve(self, case: Case, *, by: str = SUPERVISOR) -> Case:
        """Whatever there is to acknowledge is acknowledged."""
        version = self.latest(case)
        there = self.load(case)
        accepted = [one.id for one in acknowledgements(there, self.cases.look(there.code, by=DOCTOR).pathway)]
        return self.letters.approve(
            case.code, seen=version.number, sha256=version.sha256, acknowledged=accepted, by=by, at=self.at()
        )

    def request_changes(self, case: Case, comment: str = "Say it kindlier.", *, by: str = SUPERVISOR) -> Case:
        seen = self.latest(case).number
        return self.letters.request_changes(case.code, comment, seen=seen, by=by, at=self.at())

    def reject(self, case: Case, reason: str = "It is too early.", *, by: str = SUPERVISOR) -> Case:
        return self.letters.reject(case.code, reason, seen=self.latest(case).number, by=by, at=self.at())
