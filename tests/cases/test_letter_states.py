"""No sequence of actions, by whomever, walks around the guideline's conditions or approves what was not read.

What must hold is said here a second time, in plain sets kept beside the program, and compared after every action.
"""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from clinic import (
    CONSULTED,
    DOCTOR,
    MEMBER,
    NURSE,
    OTHER_SUPERVISOR,
    STATED,
    STRANGER,
    SUPERVISOR,
    Clinic,
    case_form,
    consultation_form,
    letter_form,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from conversations.cases import Case, LetterState
from conversations.errors import ConversationError
from conversations.letters import acknowledgements
from guideline_content.loading import BUILT_IN, load
from guideline_content.pathway_loading import load_pathway

PATHWAY = load_pathway(BUILT_IN, load())

TEAM = (DOCTOR, NURSE, SUPERVISOR)
EVERYBODY = (*TEAM, OTHER_SUPERVISOR, MEMBER, STRANGER)
SUPERVISORS = frozenset({SUPERVISOR, OTHER_SUPERVISOR, DOCTOR})

people = st.sampled_from([*EVERYBODY, NURSE, NURSE, OTHER_SUPERVISOR])
steps = st.sampled_from([*PATHWAY.checklists.steps, "forged"])
lags = st.sampled_from([0, 0, 0, 0, 1])
"""How old what the person sees is."""

QUALIFIED = {"alternative-provider", "consult-regional-resources", "colleagues-consultation"}
ALWAYS_NEEDED = (
    "work-together",
    "consider-reasons",
    "alternative-provider",
    *STATED,
    "consult-team",
    "consult-supervisor",
    "consult-mental-health-specialist",
    "consult-regional-resources",
)
KINDS = {
    "consult-team": {"team"},
    "consult-supervisor": {"supervisor"},
    "consult-mental-health-specialist": {"mental-health-specialist"},
    "consult-regional-resources": {"regional-resource"},
    "colleagues-consultation": {"colleague", "team", "supervisor"},
    "impairment-consultation": {"colleague", "other", *CONSULTED},
}
EDITS: dict[str, tuple[dict[str, str], bool]] = {
    "none": ({}, True),
    "another opening": ({"opening": "Our care relationship at [Clinic name] ends."}, True),
    "reworded": ({"copy-on-file": "A copy goes on the client's file."}, True),
    "no finder": ({"doctor-finder": ""}, False),
    "no refills": ({"emergency-care": "I give emergency medical care for at least 30 days."}, False),
    "opposite": ({"chart-transfer": "With written authorization I do not send a chart to a new provider."}, False),
}
"""Edits of a letter, and whether it still says what it must."""


class WalkingAround(RuleBasedStateMachine):
    """Anybody tries anything, with what they see now or saw before."""

    @initialize(stage=st.sampled_from(["new", "ready", "drafted", "submitted"]), doctor_is_provider=st.booleans())
    def open(self, stage: str, doctor_is_provider: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clinic = Clinic(Path(self.folder.name) / "store.db", PATHWAY, SUPERVISORS)
        self.provider = DOCTOR if doctor_is_provider else NURSE
        form = case_form(provider=self.provider, participants=(DOCTOR, NURSE, SUPERVISOR))
        self.code = self.clinic.cases.open(form, by=NURSE, at=self.clinic.at()).code
        self.done: set[str] = set()
        self.aside: dict[str, str] = {}
        self.branch: str | None = None
        self.kinds: set[str] = set()
        self.threatened: str | None = None
        self.writers: set[str] = set()
        self.whole = True
        self.reworded = False
        self.approved: tuple[str, str] | None = None
        if stage != "new":
            self.make_ready()
        if stage in ("drafted", "submitted"):
            self.draft(NURSE, None)
        if stage == "submitted":
            self.submit(NURSE, 0)

    def teardown(self) -> None:
        if hasattr(self, "clinic"):
            assert self.clinic.store.cases.verify(self.code) == ()
            self.clinic.store.close()
            self.folder.cleanup()

    def make_ready(self) -> None:
        for step in ("work-together", "consider-reasons", "alternative-provider"):
            self.complete(step, NURSE, 0)
        self.answer("not-suspected", NURSE, 0)
        for kind in CONSULTED:
            self.consult({kind}, MEMBER)
        for step in STATED:
            self.state(step, DOCTOR, 0)

    @property
    def case(self) -> Case:
        loaded = self.clinic.store.cases.load(self.code)
        assert loaded
        return loaded

    def seen(self, step: str, lag: int) -> int:
        return self.case.step(step).version - lag

    def try_(self, act: Callable[[], Case]) -> Case | None:
        """What came of it; nothing is changed by what is refused."""
        before = self.case
        try:
            return act()
        except ConversationError:
            assert self.case == before
            return None

    # The steps

    @rule(act=st.sampled_from(["complete", "state", "set_aside", "reopen"]), step=steps, by=people, lag=lags)
    def work_on_a_step(self, act: str, step: str, by: str, lag: int) -> None:
        getattr(self, act)(step, by, lag)

    def complete(self, step: str, by: str, lag: int) -> None:
        seen, at = self.seen(step, lag), self.clinic.at()
        if self.try_(lambda: self.clinic.cases.complete(self.code, step, seen=seen, by=by, at=at)):
            self.now_done(step)

    def state(self, step: str, by: str, lag: int) -> None:
        seen, at = self.seen(step, lag), self.clinic.at()
        if self.try_(lambda: self.clinic.cases.state(self.code, step, "It was.", seen=seen, by=by, at=at)):
            self.now_done(step)

    @rule(answer=st.sampled_from(["suspected", "not-suspected", "perhaps"]), by=people, lag=lags)
    def answer(self, answer: str, by: str, lag: int) -> None:
        seen, at = self.seen("impairment", lag), self.clinic.at()
        if self.try_(lambda: self.clinic.cases.answer(self.code, "impairment", answer, seen=seen, by=by, at=at)):
            self.branch = answer

    def set_aside(self, step: str, by: str, lag: int) -> None:
        seen, at = self.seen(step, lag), self.clinic.at()
        reason = f"Not here, says {by}."
        if self.try_(lambda: self.clinic.cases.set_aside(self.code, step, reason, seen=seen, by=by, at=at)):
            self.done.discard(step)
            self.aside[step] = self.case.step(step).by or ""

    def reopen(self, step: str, by: str, lag: int) -> None:
        seen, at = self.seen(step, lag), self.clinic.at()
        if self.try_(lambda: self.clinic.cases.reopen(self.code, step, seen=seen, by=by, at=at)):
            self.done.discard(step)
            self.aside.pop(step, None)
            self.branch = None if step == "impairment" else self.branch

    @rule(kinds=st.sets(st.sampled_from(["colleague", "other", *CONSULTED]), min_size=1, max_size=2), by=people)
    def consult(self, kinds: set[str], by: str) -> None:
        at = self.clinic.at()
        if self.try_(lambda: self.clinic.cases.consult(self.code, consultation_form(*kinds), by=by, at=at)):
            self.kinds |= kinds

    def declare(self, by: str) -> None:
        at = self.clinic.at()
        said = f"He struck a nurse, says {by}."
        if self.try_(lambda: self.clinic.cases.declare_safety_exception(self.code, "violence", said, by=by, at=at)):
            self.threatened = by

    @rule(act=st.sampled_from(["declare", "withdraw"]), by=people)
    def speak_of_safety(self, act: str, by: str) -> None:
        getattr(self, act)(by)

    def withdraw(self, by: str) -> None:
        at = self.clinic.at()
        name = f"safety-{len(self.case.safety_exceptions)}"
        if self.try_(lambda: self.clinic.cases.withdraw_safety_exception(self.code, name, "No.", by=by, at=at)):
            self.threatened = None

    # The letter

    @rule(by=people, co_author=st.sampled_from([None, *EVERYBODY]))
    def draft(self, by: str, co_author: str | None) -> None:
        at, today = self.clinic.at(), self.clinic.cases.today(self.clinic.now)
        form = letter_form(start=today, end=today + timedelta(days=30))
        authors = (co_author,) if co_author else ()
        if self.try_(lambda: self.clinic.letters.draft(self.code, form, authors=authors, by=by, at=at)):
            assert self.is_ready()
            self.writers |= {by, *authors}
            self.whole, self.reworded, self.approved, self.start = True, False, None, today

    @precondition(lambda self: self.case.letter)
    @rule(by=people, lag=lags, edit=st.sampled_from(sorted(EDITS)), days=st.sampled_from([30, 30, 31, 29]))
    def revise(self, by: str, lag: int, edit: str, days: int) -> None:
        before = self.case
        assert before.letter
        seen, at, today = before.letter.latest.number - lag, self.clinic.at(), self.clinic.cases.today(self.clinic.now)
        form = letter_form(start=today, end=today + timedelta(days=days))
        edits, says_all = EDITS[edit]
        after = self.try_(lambda: self.clinic.letters.revise(self.code, form, edits, seen=seen, by=by, at=at))
        if after and after != before:
            self.writers.add(by)
            self.whole, self.reworded, self.approved = says_all, edit == "reworded", None
            self.start = today

    @precondition(lambda self: self.case.letter)
    @rule(by=people, lag=lags)
    def submit(self, by: str, lag: int) -> None:
        letter = self.case.letter
        assert letter
        seen, at = letter.latest.number - lag, self.clinic.at()
        after = self.try_(lambda: self.clinic.letters.submit(self.code, seen=seen, by=by, at=at))
        if after and letter.state is not LetterState.SUBMITTED:
            assert self.is_ready()
            assert self.whole
            assert self.may_decide()

    @precondition(lambda self: self.case.letter)
    @rule(
        by=st.sampled_from([*EVERYBODY, *SUPERVISORS, OTHER_SUPERVISOR]),
        lag=lags,
        accept=st.sampled_from(["all", "all", "all", "none", "too much"]),
        forged=st.sampled_from([False, False, False, True]),
    )
    def approve(self, by: str, lag: int, accept: str, forged: bool) -> None:
        letter = self.case.letter
        assert letter
        asked = [one.id for one in acknowledgements(self.case, PATHWAY)]
        accepted = {"all": asked, "none": [], "too much": [*asked, "other"]}[accept]
        text = letter.latest.text + ("!" if forged else "")
        digest, seen, at = sha256(text.encode()).hexdigest(), letter.latest.number - lag, self.clinic.at()
        after = self.try_(
            lambda: self.clinic.letters.approve(
                self.code, seen=seen, sha256=digest, acknowledged=accepted, by=by, at=at
            )
        )
        if after and self.approved is None:
            assert by in self.may_decide()
            assert not forged
            assert lag == 0
            assert self.is_ready()
            assert self.whole
            assert self.start >= self.clinic.cases.today(at)
            assert len(accepted) == len(self.exceptions()) + self.reworded
            self.approved = (by, text)

    @precondition(lambda self: self.case.letter)
    @rule(by=people, reject=st.booleans())
    def decide_otherwise(self, by: str, reject: bool) -> None:
        letter = self.case.letter
        assert letter
        decide = self.clinic.letters.reject if reject else self.clinic.letters.request_changes
        at = self.clinic.at()
        if self.try_(lambda: decide(self.code, "No.", seen=letter.latest.number, by=by, at=at)):
            assert by in self.may_decide()

    @precondition(lambda self: self.case.letter and self.is_ready())
    @rule(
        edit=st.sampled_from(["none", "another opening", "reworded", "no finder"]),
        between=st.sampled_from(["nothing", "nothing", "a step", "an exception", "a forged text", "a day", "an edit"]),
        accept=st.sampled_from(["all", "all", "none", "too much"]),
        supervisors=st.permutations(sorted(SUPERVISORS)),
        then=st.sampled_from(["nothing", "a step", "an exception", "an edit"]),
    )
    def go_nearly_the_ordinary_way(
        self, edit: str, between: str, accept: str, supervisors: list[str], then: str
    ) -> None:
        """A letter is revised, submitted and approved; something may come between or after."""
        letter = self.case.letter
        assert letter
        self.revise(letter.authors[0], 0, edit, 30)
        self.submit(letter.authors[0], 0)
        self.happens(between)
        for supervisor in supervisors:
            self.approve(supervisor, 0, accept, between == "a forged text")
        self.happens(then)

    def happens(self, what: str) -> None:
        match what:
            case "a step":
                self.reopen("risks-considered", NURSE, 0)
            case "an exception":
                self.set_aside("work-together", SUPERVISOR, 0)
            case "a day":
                self.days_pass(1)
            case "an edit":
                letter = self.case.letter
                assert letter
                self.revise(letter.authors[0], 0, "opposite", 30)

    @rule(days=st.sampled_from([0, 0, 0, 1]))
    def days_pass(self, days: int) -> None:
        self.clinic.now += timedelta(days=days)

    # What must hold

    @invariant()
    def only_what_was_read_and_may_be_shows_as_approved(self) -> None:
        case = self.case
        if case.letter is None or case.letter.approval is None:
            return
        assert self.approved
        approver, text = self.approved
        assert case.letter.latest.text == text
        assert case.letter.approval.by == approver
        assert approver in SUPERVISORS - self.writers - {self.provider}
        assert self.is_ready()
        assert self.whole

    @invariant()
    def an_approval_that_fell_does_not_come_back(self) -> None:
        if self.case.letter is None or self.case.letter.approval is None:
            self.approved = None

    def now_done(self, step: str) -> None:
        self.done.add(step)
        self.aside.pop(step, None)

    def exceptions(self) -> set[str]:
        """Who declared what stands without the source providing for it; one for each."""
        unqualified = {step for step in self.needed() if self.is_aside(step) and step not in QUALIFIED}
        return unqualified | ({"safety"} if self.threatened else set())

    def may_decide(self) -> set[str]:
        declared = {self.aside[step] for step in self.exceptions() if step != "safety"} | {self.threatened}
        return set(SUPERVISORS) - self.writers - {self.provider} - declared

    def needed(self) -> tuple[str, ...]:
        branch = {"suspected": "impairment-consultation", "not-suspected": "colleagues-consultation"}
        return (*ALWAYS_NEEDED, branch[self.branch]) if self.branch else ALWAYS_NEEDED

    def is_ready(self) -> bool:
        if self.threatened:
            return True
        return self.branch is not None and all(self.is_met(step) or self.is_aside(step) for step in self.needed())

    def is_met(self, step: str) -> bool:
        return step in self.done or bool(KINDS.get(step, set()) & self.kinds)

    def is_aside(self, step: str) -> bool:
        return step in self.aside and not self.is_met(step)


WalkingAround.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class TestWalkingAround(WalkingAround.TestCase):  # type: ignore[misc, name-defined]
    """Fifty runs of up to thirty actions."""
