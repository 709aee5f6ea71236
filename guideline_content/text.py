"""A message as words: what Slack, keyboards and phones add to it is taken away."""

import html
import re
import unicodedata

LONGEST_QUESTION = 3000
BREAK = "\n"
"""Stands among words where a text begins or ends."""

_LINKED = re.compile(r"<(?:https?://|tel:)[^>|]*\|([^>]*)>")
_ANGLED = re.compile(r"<[@#!][^>]*>|<(?:https?|mailto|tel):[^>]*>|https?://\S+|\S+@\S+\.\S+")
_EMOJI = re.compile(r":[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_CONTENT_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|\n|\{[a-z0-9.-]+\}|~")
_ENDINGS = {"'m": "am", "'re": "are", "'ll": "will", "'ve": "have", "'d": "would", "'s": ""}
_CONTRACTED = {
    "cant": "can not", "cannot": "can not", "wont": "will not", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "isnt": "is not", "arent": "are not", "wasnt": "was not", "werent": "were not",
    "hasnt": "has not", "havent": "have not", "hadnt": "had not", "shouldnt": "should not",
    "couldnt": "could not", "wouldnt": "would not", "mustnt": "must not", "neednt": "need not", "aint": "is not",
    "im": "i am", "ive": "i have", "id": "i would", "youre": "you are", "theyre": "they are", "weve": "we have",
    "theyve": "they have", "thats": "that is", "whats": "what is", "whos": "who is", "wheres": "where is",
    "hows": "how is", "whens": "when is", "theres": "there is", "lets": "let us", "gonna": "going to",
    "wanna": "want to", "gotta": "have to", "hafta": "have to", "gimme": "give me", "lemme": "let me",
    "dunno": "do not know", "kinda": "kind of", "sorta": "sort of", "outta": "out of", "cuz": "because",
    "cos": "because", "bc": "because", "plz": "please", "pls": "please", "u": "you", "ur": "your", "r": "are",
}  # fmt: skip


def words(message: str) -> list[str]:
    """The words of a message in lower case, contractions written out; links, mentions and emoji are left out."""
    plain = unicodedata.normalize("NFKD", _unescaped(message[:LONGEST_QUESTION])).lower()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\u2019", "'")
    return _in_full(_WORD.findall(_EMOJI.sub(" ", plain)))


def content_words(text: str) -> list[str]:
    """The words of a text of ours, `{concepts}`, `~` and the end of each line among them."""
    return _in_full(_CONTENT_WORD.findall(text.lower()))


def _in_full(found: list[str]) -> list[str]:
    """The words with contractions written out."""
    contracted = {word: _written_out(word) for word in set(found) if "'" in word or word in _CONTRACTED}
    if not contracted:
        return found
    return [part for word in found for part in contracted.get(word, (word,))]


def _unescaped(message: str) -> str:
    return _ANGLED.sub(" ", html.unescape(_LINKED.sub(r"\1 ", message)))


def _written_out(word: str) -> list[str]:
    joined = word.replace("'", "")
    if joined in _CONTRACTED:
        return _CONTRACTED[joined].split()
    head, _, tail = word.partition("'")
    return [part for part in (head, _ENDINGS.get("'" + tail, tail)) if part]
