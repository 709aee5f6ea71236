"""What content entries say of each other: every id they name has to exist, and no two things share one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from guideline_content.contents import Contents
from guideline_content.problems import Problem, did_you_mean
from guideline_content.yaml_files import KeyPath, Value

# Where ids are given: what they name, the file, and the list in it.
LISTS = (
    ("role", "guideline.yaml", "roles"),
    ("section", "guideline.yaml", "sections"),
    ("clause", "guideline.yaml", "clauses"),
    ("group", "guideline.yaml", "groups"),
    ("silence", "silences.yaml", "silences"),
    ("reading", "readings.yaml", "readings"),
    ("document", "source.yaml", "documents"),
    ("source clause", "source.yaml", "clauses"),
)
ENTRIES = ("clause", "group", "silence", "reading")

# Which field names ids of what. An entry's id says what it is.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "section": ("section",),
    "applies_to": ("role",),
    "groups": ("group",),
    "with": ("clause",),
    "see_also": ENTRIES,
    "nearest": ("clause",),
    "source": ("source clause",),
    "document": ("document",),
}


def dangling(contents: Contents) -> Iterator[Problem]:
    """Every reference that leads nowhere or to the wrong thing, and every id that leads to two."""
    ids = {what: {name for name, _ in contents.files[file].ids(key)} for what, file, key in LISTS}
    for _, file, key in LISTS:
        document = contents.files[file]
        for item, path in document.mappings(key):
            for field, kinds in FIELDS.items():
                for name, place in _names(item.get(field), (*path, field)):
                    if message := _wrong(name, kinds, ids) or _itself(item, field, name):
                        yield document.problem(place, message)
    yield from _twice(contents)
    yield from _other_documents(contents)


def _names(value: Value, path: KeyPath) -> Iterator[tuple[str, KeyPath]]:
    """The ids given as a value, one or a list, each with its place."""
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, list):
        for index, name in enumerate(value):
            yield from _names(name, (*path, index))


def _wrong(name: str, kinds: tuple[str, ...], ids: Mapping[str, set[str]]) -> str:
    if any(name in ids[kind] for kind in kinds):
        return ""
    what = kinds[0] if len(kinds) == 1 else "entry"
    for kind in ENTRIES:
        if kinds[0] in ENTRIES and name in ids[kind]:
            return f"'{name}' is a {kind}; only the id of a {what} can stand here"
    allowed = sorted(known for kind in kinds for known in ids[kind])
    listed = f" (allowed: {', '.join(allowed)})" if len(allowed) <= 20 else ""
    return f"there is no {what} '{name}'{listed}{did_you_mean(name, allowed)}"


def _itself(item: Mapping[str, Value], field: str, name: str) -> str:
    names_itself = field in ("with", "see_also") and name == item.get("id")
    return "an entry cannot name itself" if names_itself else ""


def _twice(contents: Contents) -> Iterator[Problem]:
    first: dict[tuple[str, str], Problem] = {}
    for what, file, key in LISTS:
        space = "entry" if what in ENTRIES else what
        for name, place in contents.files[file].ids(key):
            here = contents.files[file].problem(place, "")
            there = first.setdefault((space, name), here)
            if there != here:
                yield replace(here, message=f"'{name}' is used already, in {there.file.name} on line {there.line}")


def _other_documents(contents: Contents) -> Iterator[Problem]:
    document = {passage.entry.id: passage.entry.document for passage in contents.source_clauses}
    for reading in contents.readings:
        own = reading.entry.document
        for index, clause_id in enumerate(reading.entry.source):
            if document.get(clause_id, own) != own:
                yield reading.problem(f"'{clause_id}' is of the document '{document[clause_id]}'", "source", index)
