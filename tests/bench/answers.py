"""Prints how good and how quick answers are, beside plain search over the same content.

python -m tests.bench.answers [--large 10000] [QUESTIONS.yaml ...]
"""

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from guideline_content.answers import Answer, Outcome, all_matches
from guideline_content.engine import Answerer, open_answerer
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Guideline
from guideline_content.vocabulary import Vocabulary, load_vocabulary
from tests.bench import measures
from tests.bench.baselines import baselines
from tests.bench.measures import Answered, Ask, Question
from tests.bench.synthetic import large, mistyped

QUESTIONS = Path(__file__).parents[1] / "questions"
REFUSED = Outcome.NOT_COVERED


def main() -> None:
    """Measure on the files named, or else on both halves of the questions kept with the tests, each by itself."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="*", type=Path)
    parser.add_argument("--large", type=int, default=10_000, help="clauses of the invented guideline; 0: leave it out")
    options = parser.parse_args()
    answerer = open_answerer()
    for path in options.questions or (QUESTIONS / "tuning.yaml", QUESTIONS / "held_out.yaml"):
        report(answerer, path)
    print(f"\nloading: {seconds(open_answerer):.2f} s, counting anew: {seconds(counting_anew):.2f} s")
    if options.large:
        report_large(answerer, options.large)


def seconds(what: Callable[[], object]) -> float:
    """How long it takes."""
    begun = perf_counter()
    what()
    return perf_counter() - begun


def counting_anew() -> Answerer:
    """What loads where nothing was kept."""
    guideline = load()
    return Answerer(guideline, load_vocabulary(BUILT_IN, guideline))


def report(answerer: Answerer, path: Path) -> None:
    """Everything about one file of questions."""
    parts = measures.read([path])
    print(f"\n== {path.name}: {sum(map(len, parts.values()))} questions")
    ask = asking(answerer)
    vocabulary = load_vocabulary(BUILT_IN, answerer.guideline)
    others = baselines(answerer.guideline, texts(answerer.guideline, vocabulary))
    print_in_scope(ask, others, parts["in_scope"])
    if parts["out_of_scope"]:
        for name, (count, refused) in measures.out_of_scope(ask, parts["out_of_scope"]).items():
            print(f"out of scope, {name:4} ({count:3}): refused {refused:.3f}")
        for name, other in others.items():
            everything, near = measures.separation(other, parts)
            print(f"  {name}: {everything:.3f} (near {near:.3f}) while 95 % of what is in scope is answered")
    print_more(answerer, ask, parts)
    print_typos(ask, parts["in_scope"])
    print_times(ask, others, [question["q"] for part in ("in_scope", "out_of_scope") for question in parts[part]])


def asking(answerer: Answerer) -> Ask:
    """The engine as something to measure."""

    def ask(question: str, before: tuple[str, ...]) -> Answered:
        return answered(answerer.guideline, answerer.answer(question, topic=before))

    return ask


def answered(guideline: Guideline, answer: Answer) -> Answered:
    """An answer as it is measured: what each entry shown cites."""
    shown = tuple(frozenset(guideline.clause_ids(match.entry)) for match in all_matches(answer))
    return Answered(shown, answer.confidence, answer.outcome is REFUSED, answer.outcome is Outcome.SILENT)


def texts(guideline: Guideline, vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each entry for plain search: title, statement, examples and phrasings, concepts by their names."""
    return {
        id: " ".join(
            [entry.title, entry.statement, *vocabulary.examples.get(id, ())]
            + [spoken(template) for template in vocabulary.phrasings.get(id, ())]
        )
        for id, entry in guideline.entries.items()
    }


def spoken(template: str) -> str:
    """A template as plain words."""
    return re.sub(r"[^a-z0-9']+", " ", template.lower())


def print_in_scope(ask: Ask, others: dict[str, Ask], questions: list[Question]) -> None:
    """First right, within three, refused, by kind; then the others."""
    for name, (count, first, three, refused) in measures.in_scope(ask, questions).items():
        print(f"{name:8} ({count:3}): first {first:.3f}, in three {three:.3f}, refused {refused:.3f}")
    for method, other in others.items():
        figures = measures.in_scope(other, questions).items()
        print(f"  {method}: " + "; ".join(f"{name} first {row[1]:.3f}, in three {row[2]:.3f}" for name, row in figures))


def print_more(answerer: Answerer, ask: Ask, parts: dict[str, list[Question]]) -> None:
    """Silences, rule and exception, several questions, follow-ups, as far as the file has them."""
    if silent := parts.get("silent"):
        recognised = measures.share([ask(question["q"], ()).silent for question in silent])
        print(f"silences ({len(silent)}): recognised {recognised:.3f}")
    if pairs := parts.get("pairs"):
        hits = [ask(question["q"], ()).first(question["first"]) for question in pairs]
        print(f"rule and exception ({len(pairs)}): first {measures.share(hits):.3f}")
    if several := parts.get("several"):
        print(f"several in one ({len(several)}): all shown {measures.share([_all(ask, one) for one in several]):.3f}")
    if later := parts.get("follow_ups"):
        share = measures.follow_ups(lambda question: shown_ids(answerer, question), ask, later)
        print(f"follow-ups ({len(later)}): first {share:.3f}")


def _all(ask: Ask, question: Question) -> bool:
    cited = frozenset().union(*ask(question["q"], ()).shown)
    return all(not cited.isdisjoint(wanted) for wanted in question["all"])


def shown_ids(answerer: Answerer, question: str) -> tuple[str, ...]:
    """What a conversation remembers of an answer."""
    return tuple(match.entry.id for match in answerer.answer(question).matches)


def print_typos(ask: Ask, questions: list[Question]) -> None:
    """What one typing mistake a question costs, over those that have none yet."""
    clean = [question for question in questions if not question.get("typo")]
    if not clean:
        return
    wrong = mistyped([question["q"] for question in clean])
    without = measures.share([ask(question["q"], ()).first(question["any"]) for question in clean])
    with_one = measures.share([ask(q, ()).first(question["any"]) for q, question in zip(wrong, clean, strict=True)])
    print(f"one typing mistake ({len(clean)}): {without:.3f} -> {with_one:.3f}, costs {without - with_one:.3f}")


def print_times(ask: Ask, others: dict[str, Ask], questions: Sequence[str]) -> None:
    """Milliseconds a question, and as a ratio to each of the others."""
    median, slowest = measures.times(ask, questions)
    print(f"a question: median {median:.2f} ms, 99 % within {slowest:.2f} ms")
    for name, other in others.items():
        theirs, _ = measures.times(other, questions)
        print(f"  {name}: median {theirs:.2f} ms (ratio {median / theirs:.1f})")


def report_large(answerer: Answerer, clauses: int) -> None:
    """Time on an invented guideline of many clauses."""
    vocabulary = load_vocabulary(BUILT_IN, answerer.guideline)
    guideline, words = large(clauses, answerer.guideline, vocabulary)
    big = Answerer(guideline, words)
    questions = [phrasing for phrasings in list(words.phrasings.values())[::20] for phrasing in phrasings[:1]]
    median, slowest = measures.times(asking(big), questions)
    print(f"{clauses} clauses: median {median:.2f} ms, 99 % within {slowest:.2f} ms")


if __name__ == "__main__":
    main()
