"""The letter as messages: its exact text, where it says what it has to say, what changed, and where it stands."""

from collections.abc import Iterator
from functools import lru_cache

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from bot import ids
from bot.references import Screen
from bot.views.blocks import actions, button, context, fallback, sections
from bot.views.case_forms import which_case
from bot.views.cases import LOCAL, ShownCase, mention, mentions
from bot.views.inputs import plain
from bot.views.written import BOLD, ITALIC, Span, difference, excerpt, quote, rich, verbatim
from conversations.cases import Letter, LetterState, LetterVersion
from conversations.coverage import Coverage, Said, coverage
from conversations.differences import Piece
from conversations.differences import difference as words_changed
from conversations.letters import acknowledgements
from guideline_content.letter import Reasons

SHORT_HASH = 12
NEWEST = "newest"
"""In the place of a version's number: whichever is the newest when it is drawn."""

MARKS = {
    LetterState.DRAFT: "DRAFT",
    LetterState.SUBMITTED: "DRAFT, waiting for approval",
    LetterState.CHANGES_REQUESTED: "DRAFT, changes requested",
    LetterState.APPROVED: "APPROVED",
    LetterState.REJECTED: "REJECTED",
}


def build_version(shown: ShownCase, letter: Letter, version: LetterVersion) -> tuple[str, tuple[Block, ...]]:
    """A version of a letter as the thread shows it: the newest in full, an earlier one as a line to read it by."""
    if version is not letter.latest:
        summary = f"Version {version.number} of the letter was replaced by version {version.number + 1}."
        return summary, tuple(_replaced(shown, letter, version))
    summary = f"Letter of case {shown.case.code}, version {version.number}: {MARKS[letter.state]}."
    return fallback(summary), tuple(_newest(shown, letter))


def _replaced(shown: ShownCase, letter: Letter, version: LetterVersion) -> Iterator[Block]:
    made = f"by {mention(version.by)}, {shown.moment(version.at)}"
    yield context(f"*Letter, version {version.number}*, {made}. Replaced by version {version.number + 1}.")
    yield from actions([read_button(shown, letter, version)])


def read_button(shown: ShownCase, letter: Letter, version: LetterVersion) -> ButtonElement:
    """Opens a version in full."""
    text = f"Read version {version.number}"
    return button(text, ids.LETTER_READ, shown.about(f"{letter.number}.{version.number}"))


def _newest(shown: ShownCase, letter: Letter) -> Iterator[Block]:
    yield _header(shown, letter)
    yield context(" · ".join(_facts(shown, letter)))
    yield DividerBlock()
    yield from verbatim(letter.latest.text)
    yield DividerBlock()
    yield from coverage_blocks(shown, letter.latest)
    yield from difference_blocks(letter, letter.latest)
    yield from _ending(shown, letter)


def _header(shown: ShownCase, letter: Letter) -> HeaderBlock:
    return HeaderBlock(text=plain(f"{MARKS[letter.state]} · Letter, version {letter.latest.number}"))


def _facts(shown: ShownCase, letter: Letter) -> Iterator[str]:
    version = letter.latest
    yield f"Case {shown.case.code}"
    yield f"version by {mention(version.by)}, {shown.moment(version.at)}"
    if len(letter.authors) > 1:
        yield f"authors: {mentions(letter.authors)}"
    if approval := letter.approval:
        yield f"*approved by {mention(approval.by)}, {shown.moment(approval.at)}*"
    yield f"SHA-256 `{version.sha256[:SHORT_HASH]}`"


_SAID = {
    Said.AS_WRITTEN: ("✓", "standard wording"),
    Said.REWORDED: ("✎", "in the author's wording, to be acknowledged"),
    Said.DOUBTFUL: ("⚠", "another sentence may contradict it, to be acknowledged"),
    Said.MISSING: ("✗", "MISSING"),
}


def coverage_blocks(shown: ShownCase, version: LetterVersion) -> Iterator[Block]:
    """Each required element, its clause, and where the letter says it."""
    yield from sections("*What the letter has to say, and where it does*")
    covered = coverage(version, shown.pathway, shown.case.provider_role)
    yield from rich(span for one in covered for span in _coverage_spans(shown, one))


def _coverage_spans(shown: ShownCase, one: Coverage) -> Iterator[Span]:
    mark, said = _SAID[one.said]
    element = one.element
    cited = ", ".join(shown.pathway.citations(element.clauses))
    force = shown.pathway.clause(element.clauses[0]).obligation.upper()
    yield f"{mark} {element.title}", BOLD
    yield f"   {force} · {cited}", None
    if one.said is Said.MISSING:
        yield f"\nMISSING: {one.complaint}\n", BOLD
        return
    part = shown.pathway.letter.part.get(element.part or "")
    place = f"in “{part.title}”" if part else "nothing of it anywhere in the letter"
    yield f"\n{said}; {place}", None
    if one.where:
        yield f": “{excerpt(one.where)}”", ITALIC
    yield "\n", None


def difference_blocks(letter: Letter, version: LetterVersion) -> Iterator[Block]:
    """What a version changed of the one before it."""
    before = next((one for one in letter.versions if one.number == version.number - 1), None)
    if before is None:
        return
    yield DividerBlock()
    yield from sections(f"*Changed since version {before.number}* (removed ~struck through~, new in *bold*)")
    if before.text == version.text:
        yield context("No word of the text.")
    else:
        yield from difference(_changes(before.text, version.text))


@lru_cache(maxsize=32)
def _changes(before: str, after: str) -> tuple[Piece, ...]:
    """Kept, as a letter is drawn anew with each change of its case, and long texts take seconds to compare."""
    return words_changed(before, after)


def _ending(shown: ShownCase, letter: Letter) -> Iterator[Block]:
    yield DividerBlock()
    if letter.latest.form.states is Reasons.WITHHELD:
        yield context("The reasons are withheld for personal safety. Why is in the case record, never in the letter.")
    yield context(_status(shown, letter))
    if shown.case.closed is None:
        yield from actions([*author_buttons(shown, letter), *decision_buttons(shown, letter)])


def _status(shown: ShownCase, letter: Letter) -> str:
    """Where the letter stands and who goes on, in mrkdwn."""
    asked = acknowledgements(shown.case, shown.pathway) if letter is shown.case.letter else ()
    more = f" {len(asked)} to be acknowledged when approving." if asked else ""
    match letter.state:
        case LetterState.DRAFT:
            return f"Not submitted. The authors revise it or submit it for approval by a supervisor. {LOCAL}{more}"
        case LetterState.SUBMITTED:
            since = shown.moment(letter.reviews[-1].at)
            return f"Waits for a supervisor since {since}. Revising it withdraws it. {LOCAL}{more}"
        case LetterState.CHANGES_REQUESTED:
            return f"A supervisor asked for changes. The authors revise it. {LOCAL}"
        case LetterState.APPROVED:
            return f"This text and no other is approved: any change ends the approval. {LOCAL}"
        case LetterState.REJECTED:
            return f"Rejected and closed. Another letter can be drafted where the preconditions stand. {LOCAL}"


def _about(shown: ShownCase, letter: Letter, *, choice: str = "") -> str:
    return shown.about(str(letter.number), letter.latest.number, choice)


def author_buttons(shown: ShownCase, letter: Letter) -> list[ButtonElement]:
    """What authors can do with the newest version."""
    about = _about(shown, letter)
    made = []
    if letter.state is LetterState.DRAFT:
        made.append(button("Submit for approval", ids.LETTER_SUBMIT, about, style="primary"))
    if letter.state is not LetterState.REJECTED:
        made.append(button("Revise …", ids.LETTER_REVISE, about))
        made.append(button("Change the wording …", ids.LETTER_WORDING, about))
        if letter.latest.form.states is Reasons.WITHHELD:
            made.append(button("Why reasons are withheld", ids.LETTER_RATIONALE, about))
    return made


def decision_buttons(shown: ShownCase, letter: Letter) -> list[ButtonElement]:
    """What a supervisor can do with a version that was submitted; approving is bound to its exact text."""
    if letter.state is not LetterState.SUBMITTED:
        return []
    about = _about(shown, letter)
    return [
        button("Approve …", ids.LETTER_APPROVE, _about(shown, letter, choice=letter.latest.sha256), style="primary"),
        button("Request changes …", ids.LETTER_CHANGES, about),
        button("Reject …", ids.LETTER_REJECT, about, style="danger"),
    ]


def build_version_modal(shown: ShownCase, screen: Screen) -> View | None:
    """One version of a letter with what changed by it; None where there is none such."""
    number, _, version_number = screen.thing.partition(".")
    for letter in shown.case.letters:
        for version in letter.versions:
            newest = version_number == NEWEST and version is letter.latest
            if str(letter.number) == number and (newest or str(version.number) == version_number):
                return _version_modal(shown, letter, version, screen)
    return None


def _version_modal(shown: ShownCase, letter: Letter, version: LetterVersion, screen: Screen) -> View:
    made = f"Version {version.number} by {mention(version.by)}, {shown.moment(version.at)}"
    approved = letter.approval if version is letter.latest else None
    state = "APPROVED" if approved else "NOT APPROVED"
    return View(
        type="modal",
        title="Letter",
        close="Close",
        private_metadata=screen.metadata(),
        blocks=[
            *which_case(shown),
            context(f"{made} · {state} · SHA-256 `{version.sha256[:SHORT_HASH]}`"),
            *verbatim(version.text),
            *difference_blocks(letter, version),
            *(_ending(shown, letter) if version is letter.latest else ()),
        ],
    )


def build_rationale_modal(shown: ShownCase, rationale: str | None) -> View:
    """Why the reasons are withheld."""
    said = quote(rationale) if rationale else sections("The letter states its reasons.")
    return View(type="modal", title="Reasons withheld", close="Close", blocks=[*which_case(shown), *said])
