"""What it takes to work on cases from Slack."""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.channels import Channels
from bot.delivery.worker import Delivery, delivery_client
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
    store: SQLiteStore, pathway: Pathway, client: WebClient, *, supervisors: Collection[str], zone: ZoneInfo
) -> Work:
    """Over one store and one workspace. Nothing is delivered before `Work.delivery` runs."""
    channels = Channels(client)
    common = (store.cases, pathway, frozenset(supervisors), channels.is_member, zone)
    cases = Cases(*common)
    calling_once = delivery_client(str(client.token), client.base_url)
    return Work(cases, Letters(*common), channels, Delivery(calling_once, cases, store.delivery))
