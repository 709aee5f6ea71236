"""What a form's texts have to be before they are taken: there, not too long, and without identity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversations import identifiers
from conversations.errors import FieldErrors
from conversations.identifiers import Kind
from guideline_content.writing import tidy

LONGEST = 3000
"""Characters of a text. Nothing longer is cut: it is refused."""

OF_A_SERVICE = frozenset({Kind.PHONE, Kind.EMAIL, Kind.POSTAL_CODE})
"""What a field may hold where services are named, which have phone numbers and addresses of their own."""


@dataclass(frozen=True)
class FreeText:
    """A field that a person wrote. `permitting`: kinds of identifiers that are no patient's in this field."""

    name: str
    text: str | None
    required: bool = True
    longest: int = LONGEST
    permitting: frozenset[Kind] = frozenset()


def problems(texts: Iterable[FreeText]) -> dict[str, str]:
    """What is wrong, by field: a sentence each."""
    found = {text.name: _problem(text) for text in texts}
    return {name: sentence for name, sentence in found.items() if sentence}


def refuse(wrong: Mapping[str, str]) -> None:
    """Raises `FieldErrors` if anything is wrong."""
    if wrong:
        raise FieldErrors(wrong)


def check(*texts: FreeText) -> None:
    """Raises `FieldErrors` if anything is wrong with the texts."""
    refuse(problems(texts))


def _problem(field: FreeText) -> str | None:
    text = tidy(field.text or "")
    if not text:
        return "Please fill this in." if field.required else None
    if len(text) > field.longest:
        return f"This has {len(text):,} characters; at most {field.longest:,} can be kept. Please shorten it."
    found = identifiers.find(text, permitting=field.permitting)
    return found[0].sentence if found else None
