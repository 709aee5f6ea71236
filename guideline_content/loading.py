"""Loads a guideline from its folder, or says everything that keeps it from being loaded."""

from hashlib import sha256
from pathlib import Path

from guideline_content.contents import Contents, GuidelineFile, ReadingsFile, SilencesFile, SourceFile, read_folder
from guideline_content.models import Guideline
from guideline_content.problems import ContentError, Problem
from guideline_content.references import dangling

__all__ = ["BUILT_IN", "ContentError", "Problem", "assemble", "load", "version"]

BUILT_IN = Path(__file__).parent / "therapeutic_relationships"


def load(folder: Path = BUILT_IN) -> Guideline:
    """The guideline in a folder. Raises `ContentError` where a file is wrong or a reference leads nowhere."""
    contents = read_folder(folder)
    problems = (*contents.problems, *dangling(contents))
    if problems:
        raise ContentError(problems)
    return assemble(folder, contents)


def assemble(folder: Path, contents: Contents) -> Guideline:
    """The guideline of contents in which nothing is wrong."""
    guideline = contents.files["guideline.yaml"].parse(GuidelineFile)
    source = contents.files["source.yaml"].parse(SourceFile)
    return Guideline(
        **dict(guideline),
        version=version(folder),
        documents=source.documents,
        source_clauses=source.clauses,
        silences=contents.files["silences.yaml"].parse(SilencesFile).silences,
        readings=contents.files["readings.yaml"].parse(ReadingsFile).readings,
    )


def version(folder: Path) -> str:
    """What `Guideline.version` holds: it changes with any content file (YAML, or a template) of the folder."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".j2")):
        text = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(text)}\n".encode() + text)
    return digest.hexdigest()[:12]
