"""Who a message is from, as its head shows it."""

import re
from dataclasses import dataclass

from bot.local.people import SLACKBOT

COLOURS = 6


@dataclass(frozen=True)
class Author:
    """A name with its badge. `mark`: person-0 to person-5, app or note; the stylesheet gives it a colour."""

    name: str
    initials: str
    mark: str


def author(user: str, name: str, people: tuple[str, ...]) -> Author:
    """The author behind an id; whoever is not among the people is the app, or the workspace itself."""
    if user in people:
        return Author(name, initials(name), f"person-{people.index(user) % COLOURS}")
    return Author(name, initials(name), "note" if user == SLACKBOT.id else "app")


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = re.findall(r"\w+", name) or ["?"]
    return "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1])))
