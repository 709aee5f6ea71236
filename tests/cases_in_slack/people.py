"""What people of the local workspace do with cases, as short as a test can say it."""

import re
from dataclasses import dataclass

from bot.local.model import Message
from bot.local.people import Channel
from bot.local.person import Person
from bot.local.workspace import LocalWorkspace
from conversations.cases import Case
from conversations.sqlite_store import SQLiteStore

NORTH = "care-team-north"
PUBLIC = "primary-care"


@dataclass(frozen=True)
class Team:
    """The people, and the acts that many tests begin with."""

    workspace: LocalWorkspace
    store: SQLiteStore

    @property
    def anneliese(self) -> Person:
        """The physician."""
        return self.workspace.person("Anneliese Friesen")

    @property
    def jasleen(self) -> Person:
        """The nurse practitioner."""
        return self.workspace.person("Jasleen Gill")

    @property
    def rosa(self) -> Person:
        """The nurse."""
        return self.workspace.person("Rosa Reyes")

    @property
    def marc(self) -> Person:
        """The supervisor who is in the private channel."""
        return self.workspace.person("Marc Desrosiers")

    @property
    def oksana(self) -> Person:
        """The supervisor who is not."""
        return self.workspace.person("Oksana Kowalchuk")

    def open_case(
        self,
        by: Person | None = None,
        *,
        label: str = "Shouting at the desk",
        participants: tuple[str, ...] = (),
        role: str = "Physician",
        provider: str | None = None,
    ) -> str:
        """The code of a case that the person (the physician) opened in the private channel."""
        by = by or self.anneliese
        by.command(NORTH, "/reconcile")
        by.wait_for_modal("Open a case")
        by.fill("label", label)
        by.fill("channel", NORTH)
        by.fill("provider", provider or by.name)
        by.fill("role", role)
        by.fill("participants", list(participants))
        assert by.submit() == {}
        opened = by.wait_for_modal("Case opened")
        by.dismiss()
        found = re.search(r"TR-\w{4}", opened.shown)
        assert found
        return found[0]

    def load(self, code: str) -> Case:
        case = self.store.cases.load(code)
        assert case is not None
        return case

    def surface(self, by: Person, code: str, name: str, *texts: str, where: Channel | str = NORTH) -> Message:
        """The newest message of this person's that is this surface of the case, once it shows all of these texts."""
        wanted = {"case": code, "surface": name}

        def sight() -> Message | None:
            shown = [one for one in everything(by, where) if (one.metadata or {}).get("event_payload") == wanted]
            return next((one for one in reversed(shown) if all(text in one.shown for text in texts)), None)

        return by.wait_for(sight)

    def thread(self, by: Person, code: str) -> list[Message]:
        """The card and its replies."""
        return by.messages(NORTH, self.surface(by, code, "card").ts)


def everything(by: Person, where: Channel | str = NORTH) -> list[Message]:
    """Every message that the person sees there, in threads too, oldest first."""
    roots = by.messages(where)
    found = {one.ts: one for root in roots for one in by.messages(where, root.ts)}
    return sorted(found.values(), key=lambda one: one.ts)
