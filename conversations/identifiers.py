"""What looks like a patient's identifier. Names cannot be recognised: every free-text field says "no names"."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an identifier is, as its placeholder names it."""

    PHIN = "PHIN"
    REGISTRATION = "Manitoba Health registration number"
    PHONE = "phone number"
    EMAIL = "e-mail address"
    BIRTH = "date of birth"
    POSTAL_CODE = "postal code"


@dataclass(frozen=True)
class Found:
    """Something that looks like an identifier. `span`: where in the text; `sentence`: tells the person, not echoing."""

    kind: Kind
    span: tuple[int, int]
    sentence: str


def find(text: str, *, allowed: Collection[str] = (), permitting: frozenset[Kind] = frozenset()) -> tuple[Found, ...]:
    """What looks like an identifier, in the order of the text, no two overlapping.

    `allowed`: numbers that pass however they are written (compared by their digits), besides the guideline's own.
    `permitting`: kinds this field may hold (a service's phone number among the options of a letter).
    """
    raise NotImplementedError


def mask(text: str, *, allowed: Collection[str] = (), permitting: frozenset[Kind] = frozenset()) -> str:
    """The text with each identifier replaced by what was removed: "[removed: PHIN]". What is left has none."""
    raise NotImplementedError
