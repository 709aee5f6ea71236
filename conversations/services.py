"""What people do with cases, their steps and consultations. Letters have services of their own.

Each service loads, decides and saves. It raises `UnknownCaseError` where the person may not know of the case,
`NotAllowedError`, `StaleError`, `FieldErrors` (a sentence a field), `ConversationError` otherwise, and `StoreError`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from conversations import checklists, consultations, lifecycle, readiness
from conversations.authority import Act
from conversations.case_store import ConflictError, NonceUsedError
from conversations.cases import Case, CaseForm, CloseReason, Consultation, ConsultationForm, LetterState
from conversations.casework import ATTEMPTS, Casework
from conversations.codes import new_code
from conversations.errors import ConversationError, UnknownCaseError
from conversations.history import Activity, Entry, Link
from conversations.reviews import conflict_of_interest
from guideline_content.pathway import Pathway


class Cases(Casework):
    """Cases, their steps and consultations. Times carry a zone; people and channels are opaque ids."""

    def open(self, form: CaseForm, *, by: str, at: datetime, nonce: str | None = None) -> Case:
        """A new case, pinned to the present content. A form that was taken before leads to its case."""
        self.store.keep_content(self.pathway.version, self.pathway.model_dump_json(by_alias=True))
        entry = Entry(activity=Activity.CASE_OPENED, by=by, at=at, detail=form.label)
        for _ in range(ATTEMPTS):
            case = lifecycle.open_case(form, self.pathway, code=new_code(self.choose), by=by, at=at)
            try:
                return self.store.save(case, entry, expected_version=0, nonce=nonce)
            except ConflictError:
                continue
            except NonceUsedError as taken:
                return self.look(taken.code, by=by).case
        raise ConversationError("No code is free for a new case. Please try again, or ask whoever runs this bot.")

    def add_participants(self, code: str, people: Collection[str], *, by: str, at: datetime) -> Case:
        """The people take part from now on."""
        detail = ", ".join(people)
        return self.change(
            code,
            Act.ADD_PARTICIPANTS,
            lambda case, _: lifecycle.add_participants(case, people),
            lambda *_: Entry(activity=Activity.PARTICIPANTS_ADDED, by=by, at=at, detail=detail),
            by=by,
            at=at,
        )

    def move(self, code: str, channel: str, *, by: str, at: datetime) -> Case:
        """The case goes on in another channel."""
        return self.change(
            code,
            Act.MOVE,
            lambda case, _: lifecycle.move(case, channel),
            lambda *_: Entry(activity=Activity.CASE_MOVED, by=by, at=at, detail=channel),
            by=by,
            at=at,
        )

    def close(
        self,
        code: str,
        reason: CloseReason,
        *,
        note: str | None = None,
        by: str,
        at: datetime,
        nonce: str | None = None,
    ) -> Case:
        """The case ends without its letter."""
        return self.change(
            code,
            Act.CLOSE,
            lambda case, _: lifecycle.close(case, reason, note=note, by=by, at=at),
            lambda *_: Entry(activity=Activity.CASE_CLOSED, by=by, at=at, subject=reason.value, detail=note),
            by=by,
            at=at,
            nonce=nonce,
        )

    def complete(self, code: str, step: str, *, seen: int, by: str, at: datetime) -> Case:
        """The step is done. `seen`: the version of the step that the person looked at."""
        return self.change(
            code,
            Act.WORK_STEPS,
            lambda case, pathway: checklists.complete(case, pathway, step, seen=seen, by=by, at=at),
            lambda _, pathway: _of_step(Activity.STEP_DONE, step, None, pathway, by=by, at=at),
            by=by,
            at=at,
        )

    def reopen(self, code: str, step: str, *, seen: int, by: str, at: datetime) -> Case:
        """The step is open again."""
        return self.change(
            code,
            Act.WORK_STEPS,
            lambda case, pathway: checklists.reopen(case, pathway, step, seen=seen, by=by, at=at),
            lambda _, pathway: _of_step(Activity.STEP_REOPENED, step, None, pathway, by=by, at=at),
            by=by,
            at=at,
        )

    def answer(self, code: str, step: str, answer: str, *, seen: int, by: str, at: datetime) -> Case:
        """The step's question is answered, and with it which steps apply."""
        return self.change(
            code,
            Act.WORK_STEPS,
            lambda case, pathway: checklists.answer(case, pathway, step, answer, seen=seen, by=by, at=at),
            lambda _, pathway: _of_step(Activity.STEP_ANSWERED, step, answer, pathway, by=by, at=at),
            by=by,
            at=at,
        )

    def state(
        self, code: str, step: str, text: str, *, seen: int, by: str, at: datetime, nonce: str | None = None
    ) -> Case:
        """The step is met by this statement. Field: "text"."""
        return self.change(
            code,
            Act.WORK_STEPS,
            lambda case, pathway: checklists.state(case, pathway, step, text, seen=seen, by=by, at=at),
            lambda _, pathway: _of_step(Activity.STEP_STATED, step, text, pathway, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
        )

    def set_aside(
        self, code: str, step: str, reason: str, *, seen: int, by: str, at: datetime, nonce: str | None = None
    ) -> Case:
        """The step is not applicable. Field: "reason"."""
        return self.change(
            code,
            Act.WORK_STEPS,
            lambda case, pathway: checklists.set_aside(case, pathway, step, reason, seen=seen, by=by, at=at),
            lambda _, pathway: _of_step(Activity.STEP_SET_ASIDE, step, reason, pathway, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
        )

    def add_note(self, code: str, step: str, text: str, *, by: str, at: datetime, nonce: str | None = None) -> Case:
        """The step has one more note. Field: "text"."""
        return self.change(
            code,
            Act.ADD_NOTE,
            lambda case, pathway: checklists.add_note(case, pathway, step, text, by=by, at=at),
            lambda _, pathway: _of_step(Activity.NOTE_ADDED, step, text, pathway, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
        )

    def consult(self, code: str, form: ConsultationForm, *, by: str, at: datetime, nonce: str | None = None) -> Case:
        """One more consultation is on record. Fields: those of the form."""
        return self.change(
            code,
            Act.CONSULT,
            lambda case, pathway: consultations.log(case, pathway, form, by=by, at=at, today=self.today(at)),
            lambda after, pathway: _of_consultation(after.consultations[-1], pathway),
            by=by,
            at=at,
            nonce=nonce,
        )

    def declare_safety_exception(
        self, code: str, reason: str, statement: str, *, by: str, at: datetime, nonce: str | None = None
    ) -> Case:
        """A letter may be drafted at once. Fields: "reason" and "statement"."""
        return self.change(
            code,
            Act.EXCEPT,
            lambda case, pathway: readiness.declare_safety_exception(case, pathway, reason, statement, by=by, at=at),
            lambda after, pathway: Entry(
                activity=Activity.SAFETY_DECLARED,
                by=by,
                at=at,
                subject=after.safety_exceptions[-1].id,
                clauses=pathway.checklists.safety_exception.clauses,
                detail=f"{reason}: {statement}",
            ),
            by=by,
            at=at,
            nonce=nonce,
        )

    def withdraw_safety_exception(
        self, code: str, exception: str, reason: str, *, by: str, at: datetime, nonce: str | None = None
    ) -> Case:
        """The exception no longer stands. Field: "reason"."""
        return self.change(
            code,
            Act.EXCEPT,
            lambda case, _: readiness.withdraw_safety_exception(case, exception, reason, by=by, at=at),
            lambda _, pathway: Entry(
                activity=Activity.SAFETY_WITHDRAWN,
                by=by,
                at=at,
                subject=exception,
                clauses=pathway.checklists.safety_exception.clauses,
                detail=reason,
            ),
            by=by,
            at=at,
            nonce=nonce,
        )

    def history(self, code: str, *, by: str) -> Sequence[Link]:
        """The case's record, from its beginning."""
        return self.store.history(self.look(code, by=by).case.code)

    def cases_of(self, person: str) -> Sequence[Case]:
        """The open cases that the person takes part in or is the most responsible provider of, oldest first."""
        return self.store.find(person=person, open=True)

    def waiting_for(self, person: str) -> Sequence[Case]:
        """The cases whose letter the person may decide on now, oldest first; none for who is no supervisor."""
        if person not in self.supervisors:
            return ()
        submitted = self.store.find(open=True, letter=LetterState.SUBMITTED)
        return tuple(case for case in submitted if not conflict_of_interest(case, self.pathway_of(case), person))

    def in_channel(self, channel: str, *, by: str) -> Sequence[Case]:
        """The open cases of a channel that the person may see, oldest first."""
        return tuple(case for case in self.store.find(channel=channel, open=True) if self._sees(case, by))

    def _sees(self, case: Case, person: str) -> bool:
        try:
            self.look(case.code, by=person)
        except UnknownCaseError:
            return False
        return True


def _of_step(activity: Activity, step: str, detail: str | None, pathway: Pathway, *, by: str, at: datetime) -> Entry:
    clauses = pathway.checklists.steps[step].clauses
    return Entry(activity=activity, by=by, at=at, subject=step, clauses=clauses, detail=detail)


def _of_consultation(logged: Consultation, pathway: Pathway) -> Entry:
    """Under the clauses of the steps that it meets."""
    met = [clause for step in consultations.met_by(pathway, logged) for clause in step.clauses]
    return Entry(
        activity=Activity.CONSULTATION_LOGGED,
        by=logged.by,
        at=logged.at,
        subject=logged.id,
        clauses=tuple(dict.fromkeys(met)),
    )
