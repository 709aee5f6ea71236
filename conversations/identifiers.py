"""What looks like a patient's identifier. Names cannot be recognised: every free-text field says "no names"."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from conversations.identifier_patterns import BARRIER, Candidate, Kind, candidates
from conversations.plain_text import plain

__all__ = ["Found", "Kind", "find", "mask", "without_masks"]

_OWN_NUMBERS = ("204-786-7111", "1-866-690-8260")
"""Family Doctor Finder, as the guideline prints it. Its policy number (20.10.040) looks like no identifier."""

_SENTENCES = {
    Kind.PHIN: "This looks like a PHIN or another nine-digit personal number.",
    Kind.REGISTRATION: "This looks like a Manitoba Health registration number.",
    Kind.PHONE: "This looks like a phone number.",
    Kind.EMAIL: "This looks like an e-mail address.",
    Kind.BIRTH: "This looks like a date of birth.",
    Kind.POSTAL_CODE: "This looks like a postal code.",
}
_REQUEST = "Please take it out: nothing here may identify a patient."

_NUMBERS = frozenset({Kind.PHIN, Kind.REGISTRATION, Kind.PHONE})

_MASK = re.compile(r"\[removed: [^]]*\]")
_PLACEHOLDER = re.compile("|".join(re.escape(f"[removed: {kind}]".lower()) for kind in Kind))


@dataclass(frozen=True)
class Found:
    """Something that looks like an identifier. `span`: where in the text; `sentence`: tells the person, not echoing."""

    kind: Kind
    span: tuple[int, int]
    sentence: str


def find(text: str, *, allowed: Collection[str] = (), permitting: frozenset[Kind] = frozenset()) -> tuple[Found, ...]:
    """What looks like an identifier, in the order of the text, no two overlapping.

    `allowed`: numbers that pass however they are written (compared by their digits), besides the guideline's own.
    `permitting`: kinds this field may hold (a service's phone number among the options of a letter).
    """
    seen = plain(text)
    shown = _PLACEHOLDER.sub(lambda match: BARRIER * len(match[0]), seen.text)
    passing = {_number(number) for number in (*_OWN_NUMBERS, *allowed)} - {""}
    suspects = (
        candidate
        for candidate in candidates(shown)
        if candidate[0] not in permitting and not _passes(candidate, shown, passing)
    )
    return tuple(
        Found(kind, seen.original(start, end), f"{_SENTENCES[kind]} {_REQUEST}")
        for kind, start, end in _merged(suspects)
    )


def mask(text: str, *, allowed: Collection[str] = (), permitting: frozenset[Kind] = frozenset()) -> str:
    """The text with each identifier replaced by what was removed: "[removed: PHIN]". What is left has none.

    It looks again, because what is left can come to look like one; each round leaves fewer digits, addresses and links.
    """
    while found := find(text, allowed=allowed, permitting=permitting):
        for each in reversed(found):
            start, end = each.span
            text = f"{text[:start]}[removed: {each.kind}]{text[end:]}"
    return text


def without_masks(text: str) -> str:
    """A masked text with an ellipsis for each identifier, so that no words are in it that nobody said."""
    return _MASK.sub("…", text)


def _merged(suspects: Iterable[Candidate]) -> Iterator[Candidate]:
    """Spans that overlap become one, of the kind that begins first (of two, the longer)."""
    current: Candidate | None = None
    for kind, start, end in sorted(suspects, key=lambda suspect: (suspect[1], -suspect[2])):
        if current and start < current[2]:
            current = (current[0], current[1], max(current[2], end))
            continue
        if current:
            yield current
        current = (kind, start, end)
    if current:
        yield current


def _number(written: str) -> str:
    """Its digits, without the country code of North America."""
    digits = "".join(character for character in plain(written).text if character.isdigit())
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _passes(candidate: Candidate, text: str, passing: Collection[str]) -> bool:
    """Whether it is such a number, with or without its area code, or a link of one."""
    kind, start, end = candidate
    numbers = {_number(part) for part in text[start:end].split("|")} - {""}
    known = all(number in passing or _is_local_part(number, passing) for number in numbers)
    return kind in _NUMBERS and bool(numbers) and known


def _is_local_part(number: str, passing: Collection[str]) -> bool:
    return len(number) == 7 and any(known.endswith(number) for known in passing)
