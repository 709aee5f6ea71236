"""Slack's block elements as far as the bot uses them, with the limits of its reference."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.local.composition import (
    Confirm,
    ConversationFilter,
    DispatchConfig,
    FormattedOption,
    Id,
    Option,
    OptionGroup,
    OverflowOption,
    Plain75,
    Plain150,
    Url,
    Wire,
)

Value = Annotated[str, Field(max_length=2000)]
UserId = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]
ConversationId = Annotated[str, Field(pattern=r"^[CDG][A-Z0-9]+$")]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Element(Wire):
    """What every element may have."""

    action_id: Id | None = None


class Button(Element):
    """A button."""

    type: Literal["button"]
    text: Plain75
    url: Url | None = None
    value: Value | None = None
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None
    accessibility_label: str | None = Field(None, max_length=75)


class Choice(Element):
    """What every element with a choice may have."""

    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class Menu(Choice):
    """What every select menu may have."""

    placeholder: Plain150 | None = None


class StaticSelect(Menu):
    """A menu of options, in one list or in groups."""

    type: Literal["static_select"]
    options: list[Option] | None = Field(None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(None, min_length=1, max_length=100)
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _options_once(self) -> "StaticSelect":
        if (self.options is None) == (self.option_groups is None):
            raise PydanticCustomError("slack", "must define either `options` or `option_groups`")
        groups = self.option_groups or []
        check_options([*(self.options or []), *(o for g in groups for o in g.options)], [self.initial_option])
        return self


class UsersSelect(Menu):
    """A menu of people."""

    type: Literal["users_select"]
    initial_user: UserId | None = None


class MultiUsersSelect(Menu):
    """A menu of people to choose several from."""

    type: Literal["multi_users_select"]
    initial_users: list[UserId] | None = None
    max_selected_items: int | None = Field(None, ge=1)


class ConversationsSelect(Menu):
    """A menu of conversations."""

    type: Literal["conversations_select"]
    initial_conversation: ConversationId | None = None
    default_to_current_conversation: bool | None = None
    response_url_enabled: bool | None = None
    filter: ConversationFilter | None = None


class Datepicker(Menu):
    """A calendar."""

    type: Literal["datepicker"]
    initial_date: IsoDate | None = None


class PlainTextInput(Element):
    """A field to type in."""

    type: Literal["plain_text_input"]
    initial_value: str | None = Field(None, max_length=3000)
    multiline: bool | None = None
    min_length: int | None = Field(None, ge=0, le=3000)
    max_length: int | None = Field(None, ge=1, le=3000)
    dispatch_action_config: DispatchConfig | None = None
    focus_on_load: bool | None = None
    placeholder: Plain150 | None = None

    @model_validator(mode="after")
    def _consistent_lengths(self) -> "PlainTextInput":
        most = self.max_length or 3000
        if (self.min_length or 0) > most:
            raise PydanticCustomError("slack", "`min_length` must not be greater than `max_length`")
        if len(self.initial_value or "") > most:
            raise PydanticCustomError("slack", "`initial_value` must not be longer than `max_length`")
        return self


class Checkboxes(Choice):
    """Boxes to tick."""

    type: Literal["checkboxes"]
    options: list[FormattedOption] = Field(min_length=1, max_length=10)
    initial_options: list[FormattedOption] | None = Field(None, min_length=1, max_length=10)

    @model_validator(mode="after")
    def _options_once(self) -> "Checkboxes":
        check_options(self.options, self.initial_options or [])
        return self


class RadioButtons(Choice):
    """One of several."""

    type: Literal["radio_buttons"]
    options: list[FormattedOption] = Field(min_length=1, max_length=10)
    initial_option: FormattedOption | None = None

    @model_validator(mode="after")
    def _options_once(self) -> "RadioButtons":
        check_options(self.options, [self.initial_option])
        return self


class Overflow(Element):
    """The menu behind three dots."""

    type: Literal["overflow"]
    options: list[OverflowOption] = Field(min_length=1, max_length=5)
    confirm: Confirm | None = None

    @model_validator(mode="after")
    def _options_once(self) -> "Overflow":
        check_options(self.options, [])
        return self


class FeedbackButton(Wire):
    """One of the two thumbs."""

    text: Plain75
    value: Value
    accessibility_label: str | None = Field(None, max_length=75)


class FeedbackButtons(Element):
    """Thumbs up and down."""

    type: Literal["feedback_buttons"]
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class IconButton(Element):
    """A small button without a frame."""

    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: Plain75
    value: Value | None = None
    confirm: Confirm | None = None
    accessibility_label: str | None = Field(None, max_length=75)


AnyOption = Option | FormattedOption


def check_options(options: "list[Option] | list[FormattedOption] | list[OverflowOption]", initial: object) -> None:
    """Values are unique, and what is chosen at first is among the options, word for word."""
    values = [option.value for option in options]
    if len(set(values)) < len(values):
        raise PydanticCustomError("slack", "option values must be unique")
    chosen = initial if isinstance(initial, list) else []
    if any(option is not None and option not in options for option in chosen):
        raise PydanticCustomError("slack", "initial option must match one of the options")


In = Field(discriminator="type")
Picker = UsersSelect | ConversationsSelect | Datepicker | StaticSelect
Boxes = Checkboxes | RadioButtons
ActionElement = Annotated[Button | Picker | Boxes | Overflow, In]
Accessory = Annotated[Button | Picker | MultiUsersSelect | Boxes | Overflow, In]
InputElement = Annotated[PlainTextInput | Picker | MultiUsersSelect | Boxes, In]
ContextAction = Annotated[FeedbackButtons | IconButton, In]
