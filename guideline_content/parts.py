"""The questions in a message: several of them in one, told from what is said around them."""

import re

MOST_QUESTIONS = 3

_ASKS = (
    r"(?:who|whom|whose|what|whats|when|where|why|how|which|do|does|did|can|could|may|must|should|is|are|am|will|would|"
    r"shall|has|have|need)"
)
_SENTENCE = re.compile(r"(?<=[?!.;])\s+|\n+")
_JOINED = re.compile(rf"(?:,\s*|\s+)(?:and|also|plus|&|or|but)\s+(?:also\s+|then\s+)?(?={_ASKS}\b)", re.IGNORECASE)
_LISTED = re.compile(
    rf",\s*(?={_ASKS}\s+(?:i|we|they|he|she|it|the|my|our|a)\b"
    r"|(?:what|when|where|how|why)\s+(?:do|does|did|is|are|can|must|should|will)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(rf"^\W*(?:(?:so|and|but|or|ok|also|then|if not|if so)\W+)*{_ASKS}\b|\?\W*$", re.IGNORECASE)


def questions(message: str) -> list[str]:
    """Each question in a message, together with what is said before it; a message without any is one question."""
    asked: list[str] = []
    said: list[str] = []
    for sentence in _SENTENCE.split(message):
        for part in _split(sentence):
            said.append(part)
            if _QUESTION.search(part):
                asked.append(" ".join(said))
                said = []
    if not asked:
        return [message]
    asked[-1] = " ".join([asked[-1], *said])
    return asked


def pieces(message: str) -> list[str]:
    """Everything that is said in a message one after the other, asked or not."""
    return [part for sentence in _SENTENCE.split(message) for part in _split(sentence)]


def _split(sentence: str) -> list[str]:
    parts = [part for joined in _JOINED.split(sentence) for part in _LISTED.split(joined)]
    return [part.strip() for part in parts if part.strip()]
