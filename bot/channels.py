"""What Slack knows of channels: who is in one, and whether a case can live there."""

from collections.abc import Iterator

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

A_PAGE = 1000
_UNKNOWN = {"channel_not_found", "not_in_channel"}

NOT_THERE = (
    "I am not in that channel, or it is not a private one. Write /invite and my name there, then send this form again: "
    "what you typed stays."
)
PUBLIC = "That channel is public, so anybody could read the case. Please choose a private one that I am in."
ARCHIVED = "That channel is archived, so nothing can be posted there. Please choose another one."
SHARED = "That channel is shared with another organization, which could read the case. Please choose another one."
NOT_YOURS = "You are not in that channel yourself. Please choose one that you are in."


class Channels:
    """Asks Slack each time: people come and go."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def is_member(self, channel: str, person: str) -> bool:
        """Whether the person is in the channel. Where the bot is not, nobody is known to be."""
        return any(person in members for members in self._pages(channel))

    def problem(self, channel: str, *, by: str) -> str | None:
        """Why a case of this person cannot live in the channel, as they read it; None if it can."""
        try:
            about = self.client.conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            if error.response["error"] in _UNKNOWN:
                return NOT_THERE
            raise
        if not about.get("is_private") or about.get("is_im") or about.get("is_mpim"):
            return PUBLIC
        if about.get("is_archived"):
            return ARCHIVED
        if about.get("is_ext_shared"):
            return SHARED
        if not about.get("is_member"):
            return NOT_THERE
        return None if self.is_member(channel, by) else NOT_YOURS

    def _pages(self, channel: str) -> Iterator[list[str]]:
        cursor = ""
        try:
            while True:
                page = self.client.conversations_members(channel=channel, cursor=cursor, limit=A_PAGE)
                yield page["members"]
                cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
                if not cursor:
                    return
        except SlackApiError as error:
            if error.response["error"] not in _UNKNOWN:
                raise
