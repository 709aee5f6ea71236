"""What is wrong with templates as an editor wrote them, each with the line it stands on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guideline_content.phrasings import TemplateError, concepts_in, expand
from guideline_content.problems import Problem, did_you_mean
from guideline_content.text import content_words
from guideline_content.yaml_files import Document, KeyPath


@dataclass(frozen=True)
class Line:
    """One template in a file. `owner`: the entry or topic it speaks for."""

    document: Document
    path: KeyPath
    number: int
    owner: str
    template: str

    def problem(self, message: str) -> Problem:
        """A problem with this line."""
        return Problem(self.document.path, self.number, self.document.key(self.path), message)


def templates(text: str) -> Iterator[tuple[int, str]]:
    """The templates in a text, one a line, counted from 0; a line that begins with # is a remark."""
    for offset, line in enumerate(text.splitlines()):
        template = line.strip()
        if template and not template.startswith("#"):
            yield offset, template


def lines_of(document: Document, path: KeyPath, owner: str) -> Iterator[Line]:
    """The templates of the text at `path`; written with `|`, its first line stands below its key."""
    text = document.written[path]
    first = document.lines[path] + ("\n" in text)
    for offset, template in templates(text):
        yield Line(document, path, first + offset, owner, template)


def wrong(lines: Iterable[Line], concepts: Iterable[str]) -> Iterator[Problem]:
    """Templates that cannot be read, stand for too many wordings, name unknown concepts, or claim another's wording."""
    known = frozenset(concepts)
    claimed: dict[tuple[str, ...], Line] = {}
    for line in lines:
        for concept in concepts_in(line.template):
            if concept not in known:
                yield line.problem(f"there is no concept '{concept}' in the lexicon{did_you_mean(concept, known)}")
        try:
            wordings = [tuple(content_words(wording)) for wording in expand(line.template)]
        except TemplateError as error:
            yield line.problem(str(error))
            continue
        yield from _claimed_twice(line, wordings, claimed)


def _claimed_twice(
    line: Line, wordings: Iterable[tuple[str, ...]], claimed: dict[tuple[str, ...], Line]
) -> Iterator[Problem]:
    for wording in wordings:
        first = claimed.setdefault(wording, line)
        if first.owner != line.owner:
            where = f"{first.owner} ({first.document.path.name}:{first.number})"
            yield line.problem(f"'{' '.join(wording)}' is claimed by {where} as well; keep it where it belongs")
            return
