"""What happens to a letter, for those who decide on it and those who wrote it."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock

from bot.views.blocks import actions, context, escape, sections
from bot.views.case_forms import which_case
from bot.views.cases import LOCAL, ShownCase, mention, mentions
from bot.views.inputs import plain
from bot.views.letters import SHORT_HASH, coverage_blocks, decision_buttons, difference_blocks, read_button
from bot.views.written import quote, verbatim
from conversations.cases import Letter, LetterState, Review, ReviewKind
from conversations.letters import acknowledgements


def build_request(shown: ShownCase, letter: Letter, review: Review) -> tuple[str, tuple[Block, ...]]:
    """What a supervisor reads in a direct message: all it takes to decide, with the buttons while it is due."""
    due = letter.state is LetterState.SUBMITTED and letter.reviews[-1] is review and letter is shown.case.letter
    summary = f"Approval asked: letter of case {shown.case.code}, version {review.version}."
    if due and shown.case.closed is None:
        return summary, tuple(_due(shown, letter, review))
    return f"No longer to be decided: {summary}", tuple(_past(shown, letter, review))


def _due(shown: ShownCase, letter: Letter, review: Review) -> Iterator[Block]:
    yield HeaderBlock(text=plain(f"Approval asked · Letter, version {review.version}"))
    yield from which_case(shown)
    asked = f"Asked by {mention(review.by)}, {shown.moment(review.at)}, in <#{shown.case.channel}>"
    yield context(f"{asked} · SHA-256 `{letter.latest.sha256[:SHORT_HASH]}` · DRAFT")
    yield DividerBlock()
    yield from verbatim(letter.latest.text)
    yield DividerBlock()
    yield from coverage_blocks(shown, letter.latest)
    yield from difference_blocks(letter, letter.latest)
    yield from _to_weigh(shown, letter)
    yield context(f"Approval by a supervisor. {LOCAL}")
    yield from actions(decision_buttons(shown, letter))


def _to_weigh(shown: ShownCase, letter: Letter) -> Iterator[Block]:
    rationale = letter.latest.form.rationale
    if rationale:
        yield from sections("*Why the reasons are withheld* (for the case record, never in the letter)")
        yield from quote(rationale)
    asked = acknowledgements(shown.case, shown.pathway)
    if asked:
        yield from sections("*To be acknowledged when approving*")
    for one in asked:
        yield from sections(f"*{escape(one.title)}*   {shown.cited(one.clauses)}")
        yield from quote(one.text)


def _past(shown: ShownCase, letter: Letter, review: Review) -> Iterator[Block]:
    yield from which_case(shown)
    yield from sections(f"Approval of version {review.version} of the letter: {_what_became(shown, letter, review)}")
    version = next(one for one in letter.versions if one.number == review.version)
    yield from actions([read_button(shown, letter, version)])


def _what_became(shown: ShownCase, letter: Letter, review: Review) -> str:
    """What ended the request, in mrkdwn."""
    position = letter.reviews.index(review)
    later = next(iter(letter.reviews[position + 1 :]), None)
    if later and later.version == review.version:
        return f"{REVIEWED[later.kind]} by {mention(later.by)}, {shown.moment(later.at)}."
    if letter.latest.number > review.version:
        return f"replaced by version {review.version + 1}."
    return "the case was closed."


REVIEWED = {
    ReviewKind.SUBMITTED: "submitted for approval",
    ReviewKind.CHANGES_REQUESTED: "changes requested",
    ReviewKind.APPROVED: "approved",
    ReviewKind.VOIDED: "no longer approved",
    ReviewKind.REJECTED: "rejected",
}


def build_review(
    shown: ShownCase, letter: Letter, review: Review, deciders: Sequence[str]
) -> tuple[str, tuple[Block, ...]]:
    """What happened to a version, for those it concerns. `deciders`: the supervisors who can decide."""
    summary = f"Version {review.version} of the letter of case {shown.case.code}: {REVIEWED[review.kind]}."
    return summary, tuple(_review_blocks(shown, letter, review, deciders))


def _review_blocks(shown: ShownCase, letter: Letter, review: Review, deciders: Sequence[str]) -> Iterator[Block]:
    by = f"{mention(review.by)}, {shown.moment(review.at)}"
    line = f"*Letter, version {review.version}: {REVIEWED[review.kind]}* by {by}"
    match review.kind:
        case ReviewKind.SUBMITTED:
            whose = f"For {mentions(deciders)} to decide." if deciders else "No supervisor can decide on it."
            yield from sections(f"{line}\n{whose} _{LOCAL}_")
        case ReviewKind.APPROVED:
            yield from sections(f"{line}\nSHA-256 `{review.sha256[:SHORT_HASH]}`")
        case _:
            yield from sections(line)
            yield from quote(review.comment or "")


def build_outcome(shown: ShownCase, letter: Letter, review: Review) -> tuple[str, tuple[Block, ...]]:
    """The same for one of those it concerns, in a direct message."""
    summary = f"Version {review.version} of the letter of case {shown.case.code}: {REVIEWED[review.kind]}."
    where = context(f"The case is in <#{shown.case.channel}>.")
    return summary, (*which_case(shown), *_review_blocks(shown, letter, review, ()), where)


def build_replaced(shown: ShownCase, letter: Letter, version: int) -> tuple[str, tuple[Block, ...]]:
    """That an approval ended because the text changed, for one of those it concerns."""
    newest = letter.latest
    summary = f"Version {version} of the letter of case {shown.case.code} is no longer approved."
    said = (
        f"*Letter, version {version}: no longer approved.* Version {newest.number} by {mention(newest.by)} replaces it."
    )
    where = context(f"The case is in <#{shown.case.channel}>.")
    return summary, (*which_case(shown), *sections(said), where)
