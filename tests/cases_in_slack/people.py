"""What people of the local workspace do with cases, as short as a test can say it."""

import re
from dataclasses import dataclass

from bot.local.model import Message
from bot.local.onlooker import TIMEOUT
from bot.local.people import Channel
from bot.local.person import Person
from bot.local.workspace import LocalWorkspace
from bot.views.blocks import shortened
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

    def log_consultation(self, code: str, *kinds: str, by: Person | None = None, **filled: object) -> dict[str, str]:
        """Log a consultation by command; returns the errors at the fields."""
        by = by or self.anneliese
        by.command(PUBLIC, "/consult", code)
        by.wait_for_modal("Log a consultation")
        usual = {
            "kinds": list(kinds),
            "people": [self.rosa.name],
            "day": "2026-03-01",
            "way": "By phone",
            "asked": "What else can be tried?",
            "advised": "Two people at each visit.",
        }
        return self.send(by, {**usual, **filled}, "Logged")

    def send(self, by: Person, filled: dict[str, object], then: str | None = None) -> dict[str, str]:
        """Fill in the form on top and send it; where it is taken, `then` is what is on top, and closed."""
        for field, value in filled.items():
            by.fill(field, value)
        errors = by.submit()
        if then and not errors:
            by.wait_for_modal(then)
            by.dismiss()
        return errors

    def follow_steps(self, code: str, by: Person | None = None) -> None:
        """Do the reconciliation checklist, no impairment being suspected."""
        by = by or self.anneliese
        name = "checklist-reconciliation"
        titles = (
            "Work together on the problem",
            "Consider the reasons for the behaviour",
            "Consider an alternative provider",
        )
        for done, title in enumerate(titles, 1):
            by.click(self.surface(by, code, name), f"Mark as done: {title}")
            self.surface(by, code, name, f"{done} of 4 steps")
        by.click(self.surface(by, code, name), "No: Is an impairment suspected?")
        self.surface(by, code, name, "Answered “No”")

    def make_ready(self, code: str, by: Person | None = None) -> None:
        """Everything that the guideline asks for before a letter, said and done by one person."""
        by = by or self.anneliese
        self.follow_steps(code, by)
        assert (
            self.log_consultation(code, "team", "supervisor", "mental-health-specialist", "regional-resource", by=by)
            == {}
        )
        by.command(PUBLIC, "/termination-letter", code)
        for title in (
            "The behaviours were severe",
            "Provider and team conclude that every alternative was taken",
            "All risks and consequences were considered, as a last resort",
        ):
            screen = by.wait_for_modal("Readiness")
            by.click(screen, shortened(f"State it: {title}", 75))
            by.wait_for_modal("Statement")
            assert self.send(by, {"text": f"{title}, we found."}) == {}
            by.wait_for_modal("Readiness")
        by.wait_for_modal("A letter can be drafted")
        by.dismiss()

    def draft(self, code: str, by: Person | None = None, **filled: object) -> dict[str, str]:
        """Draft the letter from the readiness screen; returns the errors at the fields."""
        by = by or self.anneliese
        by.command(PUBLIC, "/termination-letter", code)
        by.click(by.wait_for_modal("A letter can be drafted"), "Draft the letter …")
        by.wait_for_modal("Draft the letter")
        usual = {
            "reasons": "Staff were shouted at during three visits.",
            "continuing_care": "Your wound needs a new dressing every second day.",
            "options": "The walk-in clinic on Main Street (204-555-0134) takes new patients.",
            "start": "2026-03-09",
            "end": "2026-04-10",
        }
        errors = self.send(by, {**usual, **filled})
        if not errors:
            by.wait_for(lambda: by.modal and "Draft the letter …" not in by.modal.labels)
            by.dismiss()
        return errors

    def submit_letter(self, code: str, by: Person | None = None) -> None:
        """Ask for approval of the newest version, from the thread."""
        by = by or self.anneliese
        newest = self.newest_version(by, code)
        by.click(newest, "Submit for approval")

    def newest_version(self, by: Person, code: str) -> Message:
        """The last message of the newest version of the letter, which has its buttons."""
        letter = self.load(code).letters[-1]
        name = f"letter-{letter.number}-{letter.latest.number}"
        self.surface(by, code, name)
        parts = [one for one in everything(by) if surface_name(one).partition("/")[0] == name]
        return parts[-1]

    def load(self, code: str) -> Case:
        case = self.store.cases.load(code)
        assert case is not None
        return case

    def surface(
        self, by: Person, code: str, name: str, *texts: str, where: Channel | str = NORTH, timeout: float = TIMEOUT
    ) -> Message:
        """The newest message of this person's that is this surface of the case, once it shows all of these texts."""
        wanted = {"case": code, "surface": name}

        def sight() -> Message | None:
            shown = [one for one in everything(by, where) if (one.metadata or {}).get("event_payload") == wanted]
            return next((one for one in reversed(shown) if all(text in one.shown for text in texts)), None)

        return by.wait_for(sight, timeout)

    def thread(self, by: Person, code: str) -> list[Message]:
        """The card and its replies."""
        return by.messages(NORTH, self.surface(by, code, "card").ts)


def surface_name(message: Message) -> str:
    """What the bot calls the message; empty for others."""
    return str((message.metadata or {}).get("event_payload", {}).get("surface", ""))


def everything(by: Person, where: Channel | str = NORTH) -> list[Message]:
    """Every message that the person sees there, in threads too, oldest first."""
    roots = by.messages(where)
    found = {one.ts: one for root in roots for one in by.messages(where, root.ts)}
    return sorted(found.values(), key=lambda one: one.ts)
