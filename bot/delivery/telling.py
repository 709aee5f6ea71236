"""Telling those who wait that the content answers their question by now.

Content changes with a restart, so everything there is to tell is known when the bot starts. Each person is told once,
and what was told is marked after it was posted: should the process die between the two, or Slack's answer to the call
be lost, that message comes a second time.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from slack_sdk import WebClient

from bot.delivery.calls import Calls, DeliveryError, RateLimitedError, UnreachableError
from bot.delivery.one_case import LEASE
from bot.delivery.patience import Patience
from bot.delivery.worker import CALL_SECONDS, calling_once, logged, utc_now
from bot.views.questions import Place, Shown, build_news
from conversations.asking import Asking, News
from guideline_content.pathway import Pathway

LOG = logging.getLogger(__name__)


class Telling:
    """Tells everybody who waits, then ends. What cannot be delivered to somebody is tried again at the next start."""

    def __init__(
        self,
        client: WebClient,
        asking: Asking,
        pathway: Pathway | None,
        *,
        clock: Callable[[], datetime] = utc_now,
        patience: Patience | None = None,
        call_seconds: int = CALL_SECONDS,
    ) -> None:
        self._calls = Calls(calling_once(client, call_seconds))
        self._asking = asking
        self._pathway = pathway
        self._clock = clock
        self._patience = patience or Patience()
        self._holder = uuid4().hex
        self._posted: Counter[str] = Counter()
        self._set_aside: set[str] = set()
        self._stopping = threading.Event()

    @contextmanager
    def running(self) -> Iterator["Telling"]:
        """`run` beside the block, which stops it when it ends; a call that is under way then is waited for."""
        thread = threading.Thread(target=self.run, name="telling")
        thread.start()
        try:
            yield self
        finally:
            self._stopping.set()
            thread.join()

    def run(self) -> None:
        """Tell until there is nobody left to tell."""
        wait: timedelta | None = timedelta()
        while wait is not None and not self._stopping.wait(wait.total_seconds()):
            wait = self._round_or_failure()

    def _round_or_failure(self) -> timedelta | None:
        """How long to wait for the next round; None where nobody waits any more."""
        try:
            return self._round()
        except RateLimitedError as error:
            LOG.warning("Slack asks to wait for %d s", error.seconds)
            return timedelta(seconds=error.seconds)
        except UnreachableError as error:
            LOG.warning("Slack is out of reach: %s", error)
        except Exception as error:  # noqa: BLE001 - a store that is locked now may be open later
            logged("Telling failed and goes on", error)
        return self._patience.after_failure("telling")

    def _round(self) -> timedelta | None:
        """Everybody once."""
        elsewhere = False
        for news in self._asking.news(at=self._clock()):
            if self._stopping.is_set():
                return None
            if news.key in self._set_aside:
                continue
            if self._leased(news):
                self._tell_or_set_aside(news)
            else:
                elsewhere = True
        self._patience.forget("telling")
        return LEASE if elsewhere else None

    def _leased(self, news: News) -> bool:
        """Not while another process is telling them, which may die of it."""
        now = self._clock()
        store = self._asking.store
        return store.lease_waiting(news.waiting, holder=self._holder, at=now, until=now + LEASE)

    def _tell_or_set_aside(self, news: News) -> None:
        try:
            self._tell(news)
        except (RateLimitedError, UnreachableError):
            raise
        except DeliveryError as error:
            LOG.warning("%s cannot be told: %s", news.waiting.person, error)
            self._set_aside.add(news.key)
        except Exception as error:  # noqa: BLE001 - one that cannot be drawn must not keep the others waiting
            logged("An answer cannot be told", error)
            self._set_aside.add(news.key)

    def _tell(self, news: News) -> None:
        """Whatever of it was posted before a failure is not posted again."""
        asking, waiting = self._asking, news.waiting
        channel = self._calls.direct_message(waiting.person)
        brought = asking.bring(news, conversation=channel, at=self._clock())
        parts = [
            Shown(asking.guideline, one.answer, one.id, Place.CONVERSATION, pathway=self._pathway) for one in brought
        ]
        for message in build_news(waiting.asked.question, parts)[self._posted[news.key] :]:
            self._calls.post(channel, None, message.payload())
            self._posted[news.key] += 1
        asking.store.told(waiting, at=self._clock())
