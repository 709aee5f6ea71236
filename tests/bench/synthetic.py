"""Invented content and mistakes: a guideline of ten thousand clauses, and one typing mistake a question."""

from itertools import accumulate
from random import Random

from guideline_content.models import Clause, Guideline, Obligation, Section, SourceClause, SourceDocument
from guideline_content.spelling import english
from guideline_content.vocabulary import Vocabulary

SEED = 20200218
SHORTEST = 4
KEYS = "qwertyuiop asdfghjkl zxcvbnm"


def large(clauses: int, like: Guideline, words_of: Vocabulary) -> tuple[Guideline, Vocabulary]:
    """A guideline of so many invented clauses, three phrasings each, with the roles and the lexicon of a real one."""
    random = Random(SEED)
    words = [word for word in list(english())[200:15_000] if len(word) >= SHORTEST]
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))

    def text(length: int) -> str:
        return " ".join(random.choices(words, cum_weights=weights, k=length))

    made = tuple(
        Clause(
            id=f"clause.{number}", section="all", title=text(4), statement=text(22), obligation=Obligation.INFORMATION,
            source=(f"source.{number}",),
        )
        for number in range(clauses)
    )  # fmt: skip
    document = SourceDocument(id="document", title="Invented")
    sources = tuple(SourceClause(id=clause.source[0], document="document", where="-") for clause in made)
    guideline = Guideline.model_construct(
        **dict(like)
        | {
            "clauses": made, "groups": (), "silences": (), "readings": (), "documents": (document,),
            "source_clauses": sources, "sections": (Section(id="all", label="All"),),
        }
    )  # fmt: skip
    phrasings = {clause.id: tuple(text(random.randint(3, 7)) for _ in range(3)) for clause in made}
    return guideline, Vocabulary(phrasings, words_of.concepts, words_of.plain)


def mistyped(questions: list[str]) -> list[str]:
    """Each question with one mistake in one of its longer words: a letter swapped, left out, doubled or beside."""
    random = Random(SEED)
    return [_mistype(question, random) for question in questions]


def _mistype(question: str, random: Random) -> str:
    words = question.split(" ")
    long = [number for number, word in enumerate(words) if word.isalpha() and len(word) >= SHORTEST]
    if not long:
        return question
    chosen = random.choice(long)
    word, at = words[chosen], random.randint(1, len(words[chosen]) - 2)
    beside = KEYS[max(0, KEYS.find(word[at].lower()) - 1)].strip() or "a"
    words[chosen] = random.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + beside + word[at + 1 :],
        ]
    )
    return " ".join(words)
