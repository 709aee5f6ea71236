"""The asker's role, as said in a question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from guideline_content.models import Role

_DETERMINERS = frozenset(
    {
        "a",
        "an",
        "the",
        "just",
        "only",
        "also",
        "new",
        "your",
        "our",
        "one",
        "of",
        "those",
        "any",
        "some",
        "all",
        "other",
    }
    | {"we", "us"}
)
_SELF = frozenset([("i", "am"), ("we", "are"), ("being",), ("me", "being"), ("am", "i"), ("as",), ("work", "as")])
_NOT_SELF = frozenset([("well", "as"), ("such", "as"), ("works", "as"), ("worked", "as")])
_BEING = frozenset(["is", "are"])
_SUBJECT = _BEING | {"do", "does", "did", "can", "could", "must", "should", "may", "will", "would", "shall", "for"}
_OPENING = frozenset(["and", "but", "or", "so", "if", "when", "what", "why", "how", "also", "then", "provider", "mrp"])
_ASKING = frozenset(["what", "who", "when", "how", "where", "why", "which", "i", "we", "my", "our"])
_ASKED_OF = frozenset(["i", "we", "it", "this", "that", "there", "the", "my", "our", "they", "he", "she", "you"])
_RESPONSIBLE = frozenset(
    [("is", "the", "mrp"), ("is", "the", "most"), ("as", "the", "mrp"), ("as", "most", "responsible")]
)


@dataclass(frozen=True)
class Spoken:
    """A role said in a question. `own`: words in which the asker says what they are, which ask nothing."""

    role: str
    own: range


class RoleNames:
    """Finds roles by the names people use, the longest first: "nurse practitioner" is not "nurse"."""

    def __init__(self, roles: Sequence[Role], words: Callable[[str], list[str]]) -> None:
        self.names = {role.id: [words(name) for name in (*role.names, role.title)] for role in roles}
        self._by_words = {
            form: role for role, names in self.names.items() for name in names for form in _forms(tuple(name))
        }
        self._longest = max((len(name) for name in self._by_words), default=0)

    def spoken(self, words: Sequence[str], *, aside: bool = False) -> Spoken | None:
        """The asker's role by their own words ("I'm an NP"), or else the one the question is about ("do nurses").

        `aside`: whether "here" ends an introduction ("NP here, ...").
        """
        subject = None
        for start, end, role in self._found(words):
            before = start
            while before and words[before - 1] in _DETERMINERS - {"we"}:
                before -= 1
            if own := self._own(words, before, end, aside):
                return Spoken(role, own)
            if subject is None and (_is_subject(words, before) or tuple(words[end : end + 3]) in _RESPONSIBLE):
                subject = Spoken(role, range(0))
        return subject

    def _own(self, words: Sequence[str], before: int, end: int, aside: bool) -> range | None:
        if "not" in words[max(0, before - 2) : before] or tuple(words[max(0, before - 2) : before]) in _NOT_SELF:
            return None
        for length in (2, 1):
            if before >= length and tuple(words[before - length : before]) in _SELF:
                return range(before - length, end)
        if words[end : end + 1] == ["here"] and (aside or _introduces(words, before, words[end + 1 :])):
            return range(before, end + 1)
        return None

    def _found(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        at = 0
        while at < len(words):
            for length in range(self._longest, 0, -1):
                role = self._by_words.get(tuple(words[at : at + length]))
                if role and at + length <= len(words):
                    yield at, at + length, role
                    at += length - 1
                    break
            at += 1


def _introduces(words: Sequence[str], before: int, after: Sequence[str]) -> bool:
    """Whether a role "here" is who asks ("NP here can I"), not somebody who is told of ("a doctor here was hit")."""
    if words[before] in _DETERMINERS:
        return False
    return not after or after[0] in _ASKING or (after[0] in _SUBJECT and len(after) > 1 and after[1] in _ASKED_OF)


def _is_subject(words: Sequence[str], before: int) -> bool:
    """Whether the role that begins there is who is asked about: "is a nurse bound", not "the patient is a nurse"."""
    if not before or words[before - 1] not in _SUBJECT:
        return False
    return words[before - 1] not in _BEING or before == 1 or words[before - 2] in _OPENING


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name in the singular and, as far as an s or es makes it, in the plural."""
    yield name
    *rest, last = name
    yield (*rest, last + "s")
    if last.endswith(("fe",)):
        yield (*rest, last[:-2] + "ves")
