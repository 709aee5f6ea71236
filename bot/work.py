"""What it takes to work on cases from Slack."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.channels import Channels
from bot.delivery.patience import FIRST, Patience
from bot.delivery.worker import CALL_SECONDS, Delivery, calling_once
from conversations.letter_services import Letters
from conversations.services import Cases
from conversations.sqlite_store import SQLiteStore
from guideline_content.pathway import Pathway


@dataclass(frozen=True)
class Work:
    """The services, where cases can live, and how their messages get there."""

    cases: Cases
    letters: Letters
    channels: Channels
    delivery: Delivery


def build_work(
    store: SQLiteStore,
    pathway: Pathway,
    client: WebClient,
    *,
    supervisors: Collection[str],
    zone: ZoneInfo,
    patience: timedelta = FIRST,
    call_seconds: int = CALL_SECONDS,
) -> Work:
    """Over one store and one workspace. Nothing is delivered before `Work.delivery` runs.

    `patience`: how long delivery waits after a first failure; `call_seconds`: how long it waits for an answer of Slack.
    """
    channels = Channels(client)
    common = (store.cases, pathway, frozenset(supervisors), channels.is_member, zone)
    cases = Cases(*common)
    caller = calling_once(client, call_seconds)
    delivery = Delivery(caller, cases, store.delivery, patience=Patience(patience))
    return Work(cases, Letters(*common), channels, delivery)
