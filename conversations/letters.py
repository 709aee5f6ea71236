"""Drafting and revising the letter. Every change is a new version; what was said of an earlier text does not count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from conversations import fields
from conversations.cases import Case, Letter, LetterVersion, with_letter
from conversations.coverage import TELLING_RUN, Said, coverage
from conversations.errors import ConversationError, StaleError
from conversations.fields import OF_A_SERVICE, FreeText
from conversations.lifecycle import require_open, void
from conversations.readiness import exceptions, readiness, require_ready
from guideline_content.letter_text import LetterForm, PartText, long_date, write
from guideline_content.letter_words import shared_run
from guideline_content.pathway import Pathway


@dataclass(frozen=True)
class Acknowledgement:
    """Something the approving supervisor has to take note of. `id`: names this very thing, and nothing later."""

    id: str
    title: str
    text: str
    clauses: tuple[str, ...]


def draft(
    case: Case, pathway: Pathway, form: LetterForm, *, authors: Collection[str] = (), by: str, at: datetime, today: date
) -> Case:
    """The case with a first version of a letter. `authors`: who writes it together with `by`.

    Refuses while a precondition is not met and while there is another letter. Raises `FieldErrors`.
    """
    require_open(case)
    if case.letter:
        raise ConversationError("This case has a letter already. Revise that one.")
    require_ready(case, pathway)
    _check(form, case, pathway, today)
    _check_authors(case, authors)
    version = _version(1, form, (), case, pathway, by=by, at=at)
    everybody = tuple(dict.fromkeys((by, *authors)))
    return with_letter(case, Letter(number=len(case.letters) + 1, authors=everybody, versions=(version,)))


def revise(
    case: Case,
    pathway: Pathway,
    form: LetterForm,
    edits: Mapping[str, str],
    *,
    seen: int,
    authors: Collection[str] = (),
    by: str,
    at: datetime,
    today: date,
) -> Case:
    """The letter with a new version; an approval or submission of the one before no longer counts.

    `edits`: by part, every paragraph that is to read otherwise than the content has it; an empty text leaves it out,
    and one of a part that this letter does not have is dropped. The author's own paragraphs are changed in the form.
    `seen`: the version that the author looked at.
    What changes nothing makes no version. Raises `FieldErrors`; for an edit, the field is the part's id.
    """
    require_open(case)
    letter = current(case)
    _check(form, case, pathway, today)
    _check_authors(case, authors)
    _check_edits(edits, form, pathway)
    changed = _edits(edits, form, case, pathway)
    version = _version(letter.latest.number + 1, form, changed, case, pathway, by=by, at=at)
    everybody = tuple(dict.fromkeys((*letter.authors, by, *authors)))
    same = (version.form, version.parts) == (letter.latest.form, letter.latest.parts)
    if same and set(authors) <= set(letter.authors):
        return case
    require_seen(letter, seen)
    return with_letter(case, letter.changed(versions=(*letter.versions, version), authors=everybody))


def current(case: Case) -> Letter:
    """The letter that is being worked on; refuses if there is none."""
    if case.letter is None:
        raise ConversationError("This case has no letter that is being worked on.")
    return case.letter


def require_seen(letter: Letter, seen: int) -> None:
    """Refuses what is meant for an earlier version."""
    if seen != letter.latest.number:
        raise StaleError(
            f"The letter was changed meanwhile: version {letter.latest.number} is the newest. Read that one first."
        )


def acknowledgements(case: Case, pathway: Pathway) -> tuple[Acknowledgement, ...]:
    """What approving the newest version accepts: the exceptions, and what is not worded as the content has it."""
    excepted = tuple(
        Acknowledgement(id=one.id, title=one.title, text=one.why, clauses=one.clauses)
        for one in exceptions(case, pathway)
    )
    if case.letter is None:
        return excepted
    version = case.letter.latest
    reworded = tuple(
        Acknowledgement(
            id=f"{one.element.id}-v{version.number}",
            title=f"{_IN_WORDS[one.said]}: {one.element.title}",
            text=one.where,
            clauses=one.element.clauses,
        )
        for one in coverage(version, pathway, case.provider_role)
        if one.said in _IN_WORDS
    )
    return (*excepted, *reworded)


def settle(case: Case, pathway: Pathway, *, by: str, at: datetime) -> Case:
    """An approval no longer counts once it would not be given: a precondition fell, or there is more to acknowledge.

    Every decision is settled before it is kept, so that no order of actions leaves such an approval standing.
    """
    letter = case.letter
    if letter is None or letter.approval is None:
        return case
    unseen = {one.id for one in acknowledgements(case, pathway)} - set(letter.approval.acknowledged)
    if readiness(case, pathway).ready and not unseen:
        return case
    why = "What the letter presupposes has changed since it was approved."
    voided = void(letter.latest.number, letter.latest.sha256, why=why, by=by, at=at)
    return with_letter(case, letter.changed(reviews=(*letter.reviews, voided)))


def date_problem(form: LetterForm, today: date) -> str | None:
    """What keeps the dates of emergency care from being the patient's: they may not begin before the letter does."""
    if form.start is not None and form.start < today:
        return f"Emergency care cannot start on {long_date(form.start)}, which has passed. Choose today or a later day."
    return None


_IN_WORDS = {Said.REWORDED: "In the author's wording", Said.DOUBTFUL: "Another sentence may contradict it"}


def _version(
    number: int,
    form: LetterForm,
    edits: tuple[PartText, ...],
    case: Case,
    pathway: Pathway,
    *,
    by: str,
    at: datetime,
) -> LetterVersion:
    own = {edit.id: edit for edit in edits}
    parts = tuple(own.get(part.id, part) for part in write(pathway, form, case.provider_role))
    return LetterVersion(number=number, form=form, edits=edits, parts=parts, by=by, at=at)


def _edits(edits: Mapping[str, str], form: LetterForm, case: Case, pathway: Pathway) -> tuple[PartText, ...]:
    """The edits that differ from the content, in the order of the letter."""
    written = write(pathway, form, case.provider_role)
    edited = (PartText(id=part.id, text=edits[part.id]) for part in written if part.id in edits)
    return tuple(edit for edit in edited if edit not in written)


def _check(form: LetterForm, case: Case, pathway: Pathway, today: date) -> None:
    wrong = fields.problems(
        [
            FreeText("reasons", form.reasons, required=form.rationale is None),
            FreeText("rationale", form.rationale, required=form.reasons is None),
            FreeText("continuing_care", form.continuing_care),
            FreeText("options", form.options, permitting=OF_A_SERVICE),
        ]
    )
    if form.reasons is not None and form.rationale is not None:
        wrong["reasons"] = "Either state the reasons, or withhold them and say why in the case record; not both."
    wrong |= _date_problems(form, case, pathway, today) | _leaks(form)
    fields.refuse(wrong)


def _date_problems(form: LetterForm, case: Case, pathway: Pathway, today: date) -> dict[str, str]:
    if not pathway.emergency_care_binds(case.provider_role):
        return {}
    if form.start is None or form.end is None:
        absent = {"start": form.start, "end": form.end}
        return {name: "Please choose a day." for name, day in absent.items() if day is None}
    if past := date_problem(form, today):
        return {"start": past}
    least = pathway.letter.emergency_care.least_days
    if form.end - form.start < timedelta(days=least):
        first = form.start + timedelta(days=least)
        return {"end": f"This is less than {least} days after the start. Choose {long_date(first)} or a later day."}
    return {}


def _leaks(form: LetterForm) -> dict[str, str]:
    """Where the author repeats, in what the letter shows, the rationale that it must not show."""
    shown = {"continuing_care": form.continuing_care, "options": form.options}
    return {
        name: _LEAK for name, text in shown.items() if form.rationale and shared_run(form.rationale, text, TELLING_RUN)
    }


_LEAK = "This repeats words of the rationale, which must not come into the letter. Please word it without them."


def _check_authors(case: Case, authors: Collection[str]) -> None:
    if not set(authors) <= case.people:
        fields.refuse(
            {"authors": "Co-authors take part in the case. Choose among its participants, or add them first."}
        )


def _check_edits(edits: Mapping[str, str], form: LetterForm, pathway: Pathway) -> None:
    if not set(edits) <= {part.id for part in pathway.letter.parts if not part.field}:
        raise ConversationError("This paragraph is not one of the letter's that can be worded otherwise.")
    wrong = fields.problems(FreeText(part, text, required=False) for part, text in edits.items())
    if form.rationale:
        wrong |= {part: _LEAK for part, text in edits.items() if shared_run(form.rationale, text, TELLING_RUN)}
    fields.refuse(wrong)
