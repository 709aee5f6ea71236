"""The methods that answers are compared with, over the same content, each as plain as it comes."""

import re
import sqlite3
from collections.abc import Callable, Mapping

import bm25s
from rapidfuzz import fuzz, process

from guideline_content.models import Guideline
from tests.bench.measures import Answered, Ask

Search = Callable[[str], list[tuple[str, float]]]


def baselines(guideline: Guideline, texts: Mapping[str, str]) -> dict[str, Ask]:
    """FTS5, bm25s and rapidfuzz over the text of each entry."""
    searches = {"sqlite FTS5": fts5(texts), "bm25s": bm25(texts), "rapidfuzz token_set_ratio": token_set(texts)}
    return {name: _asking(guideline, search) for name, search in searches.items()}


def _asking(guideline: Guideline, search: Search) -> Ask:
    def ask(question: str, _before: tuple[str, ...]) -> Answered:
        found = search(question)
        shown = tuple(frozenset(guideline.clause_ids(guideline.entries[id])) for id, _ in found)
        return Answered(shown, found[0][1] if found else 0.0, refused=not found)

    return ask


def fts5(texts: Mapping[str, str]) -> Search:
    """SQLite's full-text search: any word of the question, ranked by bm25, with its Porter stemmer."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table entries using fts5(id unindexed, text, tokenize='porter')")
    database.executemany("insert into entries values (?, ?)", texts.items())

    def search(question: str) -> list[tuple[str, float]]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        if not words:
            return []
        query = "select id, -rank from entries where text match ? order by rank limit 5"
        return database.execute(query, [words]).fetchall()

    return search


def bm25(texts: Mapping[str, str]) -> Search:
    """bm25s as its README shows it, with English stop words."""
    ids = list(texts)
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(texts.values()), stopwords="en", show_progress=False), show_progress=False)

    def search(question: str) -> list[tuple[str, float]]:
        tokens = bm25s.tokenize([question], stopwords="en", show_progress=False)
        found, scores = retriever.retrieve(tokens, k=5, show_progress=False)
        return [(ids[number], float(score)) for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def token_set(texts: Mapping[str, str]) -> Search:
    """rapidfuzz's token_set_ratio between the question and each text."""
    lowered = {id: text.lower() for id, text in texts.items()}

    def search(question: str) -> list[tuple[str, float]]:
        found = process.extract(question.lower(), lowered, scorer=fuzz.token_set_ratio, limit=5)
        return [(id, score) for _, score, id in found]

    return search
