"""One attempt to bring the messages of one case up to date, in order, each by one call at a time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.calls import (
    Calls,
    DeliveryError,
    GoneError,
    HaltedError,
    RateLimitedError,
    RefusedError,
    UnreachableError,
)
from bot.delivery.drawing import Drawn, draw, halt_name
from bot.delivery.patience import Patience
from bot.views.cases import ShownCase
from bot.views.halts import Halt
from conversations.case_store import DeliveryStore
from conversations.delivery import CARD, Surface, SurfaceState

LOG = logging.getLogger(__name__)

LEASE = timedelta(seconds=12)
"""Longer than any call takes. What a killed process left behind waits this long."""

ACTIVE = {SurfaceState.UNPOSTED, SurfaceState.POSTING, SurfaceState.POSTED}


class LeaseLostError(DeliveryError):
    """Somebody else has the surface by now, or it has moved: nothing was sent."""


@dataclass
class Attempt:
    """An attempt on one case. `holder`: who leases."""

    shown: ShownCase
    supervisors: frozenset[str]
    calls: Calls
    store: DeliveryStore
    holder: str
    clock: Callable[[], datetime]
    patience: Patience
    lease: timedelta = LEASE
    got_on: bool = False
    _waiting: set[str] = field(default_factory=set)
    _root: str | None = None
    _is_shut: bool = False

    def run(self) -> bool:
        """Whether anything changed. Raises `RateLimitedError` and `UnreachableError`: what is left comes later."""
        known = self.store.surfaces(self._code)
        drawn = draw(self.shown, known, self.supervisors)
        card = known[0]
        self._root, self._is_shut = card.ts, card.state not in ACTIVE
        if self._is_shut:
            self._all_in_channel(card.state)
        names = {surface.name for surface in known}
        self.store.add([self._surface(one, card) for one in drawn if one.name not in names])
        digests = {one.name: one.digest for one in drawn}
        self.store.keep_up(self._code, digests, version=self._version, at=self.clock())
        surfaces = {surface.name: surface for surface in self.store.surfaces(self._code)}
        for one in drawn:
            if not self._bring(one, surfaces[one.name]):
                return True
        self._remove([surface for name, surface in surfaces.items() if name not in digests])
        return self.got_on

    @property
    def _code(self) -> str:
        return self.shown.case.code

    @property
    def _version(self) -> int:
        return self.shown.case.version

    def _surface(self, drawn: Drawn, card: Surface) -> Surface:
        """A new one: where the thread is out of reach, it waits with the others."""
        is_shut = self._is_shut and drawn.channel == card.channel
        state = card.state if is_shut else SurfaceState.UNPOSTED
        return Surface(code=drawn.code, name=drawn.name, channel=drawn.channel, state=state)

    def _bring(self, drawn: Drawn, surface: Surface) -> bool:
        """Bring one message up to date, if it is its turn; False where the whole thread is out of reach now."""
        if surface.version >= self._version or surface.state not in ACTIVE:
            return True
        if self._must_wait(drawn, surface):
            return True
        now = self.clock()
        held = self.store.lease(self._code, drawn.name, holder=self.holder, at=now, until=now + self.lease)
        if held is None:
            self._waiting |= {drawn.channel} if surface.ts is None else set()
            return True
        try:
            self._send(drawn, held)
        except GoneError:
            return self._stop(drawn, held)
        except HaltedError as error:
            return self._halt(drawn, held, error.halt)
        except LeaseLostError:
            return True
        except RefusedError:
            LOG.exception("Slack refuses %s of case %s", drawn.name, self._code)
            self.store.release(self._given_up(held), holder=self.holder)
        self.got_on = True
        return True

    def _must_wait(self, drawn: Drawn, surface: Surface) -> bool:
        """Replies come after the card, and nothing is posted before what belongs above it."""
        if self._is_shut and self._in_thread(drawn):
            return True
        no_root = self._in_thread(drawn) and self._root is None
        return surface.ts is None and (drawn.channel in self._waiting or no_root)

    def _in_thread(self, drawn: Drawn) -> bool:
        return drawn.channel == self.shown.case.channel and not drawn.is_card

    def _send(self, drawn: Drawn, held: Surface) -> None:
        """Post or update, and keep which version of the case it shows."""
        try:
            sent = self._update(drawn, held) if held.ts else self._post(drawn, held)
        except RateLimitedError as error:
            self._release_later(held, timedelta(seconds=error.seconds))
            raise
        except UnreachableError:
            self._release_later(held, self.patience.after_failure(self._key(held)))
            raise
        self.store.release(
            sent.changed(state=SurfaceState.POSTED, version=self._version, digest=drawn.digest), holder=self.holder
        )
        self.patience.forget(self._key(held))
        self._root = sent.ts if drawn.is_card else self._root

    def _key(self, surface: Surface) -> str:
        return f"{surface.code} {surface.name}"

    def _update(self, drawn: Drawn, held: Surface) -> Surface:
        if held.digest != drawn.digest:
            self.calls.update(held.channel, str(held.ts), drawn.payload)
        return held

    def _post(self, drawn: Drawn, held: Surface) -> Surface:
        root = self._root if self._in_thread(drawn) else None
        posting = held.changed(state=SurfaceState.POSTING, root=root)
        if not self.store.mark(posting, holder=self.holder):
            raise LeaseLostError
        return posting.changed(ts=self.calls.post(held.channel, root, drawn.payload))

    def _release_later(self, held: Surface, wait: timedelta) -> None:
        now = next(one for one in self.store.surfaces(self._code) if one.name == held.name)
        self.store.release(now, holder=self.holder, not_before=self.clock() + wait)

    def _given_up(self, held: Surface) -> Surface:
        """Until the case changes: the same call would be refused again."""
        state = SurfaceState.POSTED if held.ts else SurfaceState.UNPOSTED
        return held.changed(state=state, version=self._version, digest=None)

    def _stop(self, drawn: Drawn, held: Surface) -> bool:
        """A message was deleted: perhaps on purpose, so it waits until somebody asks. Without its root, no thread."""
        gone = CARD if held.ts is None else drawn.name
        self.store.release(held.changed(state=SurfaceState.STOPPED), holder=self.holder)
        if gone == CARD:
            self._all_in_channel(SurfaceState.STOPPED)
        self.got_on = True
        return gone != CARD

    def _halt(self, drawn: Drawn, held: Surface, halt: Halt) -> bool:
        """Nothing is tried in the channel until it is open again; the opener hears of it. One person: given up."""
        if drawn.channel != self.shown.case.channel:
            LOG.warning("The conversation for %s of case %s cannot be reached: %s", drawn.name, self._code, halt)
            self.store.release(self._given_up(held), holder=self.holder)
            return True
        try:
            self._tell_opener(halt)
        except (RateLimitedError, UnreachableError):
            self._release_later(held, self.patience.after_failure(self._key(held)))
            raise
        state = SurfaceState.UNPOSTED if held.ts is None else SurfaceState.POSTED
        self.store.release(held.changed(state=state), holder=self.holder)
        self._all_in_channel(SurfaceState.HALTED)
        return False

    def _tell_opener(self, halt: Halt) -> None:
        name = halt_name(halt)
        try:
            channel = self.calls.direct_message(self.shown.case.opened_by)
        except DeliveryError as error:
            if isinstance(error, RateLimitedError | UnreachableError):
                raise
            LOG.warning("Who opened case %s cannot be told: %s", self._code, error)
            return
        self.store.add([Surface(code=self._code, name=name, channel=channel)])
        self.store.ask_again(self._code, names=[name], repost=True)

    def _all_in_channel(self, state: SurfaceState) -> None:
        """The whole thread is in this state now."""
        for surface in self.store.surfaces(self._code):
            if surface.channel == self.shown.case.channel and surface.state in ACTIVE:
                self._set_aside(surface.name, state)

    def _set_aside(self, name: str, state: SurfaceState) -> None:
        now = self.clock()
        held = self.store.lease(self._code, name, holder=self.holder, at=now, until=now + self.lease)
        if held:
            self.store.release(held.changed(state=state), holder=self.holder)

    def _remove(self, surfaces: Sequence[Surface]) -> None:
        """Messages that are no longer needed: a text became shorter."""
        for surface in surfaces:
            now = self.clock()
            held = self.store.lease(self._code, surface.name, holder=self.holder, at=now, until=now + self.lease)
            if held is None or held.state not in ACTIVE:
                continue
            try:
                if held.ts:
                    self.calls.delete(held.channel, held.ts)
            except (RateLimitedError, UnreachableError):
                self._release_later(held, self.patience.after_failure(self._key(held)))
                raise
            except DeliveryError:
                LOG.exception("%s of case %s cannot be removed", surface.name, self._code)
            self.store.drop(held, holder=self.holder)
            self.got_on = True
