"""What an editor of content runs: everything that keeps a guideline from loading, and what would not serve readers."""

import html
from collections.abc import Iterable, Iterator
from pathlib import Path

from guideline_content import vocabulary
from guideline_content.contents import FILES, Contents, read_folder
from guideline_content.loading import assemble
from guideline_content.models import Clause, Entry, Group, Guideline
from guideline_content.pathway_loading import has_pathway, load_pathway
from guideline_content.problems import ContentError, Problem
from guideline_content.references import dangling
from guideline_content.yaml_files import Located

CONDITION_BEGINS = ("if", "when", "unless")

SECTION = 3000
"""Characters in one section of a Slack message."""

MESSAGE = 12_000
"""Characters in a Slack message as a whole."""

MEMBERS = 21
"""Clauses shown in a Slack message of 50 blocks: two blocks each, and a few for heading, buttons and hints."""

MARKUP = 200
"""Characters kept free beside each text: citation, obligation, roles, markup."""


def check(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a content folder, in the order in which its files are read; empty: nothing."""
    try:
        contents = read_folder(folder)
    except ContentError as error:
        return in_reading_order(error.problems)
    broken = (*contents.problems, *dangling(contents))
    beside = () if broken else _of_files_beside(folder, assemble(folder, contents))
    return in_reading_order((*broken, *beside, *unserviceable(contents)))


def _of_files_beside(folder: Path, guideline: Guideline) -> tuple[Problem, ...]:
    """What is wrong with the files that go with a guideline that can be loaded: its words, and what cases follow."""
    return (*vocabulary.problems(folder, guideline), *_of_pathway(folder, guideline))


def _of_pathway(folder: Path, guideline: Guideline) -> tuple[Problem, ...]:
    if not has_pathway(folder):
        return ()
    try:
        load_pathway(folder, guideline)
    except ContentError as error:
        return tuple(error.problems)
    return ()


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, those that hold the guideline first, then by line."""
    ranks = {name: rank for rank, name in enumerate(FILES)}
    return tuple(sorted(problems, key=lambda problem: (ranks.get(problem.file.name, len(ranks)), problem)))


def unserviceable(contents: Contents) -> Iterator[Problem]:
    """What loads but would be shown wrongly, not at all, or not be understood."""
    for clause in contents.clauses:
        yield from _one_sided(clause, contents)
        yield from _condition(clause)
    for group in contents.groups:
        yield from _members(group, contents)
    for entry in contents.entries:
        yield from _too_long(entry)
    yield from _titles(contents)
    yield from _uncited(contents)


def _one_sided(clause: Located[Clause], contents: Contents) -> Iterator[Problem]:
    counterparts = {other.entry.id: other.entry.with_ for other in contents.clauses}
    for index, name in enumerate(clause.entry.with_):
        if name != clause.entry.id and clause.entry.id not in counterparts.get(name, (clause.entry.id,)):
            yield clause.problem(f"'{name}' does not name '{clause.entry.id}' in its own 'with'", "with", index)


def _condition(clause: Located[Clause]) -> Iterator[Problem]:
    condition = clause.entry.condition
    if condition and not condition.startswith(tuple(f"{word} " for word in CONDITION_BEGINS)):
        yield clause.problem(f"a condition begins with one of: {', '.join(CONDITION_BEGINS)}", "condition")


def _members(group: Located[Group], contents: Contents) -> Iterator[Problem]:
    members = [clause.entry for clause in contents.clauses if group.entry.id in clause.entry.groups]
    if group.entry.id not in contents.files["guideline.yaml"].words("clauses", "groups"):
        yield group.problem("no clause names this group in its 'groups'")
    if len(members) > MEMBERS:
        yield group.problem(f"the group has {len(members)} members; {MEMBERS} fit in a message")
    entries: tuple[Entry, ...] = (group.entry, *members)
    shown = sum(len(_shown(entry)) + MARKUP for entry in entries)
    if shown > MESSAGE:
        yield group.problem(f"the group takes about {shown} characters; {MESSAGE} fit in a message")


def _too_long(entry: Located[Entry]) -> Iterator[Problem]:
    shown = len(_shown(entry.entry))
    if shown > SECTION - MARKUP:
        yield entry.problem(f"the texts have {shown} characters together; {SECTION - MARKUP} fit", "statement")


def _shown(entry: Entry) -> str:
    """An entry's texts as Slack counts them: & < > are sent as &amp; &lt; &gt;."""
    texts = (getattr(entry, field, None) for field in ("title", "condition", "statement", "local"))
    return html.escape("".join(text for text in texts if text), quote=False)


def _titles(contents: Contents) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for entry in contents.entries:
        title = entry.entry.title
        if "\n" in title:
            yield entry.problem("a title is one line", "title")
        if first.setdefault(title.casefold(), entry.entry.id) != entry.entry.id:
            yield entry.problem(f"'{first[title.casefold()]}' has this title already", "title")


def _uncited(contents: Contents) -> Iterator[Problem]:
    in_clauses = contents.files["guideline.yaml"].words("clauses", "source")
    in_readings = contents.files["readings.yaml"].words("readings", "source")
    for passage in contents.source_clauses:
        if passage.entry.id not in in_clauses | in_readings:
            yield passage.problem(f"no entry has '{passage.entry.id}' as its source")
