"""Phrasing templates: one line stands for many ways of asking.

    (can|may) we {end-care} [a] patient (today|right away)

`(a|b)`: one of these; `[a|b]`: one of these or nothing; `{name}`: any wording of that concept of the lexicon.
"""

import itertools
import re
from collections.abc import Iterator
from math import prod

MOST_WORDINGS = 200

_TOKEN = re.compile(r"\s*(?:(\{[a-z0-9.-]+\})|([()\[\]|])|([^\s()\[\]|{}]+))")
_BRACKETS = re.compile(r"[()\[\]|]")
_CLOSING = {"(": ")", "[": "]"}

Sequence = list["Part"]
Part = str | list[Sequence]


class TemplateError(ValueError):
    """A template that cannot be read, or stands for too many wordings; the text says why."""


def expand(template: str) -> Iterator[str]:
    """Every wording of a template, with its `{concepts}` as they are. Raises TemplateError."""
    if not _BRACKETS.search(template):
        yield template
        return
    sequence = _parse(template)
    if _count(sequence) > MOST_WORDINGS:
        raise TemplateError(f"stands for {_count(sequence)} wordings, more than {MOST_WORDINGS}: split it")
    yield from (" ".join(wording) for wording in _wordings(sequence))


def concepts_in(template: str) -> list[str]:
    """The concepts a template names."""
    return re.findall(r"\{([^{}\s]+)\}", template)


def _parse(template: str) -> Sequence:
    tokens = _tokens(template)
    sequence, rest = _sequence(tokens, 0)
    if rest < len(tokens):
        raise TemplateError(f"'{tokens[rest]}' has nothing that it closes or separates")
    return sequence


def _tokens(template: str) -> list[str]:
    tokens, position = [], 0
    while template[position:].strip():
        match = _TOKEN.match(template, position)
        if match is None:
            raise TemplateError(f"cannot read '{template[position:].strip()}'")
        tokens.append(match[0].strip())
        position = match.end()
    return tokens


def _sequence(tokens: list[str], at: int) -> tuple[Sequence, int]:
    parts: Sequence = []
    while at < len(tokens) and tokens[at] not in "|)]":
        if tokens[at] in _CLOSING:
            choices, at = _choices(tokens, at)
            parts.append(choices)
        else:
            parts.append(tokens[at])
            at += 1
    return parts, at


def _choices(tokens: list[str], at: int) -> tuple[list[Sequence], int]:
    opening, choices, separator = tokens[at], [], "|"
    while separator == "|":
        choice, at = _sequence(tokens, at + 1)
        choices.append(choice)
        separator = tokens[at] if at < len(tokens) else ""
    if separator != _CLOSING[opening]:
        raise TemplateError(f"'{opening}' is not closed")
    if opening == "[":
        choices.append([])
    elif not all(choices):
        raise TemplateError("an alternative is empty: put what may be left out in [ ]")
    return choices, at + 1


def _count(sequence: Sequence) -> int:
    return prod(sum(map(_count, part)) for part in sequence if isinstance(part, list))


def _wordings(sequence: Sequence) -> Iterator[list[str]]:
    choices = [[[part]] if isinstance(part, str) else [w for c in part for w in _wordings(c)] for part in sequence]
    for combination in itertools.product(*choices):
        yield [word for part in combination for word in part]
