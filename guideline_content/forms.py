"""The base form under which the forms of a word meet: plurals, -ed, -ing and the irregular verbs of everyday speech.

Deliberately less than a stemmer does: "provider" is not "provided", nor "several" "severe".
"""

from collections.abc import Iterator, Mapping

SHORTEST = 4
_VOWELS = frozenset("aeiouy")
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am", "beat": "beaten", "become": "became", "begin": "began begun",
        "bite": "bitten", "break": "broke broken", "bring": "brought", "buy": "bought", "catch": "caught",
        "child": "children", "choose": "chose chosen", "come": "came", "deal": "dealt", "die": "dying", "do": "did done",
        "draw": "drew drawn", "drink": "drank drunken", "drive": "drove driven", "fall": "fell fallen", "feel": "felt",
        "fight": "fought", "find": "found", "forget": "forgot forgotten", "forgive": "forgave forgiven",
        "freeze": "froze frozen", "get": "got gotten", "give": "gave given", "go": "went gone goes",
        "grow": "grew grown", "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept", "know": "knew known",
        "lead": "led", "leave": "leaving leaves", "lend": "lent", "lie": "lying", "lose": "lost", "make": "made",
        "man": "men", "mean": "meant", "meet": "met", "owe": "owing", "pay": "paid", "person": "persons",
        "ride": "rode ridden", "ring": "rang", "rise": "rose risen", "run": "ran", "say": "said", "see": "saw seen",
        "seek": "sought", "sell": "sold", "send": "sent", "shake": "shook shaken", "shoot": "shot", "show": "shown",
        "sit": "sat", "sleep": "slept", "speak": "spoke spoken", "spend": "spent", "stand": "stood",
        "steal": "stole stolen", "stick": "stuck", "strike": "struck", "swear": "swore sworn", "sweep": "swept",
        "take": "took taken", "teach": "taught", "tear": "tore torn", "tell": "told", "think": "thought",
        "threaten": "threatening", "throw": "threw thrown", "understand": "understood", "wake": "woke woken",
        "wear": "wore worn", "win": "won", "withdraw": "withdrew withdrawn", "withhold": "withheld", "wife": "wives",
        "woman": "women", "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip
_ALIKE = frozenset(
    [
        "always",
        "building",
        "meaning",
        "reading",
        "lasting",
        "housing",
        "reading",
        "lasting",
        "housing",
        "during",
        "evening",
        "feed",
        "his",
        "indeed",
        "its",
        "news",
        "need",
        "outing",
        "perhaps",
        "seed",
        "sibling",
        "speed",
        "this",
        "wedding",
        "yes",
    ]
)


def base(word: str, ranks: Mapping[str, int]) -> str:
    """The base form of a word; `ranks`: English words by frequency, which tell "hope" from "hop" in "hoping"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < SHORTEST or word in _ALIKE:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _singular(word, ranks)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _VOWELS.intersection(word[: -len(ending)]):
            return next((stem for stem in _stems(word[: -len(ending)]) if stem in ranks), word)
    return word


def _singular(word: str, ranks: Mapping[str, int]) -> str:
    if word.endswith("ies") and len(word) > SHORTEST:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")) or (word.endswith("oes") and word[:-1] not in ranks):
        return word[:-2]
    return word[:-1]


def _stems(rest: str) -> Iterator[str]:
    """What may have stood before -ing or -ed, the likeliest first."""
    if len(rest) < 2:
        return
    doubled = rest[-1] == rest[-2] and rest[-1] not in _VOWELS
    if rest.endswith("i"):
        yield rest[:-1] + "y"
    if doubled and rest[-1] not in "lsz":
        yield rest[:-1]
    if rest[-1] not in _VOWELS and not doubled and (len(rest) < 3 or (rest[-2] in _VOWELS and rest[-3] not in _VOWELS)):
        yield rest + "e"
    yield rest
    yield rest + "e"
    if doubled:
        yield rest[:-1]
