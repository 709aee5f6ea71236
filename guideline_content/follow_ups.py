"""Questions that lean on the answer before: "and if I'm an NP?", "what about the refills"."""

from collections.abc import Iterator, Sequence

from guideline_content.concepts import Unit
from guideline_content.models import Clause, Entry, Group, Guideline, Silence

FEW = 4

_BEGIN = frozenset(["and", "but", "or", "even", "so", "then", "also", "plus", "still", "same", "else"])
_BEGIN_TWO = frozenset([("what", "about"), ("how", "about"), ("what", "if"), ("is", "there"), ("are", "there")])
_POINTING = frozenset(["it", "that", "this", "these", "those", "there", "they", "them", "then", "one", "both"])


def follows_up(words: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether a question is likely to lean on the one before: it begins like that, or says little by itself."""
    if not words:
        return False
    begins = words[0] in _BEGIN or tuple(words[:2]) in _BEGIN_TWO
    return begins or (len(units) <= FEW and not _POINTING.isdisjoint(words)) or len(units) <= 2


def neighbours(guideline: Guideline, entry: Entry) -> Iterator[str]:
    """The entries next to one: its exception or rule, what it points to, and the members of its groups."""
    match entry:
        case Clause():
            yield from (*entry.with_, *entry.see_also)
            for group in entry.groups:
                yield group
                yield from (clause.id for clause in guideline.members(group))
        case Group():
            yield from (clause.id for clause in guideline.members(entry.id))
        case Silence():
            yield from entry.nearest
