"""What buttons and forms of a case carry: opaque ids, and the version of what the person saw. Nothing of its content.

What Slack sends back is authentic but may be old: the case is loaded anew, and the versions are compared.
"""

import json
from dataclasses import asdict, dataclass
from typing import Self

_SEPARATOR = "|"


@dataclass(frozen=True)
class Reference:
    """What a button is about. `thing`: a step, a letter's number, an exception; `version`: of it, as the person saw it.

    `choice`: what the button stands for among several: an answer, the SHA-256 of a text.
    """

    code: str
    thing: str = ""
    version: int = 0
    choice: str = ""

    def value(self) -> str:
        """As a button carries it."""
        return _SEPARATOR.join((self.code, self.thing, str(self.version), self.choice))

    @classmethod
    def parse(cls, value: str) -> Self:
        """From a button; `ValueError` for what no button of ours carries."""
        code, thing, version, choice = value.split(_SEPARATOR)
        return cls(code, thing, int(version), choice)


@dataclass(frozen=True)
class Screen:
    """A modal that shows a case as it is, and is drawn anew after each change. `kind`: an action_id that opens it."""

    kind: str
    code: str
    thing: str = ""
    page: int = 0

    def metadata(self) -> str:
        """As the modal carries it."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, metadata: str) -> Self | None:
        """From a modal; None from one that is no screen."""
        read = json.loads(metadata) if metadata.startswith("{") else {}
        return cls(**read) if "kind" in read else None


@dataclass(frozen=True)
class Origin:
    """Where a form comes from. `nonce`: taken once. `view`: the screen under it, to be drawn anew, with its `screen`.

    `in_thread`: it was opened where its outcome will be seen without being told.
    """

    about: Reference
    nonce: str
    in_thread: bool = False
    view: str = ""
    screen: str = ""

    def metadata(self) -> str:
        """As the form carries it."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, metadata: str) -> Self:
        """From a form."""
        read = json.loads(metadata)
        return cls(**{**read, "about": Reference(**read["about"])})
