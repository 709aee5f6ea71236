"""The content of a guideline as frozen models; the YAML files beside this package hold the data."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Label = Annotated[Text, StringConstraints(max_length=65)]
"""A text short enough to stand on a button, of which 75 characters are shown, after a word or two ("All of:")."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]


class Frozen(BaseModel):
    """Content never changes once loaded, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Obligation(StrEnum):
    """The force of a statement, read off the source's own verb."""

    MUST = "must"
    SHOULD = "should"
    CONSIDER = "consider"
    MAY = "may"
    INFORMATION = "information"


class Role(Frozen):
    """A profession, with the names people use for it (all lower case)."""

    id: Identifier
    title: Label
    names: tuple[Text, ...] = ()


class Section(Frozen):
    """A part of the guideline as a reader sees it cited: `label` is the whole citation (§4.2.3 Ending phase)."""

    id: Identifier
    label: Label


class SourceDocument(Frozen):
    """Where the content was taken from."""

    id: Identifier
    title: Text
    issuer: Text | None = None
    author: Text | None = None
    published: Text | None = None
    last_consultation: Text | None = None


class SourceClause(Frozen):
    """One passage of a source document, by its canonical id; `where` is what a reader sees as the citation."""

    id: Identifier
    document: Identifier
    where: Text


class Clause(Frozen):
    """One duty or statement of the guideline, no stronger and no weaker than its source.

    `applies_to`: ids of the roles of the most responsible provider it binds; empty: every role.
    `condition`: when it holds, as a phrase beginning with "if", "when" or "unless".
    `with`: its exception or its rule, each naming the other.
    `local`: a line that is ours and not the guideline's, always shown as such.
    `source`: canonical clause ids.
    """

    kind: Literal["clause"] = "clause"
    id: Identifier
    section: Identifier
    title: Label
    statement: Text
    obligation: Obligation
    applies_to: tuple[Identifier, ...] = ()
    condition: Text | None = None
    groups: tuple[Identifier, ...] = ()
    with_: tuple[Identifier, ...] = Field(default=(), alias="with")
    see_also: tuple[Identifier, ...] = ()
    local: Text | None = None
    source: tuple[Identifier, ...] = Field(min_length=1)


class Group(Frozen):
    """Clauses that answer one question together, in the order of the guideline. Its members name it in `groups`."""

    kind: Literal["group"] = "group"
    id: Identifier
    section: Identifier
    title: Label
    statement: Text
    see_also: tuple[Identifier, ...] = ()


class Silence(Frozen):
    """What the guideline is known not to say. `nearest`: the entries that come closest."""

    kind: Literal["silence"] = "silence"
    id: Identifier
    title: Label
    statement: Text
    nearest: tuple[Identifier, ...] = Field(min_length=1)
    local: Text | None = None


class Reading(Frozen):
    """One point of a background article, attributed, never guideline. `document`: the article's id."""

    kind: Literal["reading"] = "reading"
    id: Identifier
    document: Identifier
    title: Label
    statement: Text
    source: tuple[Identifier, ...] = Field(min_length=1)


Entry = Clause | Group | Silence | Reading
"""What an answer can show."""


class Guideline(Frozen):
    """A whole guideline, checked: every reference in it resolves.

    `version`: digest of the folder's files, first 12 hexadecimal digits of a SHA-256.
    `contact`: whom to ask where the guideline is silent.
    `examples`: questions it answers, as a person would ask them, offered to whoever does not know what to ask.
    """

    id: Identifier
    title: Text
    issuer: Text
    version: Text
    contact: Text
    examples: tuple[Label, ...] = ()
    roles: tuple[Role, ...]
    sections: tuple[Section, ...]
    documents: tuple[SourceDocument, ...]
    source_clauses: tuple[SourceClause, ...]
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    silences: tuple[Silence, ...]
    readings: tuple[Reading, ...]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry by its id, in the order of the files."""
        entries: tuple[Entry, ...] = (*self.clauses, *self.groups, *self.silences, *self.readings)
        return {entry.id: entry for entry in entries}

    def members(self, group_id: str) -> tuple[Clause, ...]:
        """The clauses of a group, in the order of the guideline."""
        return tuple(clause for clause in self.clauses if group_id in clause.groups)

    def clause_ids(self, entry: Entry) -> tuple[str, ...]:
        """The canonical ids an entry cites: a group all of its members', a silence its nearest's; no id twice."""
        match entry:
            case Clause() | Reading():
                return entry.source
            case Group():
                cited = [clause.source for clause in self.members(entry.id)]
            case Silence():
                cited = [self.clause_ids(self.entries[near]) for near in entry.nearest]
        return tuple(dict.fromkeys(clause_id for ids in cited for clause_id in ids))
