"""The register as a content steward reads it: a question asked again is one question, however it was put."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from math import ceil

from conversations.asking import Answerer
from conversations.identifiers import without_masks
from conversations.questions import Reason, RegisteredQuestion, newly_answered
from guideline_content.answers import Answer
from guideline_content.forms import base
from guideline_content.spelling import english
from guideline_content.text import words

LISTED = tuple(reason for reason in Reason if reason is not Reason.HELPFUL)
"""What a steward reads unless asked otherwise: a question whose answer helped leaves nothing to do."""

NEARLY = 0.8
"""Two questions are one if they share so much of the words that both have."""


@dataclass(frozen=True)
class Reread:
    """A line of the register, and what the present content answers."""

    line: RegisteredQuestion
    now: Answer

    @property
    def shown(self) -> str | None:
        """The id of the entry that was shown first."""
        return next(iter(self.line.entries), None)

    @property
    def solved_by(self) -> str | None:
        """The id of the entry that answers the question by now, None where nothing new does."""
        voted = self.line.reason in (Reason.HELPFUL, Reason.NOT_HELPFUL)
        if not newly_answered(self.now, not_by=self.shown if voted else None):
            return None
        return self.now.matches[0].entry.id


@dataclass(frozen=True)
class Recurring:
    """One question, as often as it was asked. `lines`: oldest first."""

    lines: tuple[Reread, ...]

    @property
    def times(self) -> int:
        """How often."""
        return len(self.lines)

    @property
    def last(self) -> datetime:
        """When it was asked most recently."""
        return self.lines[-1].line.at

    @property
    def wordings(self) -> tuple[str, ...]:
        """How it was put, the commonest first, of equals the newest; none twice."""
        count = Counter(one.line.question for one in reversed(self.lines))
        return tuple(wording for wording, _ in count.most_common())

    @property
    def wanted(self) -> tuple[str, ...]:
        """What people said they looked for; nothing twice."""
        return tuple(dict.fromkeys(one.line.wanted for one in self.lines if one.line.wanted))

    @property
    def solved_by(self) -> str | None:
        """See `Reread.solved_by`: of the newest."""
        return self.lines[-1].solved_by


@dataclass(frozen=True)
class Part:
    """The questions that are in the register for one reason and came closest to one entry (None: to none)."""

    reason: Reason
    closest: str | None
    questions: tuple[Recurring, ...]

    @property
    def times(self) -> int:
        """How often they were asked, all together."""
        return sum(question.times for question in self.questions)

    @property
    def last(self) -> datetime:
        """When the newest of them was asked."""
        return max(question.last for question in self.questions)


Order = Callable[[Part | Recurring], tuple[int, datetime]]


def most_frequent(one: Part | Recurring) -> tuple[int, datetime]:
    """An order: what was asked most often, of equals the newest."""
    return one.times, one.last


def newest(one: Part | Recurring) -> tuple[int, datetime]:
    """An order: what was asked last."""
    return 0, one.last


def reread(
    lines: Iterable[RegisteredQuestion],
    answerer: Answerer,
    *,
    since: datetime | None = None,
    reasons: Collection[Reason] = LISTED,
) -> tuple[Reread, ...]:
    """The lines that are asked for, oldest first, each asked again of the present content."""
    answered = cache(answerer.answer)
    wanted = [line for line in lines if line.reason in reasons and (since is None or line.at >= since)]
    in_order = sorted(wanted, key=lambda line: line.at)
    return tuple(Reread(line, answered(without_masks(line.question), line.role)) for line in in_order)


def parts(register: Iterable[Reread], plain: Collection[str], order: Order = most_frequent) -> tuple[Part, ...]:
    """The register by reason and closest entry. `plain`: words that say nothing of what a question is about."""
    together: dict[tuple[Reason, str | None], list[Reread]] = {}
    for one in register:
        together.setdefault((one.line.reason, one.shown), []).append(one)
    found = [Part(reason, closest, _recurring(some, plain, order)) for (reason, closest), some in together.items()]
    reasons = list(Reason)
    return tuple(sorted(sorted(found, key=order, reverse=True), key=lambda part: reasons.index(part.reason)))


def _recurring(register: Sequence[Reread], plain: Collection[str], order: Order) -> tuple[Recurring, ...]:
    """Each joins the question before it that has nearly its words, or else begins one of its own."""
    cores = [_core(one, plain) for one in register]
    frequency = Counter(word for core in cores for word in core)
    together: dict[frozenset[str], list[Reread]] = {}
    having: dict[str, list[frozenset[str]]] = {}
    for one, core in zip(register, cores, strict=True):
        rare = _rare(core, frequency)
        before = dict.fromkeys(other for word in rare for other in having.get(word, ()))
        nearest = max(before, key=partial(_likeness, core), default=core)
        if nearest not in together or _likeness(core, nearest) < NEARLY:
            nearest = core
            for word in rare:
                having.setdefault(word, []).append(core)
        together.setdefault(nearest, []).append(one)
    return tuple(sorted((Recurring(tuple(some)) for some in together.values()), key=order, reverse=True))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _rare(core: frozenset[str], frequency: Counter[str]) -> list[str]:
    """So many of its rarest words that whatever is nearly the same has at least one of them too."""
    rarest = sorted(core, key=lambda word: (frequency[word], word))
    return rarest[: len(core) - ceil(NEARLY * len(core)) + 1]


def _core(one: Reread, plain: Collection[str]) -> frozenset[str]:
    """What a question is about: its words in their base form, spelt as they were read, without the plain ones."""
    said = words(one.now.read_as or without_masks(one.line.question))
    telling = [base(word, _english()) for word in said if word not in plain]
    return frozenset(telling or said or [one.line.question])


_english = cache(english)
