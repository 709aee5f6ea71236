"""What a store of cases promises. Every implementation passes the one contract suite in tests/."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from conversations.cases import Case, LetterState
from conversations.delivery import Notice, Surface
from conversations.history import Entry, Link


class ConflictError(Exception):
    """Somebody saved the case first. Load it again and decide again."""


class NonceUsedError(Exception):
    """The form was taken before, and changed the case `code`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"this form was taken before, for case {code}")


class CaseStore(Protocol):
    """Keeps cases. Each call is one transaction; safe from any thread and any process; `StoreError` where it cannot.

    Times carry a time zone (`ValueError` if not).
    """

    def load(self, code: str) -> Case | None:
        """The case as its last decision left it; None if there is none with this code."""

    def save(
        self,
        case: Case,
        entry: Entry,
        *,
        expected_version: int,
        nonce: str | None = None,
        notices: Collection[Notice] = (),
    ) -> Case:
        """Keep the case one version higher, its entry in the chain, the form's nonce and the notices: all or nothing.

        `expected_version`: that of the case the decision was made on; 0 for a new one, which gets its surfaces with it.
        A case that moved to another channel begins with all surfaces unposted there. Returns the case as kept.
        Raises `ConflictError` if the case is not at this version (any more), `NonceUsedError` if the form was taken.
        """

    def taken(self, nonce: str) -> str | None:
        """The code of the case that the form with this nonce changed; None for a form that was not taken yet."""

    def find(
        self,
        *,
        person: str | None = None,
        channel: str | None = None,
        open: bool | None = None,
        letter: LetterState | None = None,
    ) -> Sequence[Case]:
        """The cases for which all of this holds, oldest first.

        `person`: takes part or is the most responsible provider. `letter`: the state of the letter being worked on.
        """

    def history(self, code: str) -> Sequence[Link]:
        """The case's record from its beginning; empty for an unknown case."""

    def verify(self, code: str) -> Sequence[str]:
        """What does not fit in the case's record, a sentence each; nothing if it is whole."""

    def codes(self) -> Sequence[str]:
        """Every case there is or was, in order."""

    def keep_content(self, version: str, content: str) -> None:
        """Keep the content that cases begin with; a version that is there already stays as it is."""

    def content(self, version: str) -> str | None:
        """The content with this version, or None."""


class DeliveryStore(Protocol):
    """Keeps what was shown where, and what is still to be. Leases let one worker at a time act on one of them.

    A lease is lost at its end (`until`), so that the work of a killed process is taken up by another.
    """

    def surfaces(self, code: str) -> Sequence[Surface]:
        """The case's surfaces, in the order in which they came; the card is the first."""

    def add(self, surfaces: Collection[Surface]) -> None:
        """Surfaces that the case has from now on; those it has already stay as they are."""

    def keep_up(self, code: str, digests: Mapping[str, str], *, version: int, at: datetime) -> None:
        """Posted surfaces, by name, that show the case as it is at this version already: their digest is the same."""

    def adopt(self, code: str, name: str, *, ts: str, at: datetime) -> bool:
        """The surface that nobody knows to be posted, and nobody is posting now, turns out to be this message."""

    def drop(self, surface: Surface, *, holder: str) -> bool:
        """The case has this surface no longer. False for a holder who lost it."""

    def surface_at(self, channel: str, ts: str) -> Surface | None:
        """The surface that is this message, or whose thread this message begins."""

    def behind(self, *, at: datetime, limit: int = 100) -> Sequence[Surface]:
        """Surfaces that show less than their case has, can be reached and are not leased; the longest waiting first."""

    def lease(self, code: str, name: str, *, holder: str, at: datetime, until: datetime) -> Surface | None:
        """The surface as it is now, for this holder alone; None while another has it."""

    def mark(self, surface: Surface, *, holder: str) -> bool:
        """Keep how the surface is, the lease going on; False, and nothing kept, for a holder who lost it."""

    def release(self, surface: Surface, *, holder: str, not_before: datetime | None = None) -> bool:
        """Keep how the surface is and give it back; `not_before`: nobody gets it until then. False as for `mark`."""

    def ask_again(self, code: str, *, names: Collection[str], repost: bool = False) -> None:
        """Somebody asks for the surfaces: those stopped or halted go on, and all are rendered again.

        `repost`: those posted are forgotten, to be posted anew (their thread is gone).
        """

    def unpost_all(self) -> None:
        """Nothing that was posted is there any more."""

    def unsent(self, *, at: datetime, limit: int = 100) -> Sequence[Notice]:
        """Notices that were not sent and are not leased, oldest first."""

    def lease_notice(self, key: str, *, holder: str, at: datetime, until: datetime) -> Notice | None:
        """The notice, for this holder alone; None if it was sent, and while another has it."""

    def notice_sent(self, key: str, *, holder: str, at: datetime) -> bool:
        """It went out. False for a holder who lost it."""

    def next_due(self, *, at: datetime) -> datetime | None:
        """When the first of the leases and delays ends that keep something waiting at this time; None without any."""

    def release_notice(self, key: str, *, holder: str, not_before: datetime) -> None:
        """It did not go out; nobody tries before then."""
