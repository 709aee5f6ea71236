"""The worker: woken by each change, it waits where there is nothing to do, and never gives up what is not shown yet."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

from slack_sdk import WebClient

from bot.delivery.calls import Calls, DeliveryError, RateLimitedError, UnreachableError
from bot.delivery.drawing import request_name
from bot.delivery.one_case import LEASE, Attempt
from bot.delivery.patience import Patience
from bot.views.blocks import messages
from bot.views.cases import ShownCase
from bot.views.reviews import build_outcome, build_replaced
from conversations import identifiers
from conversations.case_store import DeliveryStore
from conversations.cases import Letter, Review, ReviewKind
from conversations.casework import Casework
from conversations.delivery import CARD, Notice, NoticeKind, Surface, SurfaceState

LOG = logging.getLogger(__name__)

CALL_SECONDS = 8
"""How long a call may take before its end is unknown."""

AT_ONCE = 1000
"""So many messages are looked at in one go: more than wait for a root that cannot be posted."""

LOOK_AROUND = timedelta(seconds=30)
"""How often to look for what another process saved."""


def utc_now() -> datetime:
    """The time, for everybody but tests."""
    return datetime.now(UTC)


def calling_once(client: WebClient, seconds: int = CALL_SECONDS) -> WebClient:
    """The same client without retries of its own, which can post twice. `seconds`: how long a call may take."""
    return WebClient(client.token, base_url=client.base_url, timeout=seconds, retry_handlers=[])


class Delivery:
    """Brings what is shown in line with what is stored, for as long as it is open."""

    def __init__(
        self,
        client: WebClient,
        casework: Casework,
        store: DeliveryStore,
        *,
        clock: Callable[[], datetime] = utc_now,
        patience: Patience | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self.calls = Calls(client)
        self._casework = casework
        self._store = store
        self._clock = clock
        self._patience = patience or Patience()
        self._lease = lease
        self._holder = uuid4().hex
        self._paused_until: datetime | None = None
        self._looked = clock()
        self._left_alone: dict[str, datetime] = {}
        self._changed = threading.Condition()
        self._saved = self._tried = 0
        self._stopping = False

    @contextmanager
    def running(self) -> Iterator["Delivery"]:
        """Deliver until the block ends; a call that is under way then is waited for."""
        thread = threading.Thread(target=self._run, name="delivery")
        thread.start()
        try:
            yield self
        finally:
            self._stopping = True
            self.wake()
            thread.join()

    def wake(self) -> None:
        """Something was saved."""
        with self._changed:
            self._saved += 1
            self._changed.notify_all()

    def settle(self, timeout: float) -> bool:
        """Block until everything that was saved by now has been tried; False if that takes longer (seconds)."""
        with self._changed:
            wanted = self._saved
            return self._changed.wait_for(lambda: self._tried >= wanted, timeout)

    @property
    def lags(self) -> bool:
        """What was just done will not be seen at once: Slack is out of reach or asks to wait."""
        return self._paused_until is not None and self._clock() < self._paused_until

    def shown(self, code: str) -> ShownCase | None:
        """A case as it is now; None if there is none."""
        case = self._casework.store.load(code)
        return ShownCase(case, self._casework.pathway_of(case), self._casework.zone) if case else None

    def surfaces(self, code: str) -> Sequence[Surface]:
        """The messages of a case, its card first."""
        return self._store.surfaces(code)

    # what people do to messages

    def ask_again(self, code: str) -> None:
        """Somebody asks for the case: what was deleted is posted anew, and what could not be reached is tried again."""
        surfaces = self._store.surfaces(code)
        card = next((one for one in surfaces if one.name == CARD), None)
        if card is None:
            return
        out = {one.name for one in surfaces if one.state in (SurfaceState.STOPPED, SurfaceState.HALTED)}
        in_channel = [one.name for one in surfaces if one.channel == card.channel]
        if card.state is SurfaceState.STOPPED:
            self._store.ask_again(code, names=in_channel, repost=True)
        elif out:
            self._store.ask_again(code, names=sorted(out))
        self.wake()

    def channel_is_open(self, channel: str) -> None:
        """The bot has come (back) to a channel: what stood still there goes on."""
        for case in self._casework.store.find(channel=channel):
            names = [one.name for one in self._store.surfaces(case.code) if one.state is SurfaceState.HALTED]
            self._store.ask_again(case.code, names=[*names, *self._halts(case.code)])
        self.wake()

    def _halts(self, code: str) -> list[str]:
        return [one.name for one in self._store.surfaces(code) if one.name.startswith("halt-")]

    def pressed(self, code: str, name: str, channel: str, ts: str) -> str | None:
        """Somebody pressed a button in this copy of a surface. A copy nobody knew of becomes the surface.

        Returns the ts of the message that is kept up to date, if it is another one.
        """
        surface = next((one for one in self._store.surfaces(code) if one.name == name), None)
        if surface is None or surface.channel != channel or ts == surface.ts:
            return None
        if surface.ts is not None:
            return surface.ts
        if self._store.adopt(code, name, ts=ts, at=self._clock()):
            self.wake()
        return None

    # the thread

    def _run(self) -> None:
        while not self._stopping:
            trying = self._saved
            wait = self._round_or_failure()
            with self._changed:
                self._tried = trying
                self._changed.notify_all()
                self._changed.wait_for(partial(self._was_woken_after, trying), wait.total_seconds())

    def _was_woken_after(self, saved: int) -> bool:
        return self._saved > saved

    def _round_or_failure(self) -> timedelta:
        """How long there is nothing to do. A bug of ours does not end the worker."""
        try:
            while not self._stopping and not self.lags and self._round():
                pass
            return self._until_due()
        except Exception as error:  # noqa: BLE001 - the worker goes on
            logged("Delivery failed and goes on", error)
            return self._patience.after_failure("delivery")

    def _round(self) -> bool:
        """One attempt on everything that waits; whether anything changed."""
        now = self._looked = self._clock()
        try:
            told = [self._tell(notice) for notice in self._store.unsent(at=now)]
            codes = dict.fromkeys(surface.code for surface in self._store.behind(at=now, limit=AT_ONCE))
            got_on = [self._attempt(code) for code in codes if not self._stopping]
        except RateLimitedError as error:
            LOG.warning("Slack asks to wait for %d s", error.seconds)
            self._pause(timedelta(seconds=error.seconds))
            return False
        except UnreachableError as error:
            LOG.warning("Slack is out of reach: %s", error)
            self._pause(self._patience.after_failure("slack"))
            return False
        self._patience.forget("slack")
        self._patience.forget("delivery")
        return any(told) or any(got_on)

    def _attempt(self, code: str) -> bool:
        until = self._left_alone.get(code)
        if until and self._clock() < until:
            return False
        try:
            return self._attempt_on(code)
        except DeliveryError:
            raise
        except Exception as error:  # noqa: BLE001 - a case that cannot be drawn must not keep the others waiting
            logged(f"Case {code} cannot be shown", error)
            self._left_alone[code] = self._clock() + self._patience.after_failure(code)
            return False

    def _attempt_on(self, code: str) -> bool:
        shown = self.shown(code)
        if shown is None:
            return False
        attempt = Attempt(
            shown,
            self._casework.supervisors,
            self.calls,
            self._store,
            self._holder,
            self._clock,
            self._patience,
            self._lease,
        )
        return attempt.run()

    def _pause(self, wait: timedelta) -> None:
        self._paused_until = self._clock() + wait

    def _until_due(self) -> timedelta:
        """How long there is nothing to do; what came due since the last look at it is due now."""
        pause = self._paused_until
        due = pause if pause and pause > self._looked else self._store.next_due(at=self._looked)
        return min(LOOK_AROUND, max(timedelta(), due - self._clock())) if due else LOOK_AROUND

    # notices

    def _tell(self, notice: Notice) -> bool:
        now = self._clock()
        held = self._store.lease_notice(notice.key, holder=self._holder, at=now, until=now + self._lease)
        if held is None:
            return False
        try:
            self._send(held)
        except RateLimitedError as error:
            self._later(held, timedelta(seconds=error.seconds))
            raise
        except UnreachableError:
            self._later(held, self._patience.after_failure(held.key))
            raise
        except DeliveryError as error:
            LOG.warning("%s cannot be told about case %s: %s", held.recipient, held.code, error)
        except Exception as error:  # noqa: BLE001 - one that cannot be written must not keep the others waiting
            logged(f"The notice {held.key} cannot be written", error)
            self._later(held, self._patience.after_failure(held.key))
            return True
        self._store.notice_sent(held.key, holder=self._holder, at=self._clock())
        return True

    def _later(self, notice: Notice, wait: timedelta) -> None:
        self._store.release_notice(notice.key, holder=self._holder, not_before=self._clock() + wait)

    def _send(self, notice: Notice) -> None:
        """A request for approval becomes a surface, as it changes with the letter; everything else is said once."""
        shown = self.shown(notice.code)
        if shown is None:
            return
        letter = shown.case.letters[notice.letter - 1]
        channel = self.calls.direct_message(notice.recipient)
        if notice.kind is NoticeKind.APPROVAL_ASKED:
            name = request_name(letter, notice.version, notice.recipient)
            self._store.add([Surface(code=notice.code, name=name, channel=channel)])
            return
        review = _review(letter, notice)
        built = build_outcome(shown, letter, review) if review else build_replaced(shown, letter, notice.version)
        for message in messages(*built):
            self.calls.post(channel, None, message.payload())


_REVIEWS = {
    NoticeKind.LETTER_APPROVED: ReviewKind.APPROVED,
    NoticeKind.CHANGES_REQUESTED: ReviewKind.CHANGES_REQUESTED,
    NoticeKind.LETTER_REJECTED: ReviewKind.REJECTED,
    NoticeKind.APPROVAL_VOIDED: ReviewKind.VOIDED,
}


def _review(letter: Letter, notice: Notice) -> Review | None:
    """What the notice is about: the last of its kind that was said of the version; None where a later one ended it."""
    wanted = (_REVIEWS[notice.kind], notice.version)
    return next((one for one in reversed(letter.reviews) if (one.kind, one.version) == wanted), None)


def logged(what: str, error: Exception) -> None:
    """A bug, without what people wrote."""
    LOG.error("%s\n%s", what, identifiers.mask("".join(traceback.format_exception(error))))
