"""Writes a letter: the content's sentences, and the author's words as text that is never read as template."""

from datetime import date
from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from guideline_content.letter import AuthorField, Reasons
from guideline_content.models import Frozen
from guideline_content.pathway import Pathway
from guideline_content.writing import Written


class LetterForm(Frozen):
    """What an author fills in. Either the reasons, or the rationale for withholding them, which no letter shows.

    `start` and `end`: of emergency care, for the roles it binds.
    """

    reasons: Written | None = None
    rationale: Written | None = None
    continuing_care: Written
    options: Written
    start: date | None = None
    end: date | None = None

    @property
    def states(self) -> Reasons:
        """Whether the letter states the reasons."""
        return Reasons.STATED if self.reasons is not None else Reasons.WITHHELD


class PartText(Frozen):
    """A paragraph of a letter as it reads."""

    id: str
    text: Written


def long_date(day: date) -> str:
    """A date that cannot be misread: 3 March 2027."""
    return f"{day.day} {day:%B} {day.year}"


def environment() -> SandboxedEnvironment:
    """How templates of content are read. What they print is plain text; a name that nobody gave them is an error."""
    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    made.filters["long_date"] = long_date
    return made


def block_name(part_id: str) -> str:
    """The block of the template that holds a part."""
    return part_id.replace("-", "_")


def write(pathway: Pathway, form: LetterForm, role: str) -> tuple[PartText, ...]:
    """The letter's paragraphs in order, for this role of the most responsible provider."""
    template = _compiled(pathway.template)
    context = template.new_context(_values(form))
    return tuple(
        PartText(id=part.id, text="".join(template.blocks[block_name(part.id)](context)).strip())
        for part in pathway.parts(role, form.states)
    )


def wording(words: str, form: LetterForm) -> str:
    """A wording of an element, with the letter's dates in it."""
    return _compiled(words).render(_values(form))


def _values(form: LetterForm) -> dict[str, object]:
    """Without the rationale, so that no template can show it."""
    values = {name: getattr(form, name) for name in ("reasons", "continuing_care", "options", "start", "end")}
    return {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=256)
def _compiled(template: str) -> Template:
    return environment().from_string(template)


def author_fields(form: LetterForm) -> dict[AuthorField, str]:
    """The texts an author wrote, by field."""
    texts = {field: getattr(form, field.value) for field in AuthorField}
    return {field: text for field, text in texts.items() if text is not None}
