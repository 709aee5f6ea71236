"""Questions of the register as YAML that an editor can paste into a guideline's `examples.yaml`.

Only what is likely to be right stands there as content; everything else is a remark that the editor has to sort.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from conversations.identifiers import without_masks
from conversations.questions import Reason
from conversations.register import Reread
from guideline_content.answers import Answer, Outcome
from guideline_content.models import Guideline
from guideline_content.text import content_words
from guideline_content.vocabulary import Vocabulary

HEAD = """\
Questions from the register, each under the id that content version {version} answers it with. Read each of
them before it goes into examples.yaml: below the same id if the file has it already, else together with the id."""
LEFT_OUT = "Left out: {count} that examples.yaml has already."
SORT = """\
TO SORT: {count}. Nothing is certain of these. Move each below the id of the entry or topic that it asks for,
without its "# ", or leave it out."""
NEAREST = "nearest: {id}"
NOTHING_NEAR = "nothing is near"
NO_WORDS = "no words"
REJECTED = "somebody said that this was not it"
SEVERAL = "several questions in one: write them apart"

_SPECIAL = str.maketrans("{}~", "   ")
"""What an example would be read as something else for than the person's word: a concept, a gap."""


SURE = (Outcome.ANSWERED, Outcome.SILENT)


@dataclass(frozen=True)
class Wording:
    """A question in one wording. `rejected`: ids of entries that somebody said were not the answer to it."""

    text: str
    now: Answer
    wanted: tuple[str, ...]
    rejected: frozenset[str]


def as_examples(register: Sequence[Reread], guideline: Guideline, vocabulary: Vocabulary) -> str:
    """A whole file. Questions that are examples already are left out."""
    known = {_key(example) for examples in vocabulary.examples.values() for example in examples}
    asked = _wordings(register)
    wordings = [wording for key, wording in asked.items() if key not in known]
    placed = {id: [one for one in wordings if _owner(one) == id] for id in guideline.entries}
    topics = {topic.title: topic.id for topic in vocabulary.topics if topic.title}
    unplaced: dict[str, list[Wording]] = {}
    for one in wordings:
        if _owner(one) is None:
            unplaced.setdefault(_why(one, topics), []).append(one)
    head = HEAD.format(version=guideline.version)
    if len(asked) > len(wordings):
        head = f"{head}\n{LEFT_OUT.format(count=len(asked) - len(wordings))}"
    lines = [*_remark(head), "", *_content(placed), *_to_sort(unplaced)]
    return "\n".join(lines) + "\n"


def _wordings(register: Iterable[Reread]) -> dict[tuple[str, ...], Wording]:
    """Each wording once, those first that were asked most often."""
    together: dict[tuple[str, ...], list[Reread]] = {}
    for one in register:
        text = in_one_line(one.line.question)
        together.setdefault(_key(text) or (text,), []).append(one)
    often = sorted(together.items(), key=lambda item: -len(item[1]))
    return {key: _wording(some) for key, some in often}


def _wording(some: Sequence[Reread]) -> Wording:
    rejected = {one.shown for one in some if one.line.reason is Reason.NOT_HELPFUL and one.shown}
    wanted = dict.fromkeys(in_one_line(one.line.wanted) for one in some if one.line.wanted)
    newest = some[-1]
    return Wording(in_one_line(newest.line.question), newest.now, tuple(wanted), frozenset(rejected))


def in_one_line(text: str) -> str:
    """The text as one line of a YAML block, which nothing in it can end, and which is no remark.

    Control characters and the like become spaces, what stands for an identifier an ellipsis.
    """
    text = without_masks(text).translate(_SPECIAL)
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split()).lstrip("# ")


def _key(text: str) -> tuple[str, ...]:
    """Two examples with the same key are one to those who check content."""
    return tuple(content_words(text))


def _owner(one: Wording) -> str | None:
    """The entry it can stand under; None where an editor has to say."""
    if not _key(one.text) or one.now.also or one.now.outcome not in SURE:
        return None
    nearest = one.now.matches[0].entry.id
    return None if nearest in one.rejected else nearest


def _why(one: Wording, topics: Mapping[str, str]) -> str:
    if not _key(one.text):
        return NO_WORDS
    if one.now.also:
        return SEVERAL
    if one.now.matches:
        nearest = NEAREST.format(id=one.now.matches[0].entry.id)
        return f"{nearest}, but {REJECTED}" if one.now.matches[0].entry.id in one.rejected else nearest
    topic = topics.get(one.now.topic or "")
    return f"taken for {topic}, which is not covered" if topic else NOTHING_NEAR


def _content(placed: Mapping[str, Collection[Wording]]) -> Iterator[str]:
    if not any(placed.values()):
        yield "examples: {}"
        return
    yield "examples:"
    for id, some in placed.items():
        if some:
            yield from ("", f"  {_written(id)}: |", *(f"    {line}" for one in some for line in _block(one)))


def _block(one: Wording) -> Iterator[str]:
    """The question below what was looked for, which is a remark to examples.yaml too."""
    yield from (f"# looked for: {wanted}" for wanted in one.wanted)
    yield one.text


def _written(id: str) -> str:
    """The id as a YAML key: in quotes where YAML takes it for something else than a word."""
    return id if yaml.safe_load(id) == id else f'"{id}"'


def _to_sort(unplaced: Mapping[str, Collection[Wording]]) -> Iterator[str]:
    if not unplaced:
        return
    yield ""
    yield from _remark(SORT.format(count=sum(map(len, unplaced.values()))))
    for why, some in unplaced.items():
        yield from ("#", *_remark(why), *(f"#     {line}" for one in some for line in _block(one)))


def _remark(text: str) -> Iterator[str]:
    return (f"# {line}" for line in text.splitlines())
