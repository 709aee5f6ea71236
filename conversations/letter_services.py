"""What people do with a case's letter. Refusals as in `services`."""

from collections.abc import Collection, Mapping
from datetime import datetime

from conversations import letters, reviews
from conversations.authority import Act
from conversations.cases import Case, Letter
from conversations.casework import Casework, notices
from conversations.delivery import Notice, NoticeKind
from conversations.history import Activity, Entry
from guideline_content.letter_text import LetterForm
from guideline_content.pathway import Pathway


class Letters(Casework):
    """The letter, from its draft to its approval. `seen`: the version of the letter that the person looked at."""

    def draft(
        self,
        code: str,
        form: LetterForm,
        *,
        authors: Collection[str] = (),
        by: str,
        at: datetime,
        nonce: str | None = None,
    ) -> Case:
        """A letter's first version. `authors`: co-authors. Fields: those of the form, and "authors"."""
        today = self.today(at)
        return self.change(
            code,
            Act.DRAFT,
            lambda case, pathway: letters.draft(case, pathway, form, authors=authors, by=by, at=at, today=today),
            lambda after, pathway: _written(Activity.LETTER_DRAFTED, after, pathway, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
        )

    def revise(
        self,
        code: str,
        form: LetterForm,
        edits: Mapping[str, str],
        *,
        seen: int,
        authors: Collection[str] = (),
        by: str,
        at: datetime,
        nonce: str | None = None,
    ) -> Case:
        """The letter's next version. `authors`: further co-authors. Fields: the form's, "authors", and ids of parts."""
        today = self.today(at)
        return self.change(
            code,
            Act.REVISE,
            lambda case, pathway: letters.revise(
                case, pathway, form, edits, seen=seen, authors=authors, by=by, at=at, today=today
            ),
            lambda after, pathway: _written(Activity.LETTER_REVISED, after, pathway, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
        )

    def submit(self, code: str, *, seen: int, by: str, at: datetime) -> Case:
        """The version waits for a supervisor; each who may decide is told."""
        today = self.today(at)
        return self.change(
            code,
            Act.SUBMIT,
            lambda case, pathway: reviews.submit(
                case, pathway, seen=seen, supervisors=self.supervisors, by=by, at=at, today=today
            ),
            lambda after, _: _reviewed(Activity.LETTER_SUBMITTED, after, by=by, at=at),
            by=by,
            at=at,
            notices=lambda after, pathway: notices(
                after, NoticeKind.APPROVAL_ASKED, sorted(reviews.eligible(after, pathway, self.supervisors)), at=at
            ),
        )

    def approve(
        self,
        code: str,
        *,
        seen: int,
        sha256: str,
        acknowledged: Collection[str],
        by: str,
        at: datetime,
        nonce: str | None = None,
    ) -> Case:
        """The text with this SHA-256 is approved. `acknowledged`: ids of everything in `letters.acknowledgements`."""
        today = self.today(at)
        return self.change(
            code,
            Act.DECIDE,
            lambda case, pathway: reviews.approve(
                case,
                pathway,
                seen=seen,
                sha256=sha256,
                acknowledged=acknowledged,
                supervisors=self.supervisors,
                by=by,
                at=at,
                today=today,
            ),
            lambda after, _: _reviewed(Activity.LETTER_APPROVED, after, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
            notices=lambda after, _: _to_authors(after, NoticeKind.LETTER_APPROVED, at=at),
        )

    def request_changes(
        self, code: str, comment: str, *, seen: int, by: str, at: datetime, nonce: str | None = None
    ) -> Case:
        """The authors are asked for changes. Field: "comment"."""
        return self.change(
            code,
            Act.DECIDE,
            lambda case, pathway: reviews.request_changes(
                case, pathway, comment, seen=seen, supervisors=self.supervisors, by=by, at=at
            ),
            lambda after, _: _reviewed(Activity.LETTER_CHANGES_REQUESTED, after, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
            notices=lambda after, _: _to_authors(after, NoticeKind.CHANGES_REQUESTED, at=at),
        )

    def reject(self, code: str, reason: str, *, seen: int, by: str, at: datetime, nonce: str | None = None) -> Case:
        """The letter is rejected and closed. Field: "reason"."""
        return self.change(
            code,
            Act.DECIDE,
            lambda case, pathway: reviews.reject(
                case, pathway, reason, seen=seen, supervisors=self.supervisors, by=by, at=at
            ),
            lambda after, _: _reviewed(Activity.LETTER_REJECTED, after, by=by, at=at),
            by=by,
            at=at,
            nonce=nonce,
            notices=lambda after, _: _to_authors(after, NoticeKind.LETTER_REJECTED, at=at),
        )

    def rationale(self, code: str, *, by: str) -> str | None:
        """Why the newest letter withholds its reasons; None where it states them, and without a letter."""
        case = self.look(code, by=by, act=Act.SEE_RATIONALE).case
        return case.letters[-1].latest.form.rationale if case.letters else None

    def deciders(self, code: str, *, by: str) -> frozenset[str]:
        """The supervisors who may decide on the case's letter; empty means that nobody could approve it."""
        seen = self.look(code, by=by)
        return reviews.eligible(seen.case, seen.pathway, self.supervisors)


def _subject(letter: Letter) -> str:
    return f"{letter.number}.{letter.latest.number}"


def _written(activity: Activity, after: Case, pathway: Pathway, *, by: str, at: datetime) -> Entry:
    """Under the clauses that the letter has to follow."""
    letter = after.letters[-1]
    elements = pathway.elements(after.provider_role, letter.latest.form.states)
    clauses = tuple(dict.fromkeys(clause for element in elements for clause in element.clauses))
    detail = letter.latest.sha256
    return Entry(activity=activity, by=by, at=at, subject=_subject(letter), clauses=clauses, detail=detail)


def _reviewed(activity: Activity, after: Case, *, by: str, at: datetime) -> Entry:
    """Approval is this program's rule and not the guideline's: it has no clause."""
    letter = after.letters[-1]
    last = letter.reviews[-1]
    detail = last.comment or last.sha256
    return Entry(activity=activity, by=by, at=at, subject=_subject(letter), detail=detail)


def _to_authors(after: Case, kind: NoticeKind, *, at: datetime) -> tuple[Notice, ...]:
    return notices(after, kind, after.letters[-1].authors, at=at)
