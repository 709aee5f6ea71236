"""What is measured on a file of questions, for anything that answers them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """What came of one question: the clause ids of each entry shown, best first, and whether it was refused."""

    shown: tuple[frozenset[str], ...]
    score: float
    refused: bool = False
    silent: bool = False

    def first(self, wanted: Iterable[str]) -> bool:
        """Whether the first entry cites one of the wanted clauses."""
        return bool(self.shown) and not self.shown[0].isdisjoint(wanted)

    def in_three(self, wanted: Iterable[str]) -> bool:
        """Whether one of the first three entries does."""
        return any(not cited.isdisjoint(wanted) for cited in self.shown[:3])


Ask = Callable[[str, tuple[str, ...]], Answered]
"""Answers a question; the ids are those of the entries shown before, for follow-ups."""


def read(paths: Sequence[Path]) -> dict[str, list[Question]]:
    """The questions of several files, by part."""
    parts: dict[str, list[Question]] = defaultdict(list)
    for path in paths:
        for part, questions in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            parts[part] += questions or []
    return parts


def kind(question: Question) -> str:
    """Everyday or hard, as the file says; a file that does not say has one kind."""
    return {True: "hard", False: "everyday", None: "in scope"}[question.get("hard")]


def with_kinds(questions: list[Question]) -> list[Question]:
    """Questions whose file marks the hard ones: the others are the everyday ones."""
    if not any("hard" in question for question in questions):
        return questions
    return [{"hard": False, **question} for question in questions]


def share(hits: Sequence[bool]) -> float:
    """The share of hits."""
    return sum(hits) / len(hits) if hits else 0.0


def in_scope(ask: Ask, questions: list[Question]) -> dict[str, tuple[int, float, float, float]]:
    """By kind: how many, first right, within the first three, refused. Silent without the right clause is refused."""
    results: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for question in with_kinds(questions):
        answered = ask(question["q"], ())
        three = answered.in_three(question["any"])
        refused = answered.refused or (answered.silent and not three)
        results[kind(question)].append((answered.first(question["any"]), three, refused))
    return {name: (len(rows), *(share(column) for column in zip(*rows, strict=True))) for name, rows in results.items()}


def out_of_scope(ask: Ask, questions: list[Question]) -> dict[str, tuple[int, float]]:
    """Near and far: how many, and how many of them were refused."""
    results: dict[str, list[bool]] = defaultdict(list)
    for question in questions:
        answered = ask(question["q"], ())
        for name in ("all", "near" if question["near"] else "far"):
            results[name].append(answered.refused or answered.silent)
    return {name: (len(rows), share(rows)) for name, rows in sorted(results.items())}


def separation(ask: Ask, parts: Mapping[str, list[Question]]) -> tuple[float, float]:
    """Out of scope refused (all, near) by a threshold on the score that answers 95 % of what is in scope."""
    scores = sorted(ask(question["q"], ()).score for question in parts["in_scope"])
    threshold = scores[len(scores) // 20]
    refused = [(question["near"], ask(question["q"], ()).score < threshold) for question in parts["out_of_scope"]]
    return share([hit for _, hit in refused]), share([hit for near, hit in refused if near])


def follow_ups(ask_entries: Callable[[str], tuple[str, ...]], ask: Ask, questions: list[Question]) -> float:
    """How many follow-ups had the right entry first."""
    return share(
        [ask(question["then"], ask_entries(question["said"])).first(question["any"]) for question in questions]
    )


def times(ask: Ask, questions: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile of milliseconds a question."""
    taken = []
    for question in questions:
        begun = perf_counter()
        ask(question, ())
        taken.append(1000 * (perf_counter() - begun))
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
