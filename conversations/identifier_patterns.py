"""How each kind of identifier is written, in plain text. Every repetition is bounded, so time grows with the length."""

import re
from collections.abc import Iterator
from enum import StrEnum

BARRIER = "\x1f"
"""Stands where an identifier was removed. Words on its other side announce nothing. Plain text never holds it."""


class Kind(StrEnum):
    """What an identifier is, as its placeholder names it."""

    PHIN = "PHIN"
    REGISTRATION = "Manitoba Health registration number"
    PHONE = "phone number"
    EMAIL = "e-mail address"
    BIRTH = "date of birth"
    POSTAL_CODE = "postal code"


Candidate = tuple[Kind, int, int]
"""A kind and the span of plain text that is written like one."""

_BEFORE = r"(?:(?<![a-z0-9])|(?<=phin)|(?<=phn)|(?<=tel)|(?<=ph)|(?<=cell)|(?<=fax)|(?<=no))"
_GAP = r"[ .\-/]{0,3}"

_CHAIN = re.compile(_BEFORE + r"\d(?:[ \-]{0,3}\d)*")
_RUN = re.compile(r"\d+")
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_LINK = re.compile(r"<(?P<scheme>tel|mailto):[^<>\n]*>")
_EMAIL = re.compile(r"[\w.%+'\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")

_TEN_DIGITS = re.compile(rf"{_BEFORE}(?:\+?1{_GAP})?(?:\( ?\d{{3}} ?\)|\d{{3}}){_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)")
_UNBROKEN = re.compile(r"\+?1?(?P<area>\d)\d{9}")
_ABROAD = re.compile(r"(?<![a-z0-9])\+[2-9](?:[ .\-/()]{0,3}\d){7,14}(?!\d)")
_SEVEN_DIGITS = re.compile(_BEFORE + r"(?<!\d[.\-/ ])[2-9]\d{2}(?P<gap>[ .\-]?)\d{4}(?![\-./]?\d)")
_PHONE_WORDS = re.compile(
    r"phone|\btel\b|\bcell|mobile|\bfax|\bcall|\btext|\bdial|\bring\b|\breach|number is|t[eé]l[eé]"
)

_SIX_DIGITS = re.compile(rf"{_BEFORE}(?<!\d[.\-/])\d{{3}}[ \-]?\d{{3}}(?![\-./]?\d)")
_REGISTRATION_WORDS = re.compile(
    r"manitoba health|\bmb health|\bmhsc\b|\bmhsin\b|\bregistration|\breg\b|health (?:card|number|insurance|id\b|no\b)"
    r"|\bphi?n|\bmhc?\b ?(?:#|no|number)"
)

_POSTAL_CODE = re.compile(
    r"(?<![a-z0-9])[abceghj-nprstvxy]\d[abceghj-nprstv-z][ \-]{0,3}\d[abceghj-nprstv-z]\d(?![a-z0-9])"
)

_MONTH = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|f[eé]v(?:rier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin"
    r"|july?|juil(?:let)?|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?"
    r"|d[eé]c(?:ember|embre)?)"
)
_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th|er)?"
_YEAR = r"(?P<{}>(?:18|19|20)\d\d)(?!\d)"
_BETWEEN = r"[ .,/\-]{0,3}(?:of |de )?"
_BEFORE_DATE = r"(?:(?<![a-z0-9])|(?<=dob)|(?<=born))"
_CUT = r"[ ./\-]{1,3}"
_WHOLE_DATE = re.compile(
    _BEFORE_DATE
    + "(?:"
    + "|".join(
        (
            _YEAR.format("a") + _CUT + _DAY + _CUT + _DAY,
            _DAY + _CUT + _DAY + _CUT + _YEAR.format("b"),
            _DAY + _BETWEEN + _MONTH + _BETWEEN + _YEAR.format("c"),
            _MONTH + _BETWEEN + _DAY + _BETWEEN + _YEAR.format("d"),
            _YEAR.format("e") + _BETWEEN + _MONTH + _BETWEEN + _DAY,
        )
    )
    + r")(?!\d)"
)
_LOOSE_DATE = re.compile(
    rf"{_BEFORE_DATE}(?:{_DAY}{_CUT}{_DAY}{_CUT}'?\d\d|\d{{8}}|\d{{6}}"
    rf"|{_DAY}{_BETWEEN}{_MONTH}(?:{_BETWEEN}'?\d\d)?|{_MONTH}{_BETWEEN}{_DAY}(?:{_BETWEEN}'?\d\d)?"
    rf"|{_MONTH}{_BETWEEN}\d{{4}})(?![a-z0-9])"
)
_BIRTH_WORDS = re.compile(
    r"birth(?! ?control)|\b(?:new)?born\b|\bdob(?![a-z])|\bd\. ?o\. ?b|\bb-?day|naissance|\bn[eé]e? le\b|\bddn\b"
)


def candidates(text: str) -> Iterator[Candidate]:
    """Everything in the plain text that is written like an identifier; spans may overlap."""
    yield from _links(text)
    yield from _chains(text)
    yield from _phones(text)
    yield from ((Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(text))
    yield from ((Kind.POSTAL_CODE, *match.span()) for match in _POSTAL_CODE.finditer(text))
    yield from _births(text)
    for match in _SIX_DIGITS.finditer(text):
        if _announced(text, match, _REGISTRATION_WORDS):
            yield Kind.REGISTRATION, *match.span()


def _announced(text: str, match: re.Match[str], words: re.Pattern[str]) -> bool:
    """Whether such a word stands up to 40 characters before, or up to 30 after."""
    before = text[max(0, match.start() - 40) : match.start()].rpartition(BARRIER)[2]
    after = text[match.end() : match.end() + 30].partition(BARRIER)[0]
    return bool(words.search(before) or words.search(after))


def _links(text: str) -> Iterator[Candidate]:
    """Numbers and addresses as chat services write them when they make links of them."""
    for match in _LINK.finditer(text):
        yield Kind.PHONE if match["scheme"] == "tel" else Kind.EMAIL, *match.span()


def _chains(text: str) -> Iterator[Candidate]:
    """Digits that spaces and dashes hold together: nine unbroken, three times three, or nine (ten) in all."""
    for chain in _CHAIN.finditer(text):
        runs = list(_RUN.finditer(text, *chain.span()))
        lengths = [len(run[0]) for run in runs]
        yield from ((Kind.PHIN, *run.span()) for run in runs if len(run[0]) == 9)
        for first in range(len(runs) - 2):
            if lengths[first : first + 3] == [3, 3, 3]:
                yield Kind.PHIN, runs[first].start(), runs[first + 2].end()
        if _in_pieces(chain[0], lengths) and sum(lengths) in (9, 10):
            yield Kind.PHIN if sum(lengths) == 9 else Kind.PHONE, *chain.span()


def _in_pieces(chain: str, lengths: list[int]) -> bool:
    """Whether one number is spelled digit by digit, in pairs, or, if it has nine digits, in two or three groups.

    Not a date with a count or an hour, nor amounts in a row.
    """
    if len(set(re.findall(r"[ \-]+", chain))) != 1:
        return False
    if set(lengths[:-1]) in ({1}, {2}) and lengths[-1] <= lengths[0]:
        return True
    return sum(lengths) == 9 and len(lengths) <= 3 and not _YEAR_ALONE.search(chain)


def _phones(text: str) -> Iterator[Candidate]:
    for match in _TEN_DIGITS.finditer(text):
        unbroken = _UNBROKEN.fullmatch(match[0])
        if not unbroken or unbroken["area"] not in "01" or _announced(text, match, _PHONE_WORDS):
            yield Kind.PHONE, *match.span()
    yield from ((Kind.PHONE, *match.span()) for match in _ABROAD.finditer(text))
    for match in _SEVEN_DIGITS.finditer(text):
        if match["gap"] == "-" or _announced(text, match, _PHONE_WORDS):
            yield Kind.PHONE, *match.span()


def _births(text: str) -> Iterator[Candidate]:
    """A date that a word announces, and any whole date before 2000: no meeting about a case was held then."""
    for match in _WHOLE_DATE.finditer(text):
        year = next(year for year in match.groups() if year)
        if year < "2000" or _announced(text, match, _BIRTH_WORDS):
            yield Kind.BIRTH, *match.span()
    for match in _LOOSE_DATE.finditer(text):
        if _announced(text, match, _BIRTH_WORDS):
            yield Kind.BIRTH, *match.span()
