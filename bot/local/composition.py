"""Slack's composition objects, with the limits of its reference. What is not named here is refused."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Id = Annotated[str, Field(min_length=1, max_length=255)]
Url = Annotated[str, Field(max_length=3000, pattern=r"^(https?|mailto|slack):")]


class Wire(BaseModel):
    """A piece of a payload as it comes over the wire: known fields only, of exactly the right type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PlainText(Wire):
    """Text without formatting."""

    type: Literal["plain_text"]
    text: str = Field(min_length=1, max_length=3000)
    emoji: bool = True


class Mrkdwn(Wire):
    """Text with Slack's own formatting."""

    type: Literal["mrkdwn"]
    text: str = Field(min_length=1, max_length=3000)
    verbatim: bool = False


AnyText = PlainText | Mrkdwn
EitherText = Annotated[AnyText, Field(discriminator="type")]


def at_most(limit: int) -> AfterValidator:
    """A tighter limit on the text than the 3000 characters every text object has."""

    def check(text: AnyText) -> AnyText:
        if len(text.text) > limit:
            raise PydanticCustomError("text_too_long", "too long", {"max_length": limit})
        return text

    return AfterValidator(check)


Plain24 = Annotated[PlainText, at_most(24)]
Plain30 = Annotated[PlainText, at_most(30)]
Plain75 = Annotated[PlainText, at_most(75)]
Plain100 = Annotated[PlainText, at_most(100)]
Plain150 = Annotated[PlainText, at_most(150)]
Plain2000 = Annotated[PlainText, at_most(2000)]
Either75 = Annotated[EitherText, at_most(75)]
Either300 = Annotated[EitherText, at_most(300)]
Either2000 = Annotated[EitherText, at_most(2000)]


class Confirm(Wire):
    """The question asked before an element acts."""

    title: Plain100
    text: Either300
    confirm: Plain30
    deny: Plain30
    style: Literal["primary", "danger"] | None = None


class Option(Wire):
    """An option of a select menu."""

    text: Plain75
    value: str = Field(min_length=1, max_length=150)
    description: Plain75 | None = None


class FormattedOption(Wire):
    """An option of checkboxes or radio buttons, which may be formatted."""

    text: Either75
    value: str = Field(min_length=1, max_length=150)
    description: Either75 | None = None


class OverflowOption(Option):
    """An option of an overflow menu, which may lead somewhere."""

    url: Url | None = None


class OptionGroup(Wire):
    """Options of a select menu under a heading."""

    label: Plain75
    options: list[Option] = Field(min_length=1, max_length=100)


class ConversationFilter(Wire):
    """Which conversations a person can choose from."""

    include: list[Literal["im", "mpim", "private", "public"]] | None = Field(None, min_length=1)
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None


class DispatchConfig(Wire):
    """When a text input tells the bot what was typed."""

    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]] = Field(min_length=1, max_length=2)
