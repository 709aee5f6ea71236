"""Somebody before a browser of their own."""

from playwright.sync_api import Browser, Page

from bot.local.workspace import LocalWorkspace

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


class Desk:
    """One person's browser. What the page's console complains of is kept in `complaints`."""

    def __init__(self, browser: Browser, workspace: LocalWorkspace, name: str, device: dict) -> None:
        self.person = workspace.person(name)
        self.complaints: list[str] = []
        self.page: Page = browser.new_context(**device).new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self._url = workspace.url

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 409" not in text:
            self.complaints.append(text)

    def go(self, place: str = "") -> Page:
        """Open a place by the name of a channel, `home`, or the direct message."""
        channels = {channel.name: channel.id for channel in self.person.conversations()}
        where = channels.get(place, place) or self.person.direct_message.id
        self.page.goto(f"{self._url}as/{self.person.id}/{where}")
        return self.page

    def close(self) -> None:
        """Leave."""
        self.page.context.close()
