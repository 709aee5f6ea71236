"""The fields of forms. Each is named as the domain names it, so that what is wrong is said at its place."""

from collections.abc import Iterable, Sequence
from datetime import date

from slack_sdk.models.blocks import (
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import ConversationFilter, InputInteractiveElement

from bot import ids
from bot.views.blocks import shortened

LONGEST = 3000
OPTION_TEXT = 75
MOST_OPTIONS = 100
NO_NAMES = "No names, health numbers, phone numbers or dates of birth."


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """A field with its label."""
    return InputBlock(
        block_id=name,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def written(
    name: str,
    label: str,
    hint: str = "",
    *,
    initial: str | None = None,
    optional: bool = False,
    longest: int = LONGEST,
    lines: bool = True,
) -> InputBlock:
    """A field for words. Every one says that they must not identify a patient."""
    element = PlainTextInputElement(
        action_id=ids.INPUT, multiline=lines, max_length=longest, initial_value=initial or None
    )
    return field(name, label, element, hint=f"{hint} {NO_NAMES}".strip(), optional=optional)


def chosen(
    name: str, label: str, choices: Iterable[tuple[str, str]], *, initial: str | None = None, hint: str | None = None
) -> InputBlock:
    """A field for one of several; `choices`: pairs of value and text."""
    options = [option(value, text) for value, text in choices]
    element = StaticSelectElement(
        action_id=ids.INPUT,
        placeholder=plain("Choose one"),
        options=options,
        initial_option=next((one for one in options if one.value == initial), None),
    )
    return field(name, label, element, hint=hint)


def ticked(
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    initial: str | None = None,
    action_id: str = ids.INPUT,
    dispatch: bool = False,
) -> InputBlock:
    """A field for one of a few, all of them in sight."""
    options = [option(value, text) for value, text in choices]
    first = next((one for one in options if one.value == initial), None)
    element = RadioButtonsElement(action_id=action_id, options=options, initial_option=first)
    return field(name, label, element, dispatch=dispatch)


def person(name: str, label: str, *, initial: str | None = None) -> InputBlock:
    """A field for one person."""
    element = UserSelectElement(action_id=ids.INPUT, placeholder=plain("Choose a person"), initial_user=initial)
    return field(name, label, element)


def people(
    name: str, label: str, hint: str | None = None, *, initial: Sequence[str] = (), optional: bool = True
) -> InputBlock:
    """A field for several people."""
    element = UserMultiSelectElement(
        action_id=ids.INPUT, placeholder=plain("Choose people"), initial_users=list(initial) or None
    )
    return field(name, label, element, hint=hint, optional=optional)


def day(name: str, label: str, hint: str | None = None, *, initial: date | None = None) -> InputBlock:
    """A field for a day."""
    element = DatePickerElement(action_id=ids.INPUT, initial_date=initial.isoformat() if initial else None)
    return field(name, label, element, hint=hint)


def private_channel(name: str, label: str, hint: str) -> InputBlock:
    """A field for a private channel; the one the person is looking at, if it is one."""
    element = ConversationSelectElement(
        action_id=ids.INPUT,
        placeholder=plain("Choose a private channel"),
        default_to_current_conversation=True,
        filter=ConversationFilter(include=["private"], exclude_external_shared_channels=True),
    )
    return field(name, label, element, hint=hint)


def option(value: str, text: str) -> Option:
    """One of several; a text too long for Slack ends in an ellipsis."""
    return Option(value=value, text=plain(shortened(text, OPTION_TEXT)))


def plain(text: str) -> PlainTextObject:
    """A text in which nothing is markup."""
    return PlainTextObject(text=text, emoji=False)
