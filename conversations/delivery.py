"""What has to be shown outside of a case's record: surfaces that follow it, and notices that go out once.

Neither is part of the case's version or history. Where they are shown is opaque here.
"""

from enum import StrEnum

from conversations.cases import Document, Moment

CARD = "card"
"""The surface that every case has from its beginning: the message whose thread the case lives in."""


class SurfaceState(StrEnum):
    """Whether a surface is there.

    `posting`: it may be: the call that posts it was begun, and nobody knows its end. `stopped`: it was deleted, and
    waits until somebody asks for it. `halted`: its channel cannot be reached.
    """

    UNPOSTED = "unposted"
    POSTING = "posting"
    POSTED = "posted"
    STOPPED = "stopped"
    HALTED = "halted"


class Surface(Document):
    """A message that shows a part of a case.

    `name`: unique in the case. Which surfaces a case has besides its card follows from the case: whoever draws it says.
    `channel`: the case's own, or a conversation with one person, which stays where it is when the case moves.
    `version`: of the case, as it was rendered; 0 before the first time. `digest`: of the payload sent then.
    `root`: the message whose thread it is in; None for the one that begins the thread, and while unposted.
    """

    code: str
    name: str
    channel: str
    root: str | None = None
    ts: str | None = None
    state: SurfaceState = SurfaceState.UNPOSTED
    version: int = 0
    digest: str | None = None


class NoticeKind(StrEnum):
    """What a person is told."""

    APPROVAL_ASKED = "approval_asked"
    LETTER_APPROVED = "letter_approved"
    CHANGES_REQUESTED = "changes_requested"
    LETTER_REJECTED = "letter_rejected"
    APPROVAL_VOIDED = "approval_voided"


class Notice(Document):
    """One message to one person, sent once. `key`: unique; the same notice twice is one."""

    key: str
    kind: NoticeKind
    code: str
    recipient: str
    letter: int
    version: int
    made_at: Moment
    sent_at: Moment | None = None
