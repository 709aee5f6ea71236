"""Answers as messages and modals: answered, unsure, silent, not covered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot import ids
from bot.views.blocks import (
    SECTION_TEXT,
    VIEW_BLOCKS,
    Message,
    actions,
    button,
    context,
    escape,
    messages,
    pieces,
    sections,
    shortened,
    verbatim_context,
)
from bot.views.deeds import deed_buttons
from bot.views.feedback import build_message_feedback, build_modal_feedback, build_nothing_found_feedback, build_tell_me
from bot.views.spoken import not_covered, summary
from bot.views.statements import Reader, entry_blocks, local_line, partners_of
from guideline_content.answers import Answer, Match, Outcome
from guideline_content.models import Clause, Entry, Group, Guideline, Silence
from guideline_content.pathway import Pathway

SAYING_SOMETHING = (Outcome.ANSWERED, Outcome.SILENT)
EXAMPLES = 2
READ_AS = 300
OTHERS = 2
TOLD = "You wanted to be told when there is an answer. There is one now."
CLOSE = 0.2
"""What scores this near to the best is offered beside it."""


class Place(Enum):
    """Where an answer is shown: it decides which buttons go with it."""

    CONVERSATION = auto()
    ONLY_ASKER = auto()
    SHARED = auto()
    MODAL = auto()
    TERMINAL = auto()


@dataclass(frozen=True)
class Shown:
    """An answer to be drawn. `id`: what its buttons carry; `seen`: what the question held that looks like identity."""

    guideline: Guideline
    answer: Answer
    id: str
    place: Place
    seen: tuple[str, ...] = ()
    pathway: Pathway | None = None

    @property
    def reader(self) -> Reader:
        """For whom: what is shared is nobody's in particular."""
        return Reader(self.guideline, None if self.place is Place.SHARED else self.answer.role)

    @property
    def lead(self) -> Entry | None:
        """The entry that is the answer."""
        return self.answer.matches[0].entry if self.answer.matches else None


def build_answer(shown: Shown) -> tuple[Message, ...]:
    """The answer as one message, or as many as a long one needs."""
    return messages(summary(shown.guideline, shown.answer), _blocks(shown))


def build_shared_answer(shown: Shown, *, by: str) -> tuple[Message, ...]:
    """The answer for a whole channel, without a word of the question: it may hold a name. `by`: who shares it."""
    return messages(summary(shown.guideline, shown.answer), (context(f"Shared by <@{by}>"), *_blocks(shown)))


def build_news(question: str, parts: Sequence[Shown]) -> tuple[Message, ...]:
    """For somebody who waited for it. `question`: as it was asked, by them or another; nothing in it is markup."""
    first, *more = parts
    asked = [SectionBlock(text=PlainTextObject(text=piece, emoji=False)) for piece in pieces(question, SECTION_TEXT)]
    blocks = (*sections(f"*{TOLD}* The question was:"), *asked, DividerBlock(), *_blocks(first))
    told = messages(f"{TOLD} {summary(first.guideline, first.answer)}", blocks)
    return (*told, *(message for shown in more for message in build_answer(shown)))


def build_answer_modal(parts: Sequence[Shown]) -> View:
    """The answers to what was asked, where there is no conversation to put them in."""
    blocks: list[Block] = []
    for shown in parts:
        more = list(_blocks(shown))
        if len(blocks) + len(more) >= VIEW_BLOCKS:
            blocks.append(context("There is more than fits in here. Please ask the other question by itself."))
            break
        blocks += more
    return View(type="modal", title="Answer", close="Close", blocks=blocks)


def build_entry_modal(guideline: Guideline, entry: Entry, role: str | None, *, back: str = "") -> View:
    """One entry, opened from a button. `back`: the page of a section to return to, if it was opened from one."""
    answer = Answer("", Outcome.ANSWERED, (Match(entry, 1.0),), 1.0, role)
    blocks = [*_outcome_blocks(Shown(guideline, answer, "", Place.MODAL)), _edition(guideline)]
    if back:
        blocks += actions([button("Back to the section", ids.one_of_many(ids.BROWSE_PAGE, "back"), back)])
    return View(type="modal", title="The guideline", close="Close", blocks=blocks, private_metadata=back or None)


def _blocks(shown: Shown) -> Iterator[Block]:
    answer = shown.answer
    if shown.seen and shown.place is not Place.SHARED:
        yield from sections(_warning(shown))
    if answer.read_as and shown.place is not Place.SHARED:
        yield verbatim_context(f"Read as: {shortened(answer.read_as, READ_AS)}")
    yield from _outcome_blocks(shown)
    if answer.outcome in SAYING_SOMETHING:
        yield _edition(shown.guideline)
    if not answer.small_talk:
        yield from _ending(shown)


def _warning(shown: Shown) -> str:
    seen = escape(" and a ".join(shown.seen))
    if shown.place is Place.CONVERSATION:
        return f"*Please delete your message:* it seems to hold a {seen}. I answer it, and have not kept that."
    return f"*Please leave identity out:* your question seems to hold a {seen}. I have not kept that."


def _outcome_blocks(shown: Shown) -> Iterator[Block]:
    if shown.answer.local:
        yield from sections(local_line(shown.answer.local))
    match shown.answer.outcome:
        case Outcome.ANSWERED | Outcome.SILENT:
            yield from _answered(shown)
        case Outcome.UNSURE:
            yield from _unsure(shown)
        case Outcome.NOT_COVERED:
            yield from _not_covered(shown)


def _answered(shown: Shown) -> Iterator[Block]:
    best = shown.answer.matches[0]
    yield from entry_blocks(shown.reader, best.entry, matched=best.member)
    links = [button(title, _unique(ids.SEE_ENTRY, id, shown), id) for id, title in _see_also(shown)]
    if links:
        yield context("See also:")
        yield from actions(links)
    if shown.pathway and shown.place is not Place.SHARED:
        yield from actions(deed_buttons(shown.pathway, [clause.id for clause in _clauses_of(shown)]))
    if shown.place in (Place.CONVERSATION, Place.ONLY_ASKER) and _role_matters(shown):
        yield from actions([_role_select(shown)])


def _see_also(shown: Shown) -> list[tuple[str, str]]:
    """Ids and button titles of what the answer leads on to, none of it on the screen already."""
    guideline, lead = shown.guideline, shown.lead
    if not isinstance(lead, Clause | Group):
        return []
    on_screen = {lead.id, *(clause.id for clause in _clauses_of(shown))}
    groups = lead.groups if isinstance(lead, Clause) else ()
    best, *others = shown.answer.matches
    close = [other.entry.id for other in others if other.score >= CLOSE * best.score][:OTHERS]
    wanted = dict.fromkeys([*lead.see_also, *groups, *close])
    return [(id, _button_title(guideline.entries[id])) for id in wanted if id not in on_screen]


def _button_title(entry: Entry) -> str:
    return f"All of: {entry.title}" if isinstance(entry, Group) else entry.title


def _unique(action_id: str, which: str, shown: Shown) -> str:
    """Unique also where several answers are on one surface."""
    return ids.one_of_many(action_id, f"{which}.{shown.id}" if shown.id else which)


def _role_matters(shown: Shown) -> bool:
    return shown.answer.role is None and any(clause.applies_to for clause in _clauses_of(shown))


def _clauses_of(shown: Shown) -> tuple[Clause, ...]:
    """Every clause on the screen."""
    match shown.lead:
        case Clause() as clause:
            own: tuple[Clause, ...] = (clause,)
        case Group() as group:
            own = shown.guideline.members(group.id)
        case Silence() as silence:
            nearest = (shown.guideline.entries[id] for id in silence.nearest)
            own = tuple(entry for entry in nearest if isinstance(entry, Clause))
        case _:
            own = ()
    return (*own, *partners_of(shown.guideline, own))


def _role_select(shown: Shown) -> StaticSelectElement:
    return StaticSelectElement(
        action_id=ids.one_of_many(ids.SET_ROLE, shown.id),
        placeholder=PlainTextObject(text="Set my role", emoji=False),
        options=role_options(shown.guideline),
    )


def role_options(guideline: Guideline) -> list[Option]:
    """Every role one can have."""
    return [Option(value=role.id, text=PlainTextObject(text=role.title, emoji=False)) for role in guideline.roles]


def _unsure(shown: Shown) -> Iterator[Block]:
    yield from sections("*Did you mean*")
    in_modal = shown.place is Place.MODAL
    yield from actions(
        [
            button(
                match.entry.title,
                _unique(ids.SEE_ENTRY if in_modal else ids.CHOOSE_ENTRY, match.entry.id, shown),
                match.entry.id if in_modal else f"{shown.id}:{match.entry.id}",
            )
            for match in shown.answer.matches
        ]
    )


def _not_covered(shown: Shown) -> Iterator[Block]:
    if shown.answer.small_talk:
        title = escape(shown.guideline.title)
        yield from sections(f"Glad to help with what the guideline *{title}* says. You can ask, for example:")
    else:
        yield from sections(f"{escape(not_covered(shown.guideline, shown.answer))}\nIt answers questions such as:")
    yield from actions(example_buttons(shown.guideline.examples[:EXAMPLES], beside=shown.id))


def example_buttons(questions: Iterable[str], *, beside: str = "") -> list[ButtonElement]:
    """Questions that are asked by a click. `beside`: the id of the answer they are part of."""
    return [
        button(question, ids.one_of_many(ids.ASK_EXAMPLE, f"{number}{beside}"), question)
        for number, question in enumerate(questions, 1)
    ]


def _edition(guideline: Guideline) -> Block:
    return context(f"{escape(guideline.title)}, {escape(guideline.issuer)} · content version {guideline.version}")


def _ending(shown: Shown) -> Iterator[Block]:
    if shown.place in (Place.SHARED, Place.TERMINAL):
        return
    says_something = shown.answer.outcome in SAYING_SOMETHING
    if says_something and shown.place is Place.ONLY_ASKER:
        yield from actions([button("Share in channel", ids.SHARE, shown.id)])
    if not says_something:
        yield from build_nothing_found_feedback(shown.id)
    elif shown.place is Place.MODAL:
        yield from build_modal_feedback(shown.id)
    else:
        yield from build_message_feedback(shown.id)
    if shown.answer.outcome is Outcome.SILENT:
        yield from build_tell_me(shown.id)
