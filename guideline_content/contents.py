"""A content folder as far as it can be read: what is wrong with one entry leaves the others to be checked."""

from dataclasses import dataclass
from pathlib import Path

from guideline_content.models import (
    Clause,
    Entry,
    Frozen,
    Group,
    Identifier,
    Label,
    Reading,
    Role,
    Section,
    Silence,
    SourceClause,
    SourceDocument,
    Text,
)
from guideline_content.problems import ContentError, Problem
from guideline_content.yaml_files import Document, Located


class GuidelineFile(Frozen):
    """What guideline.yaml holds."""

    id: Identifier
    title: Text
    issuer: Text
    contact: Text
    examples: tuple[Label, ...] = ()
    roles: tuple[Role, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]


class SilencesFile(Frozen):
    """What silences.yaml holds."""

    silences: tuple[Silence, ...]


class ReadingsFile(Frozen):
    """What readings.yaml holds."""

    readings: tuple[Reading, ...]


class SourceFile(Frozen):
    """What source.yaml holds."""

    documents: tuple[SourceDocument, ...]
    clauses: tuple[SourceClause, ...]


FILES: dict[str, type[Frozen]] = {
    "guideline.yaml": GuidelineFile,
    "silences.yaml": SilencesFile,
    "readings.yaml": ReadingsFile,
    "source.yaml": SourceFile,
}


@dataclass(frozen=True)
class Contents:
    """The files of a folder by name, what is wrong with each of them taken alone, and their valid items."""

    files: dict[str, Document]
    problems: tuple[Problem, ...]
    clauses: tuple[Located[Clause], ...]
    groups: tuple[Located[Group], ...]
    silences: tuple[Located[Silence], ...]
    readings: tuple[Located[Reading], ...]
    source_clauses: tuple[Located[SourceClause], ...]

    @property
    def entries(self) -> tuple[Located[Entry], ...]:
        """Everything an answer can show, in the order of the files."""
        return (*self.clauses, *self.groups, *self.silences, *self.readings)


def read_folder(folder: Path) -> Contents:
    """Raises `ContentError` where a file is missing or not YAML, together with what is wrong in the others."""
    if not folder.is_dir():
        raise ContentError([Problem(folder, 1, "", "there is no such folder")])
    files, problems = _files(folder)
    if len(files) < len(FILES):
        raise ContentError(problems)
    return Contents(
        files,
        tuple(problems),
        clauses=files["guideline.yaml"].items("clauses", Clause),
        groups=files["guideline.yaml"].items("groups", Group),
        silences=files["silences.yaml"].items("silences", Silence),
        readings=files["readings.yaml"].items("readings", Reading),
        source_clauses=files["source.yaml"].items("clauses", SourceClause),
    )


def _files(folder: Path) -> tuple[dict[str, Document], list[Problem]]:
    files: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, model in FILES.items():
        try:
            files[name] = Document.open(folder / name)
            problems += files[name].problems(model)
        except ContentError as error:
            problems += error.problems
    return files, problems
