"""Who is in the local workspace and which channels they share. All of them are invented."""

from dataclasses import dataclass

TEAM_ID = "T0LOCAL001"
TEAM_NAME = "Local primary care"
APP_ID = "A0LOCAL001"
BOT_USER_ID = "U0LOCALBOT"
BOT_ID = "B0LOCALBOT"


@dataclass(frozen=True)
class Profile:
    """A member of the workspace. `handle` is Slack's `user_name`, `title` what people read below the name."""

    id: str
    handle: str
    name: str
    title: str


@dataclass(frozen=True)
class Channel:
    """A conversation. A direct message has no name; its members are one person and the bot."""

    id: str
    name: str
    kind: str
    members: frozenset[str]
    archived: bool = False

    @property
    def is_private(self) -> bool:
        """Only members see it."""
        return self.kind != "public"


SLACKBOT = Profile("USLACKBOT", "slackbot", "Slackbot", "")
PEOPLE = (
    Profile("U0FRIESEN1", "anneliese.friesen", "Anneliese Friesen", "Physician"),
    Profile("U0GILL0001", "jasleen.gill", "Jasleen Gill", "Nurse practitioner"),
    Profile("U0REYES001", "rosa.reyes", "Rosa Reyes", "Nurse"),
    Profile("U0DESROS01", "marc.desrosiers", "Marc Desrosiers", "Supervisor"),
    Profile("U0KOWALCH1", "oksana.kowalchuk", "Oksana Kowalchuk", "Supervisor"),
)


def channels(people: tuple[Profile, ...]) -> tuple[Channel, ...]:
    """One public channel with everybody, one private with all but the last person, a direct message each.

    The bot is in all of them. The person who is not in the private channel must see nothing of it.
    """
    everybody = frozenset({BOT_USER_ID, *(person.id for person in people)})
    team = everybody - {people[-1].id} if len(people) > 1 else everybody
    shared = (
        Channel("C0PRIMARY1", "primary-care", "public", everybody),
        Channel("C0NORTH001", "care-team-north", "private", team),
    )
    direct = (Channel(f"D{person.id[1:]}", "", "im", frozenset({person.id, BOT_USER_ID})) for person in people)
    return (*shared, *direct)
