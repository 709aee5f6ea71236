"""Slack's blocks and views as far as the bot uses them, each with the surfaces it is allowed on."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.local.composition import Either2000, EitherText, Id, Plain24, Plain150, Plain2000, Wire
from bot.local.elements import Accessory, ActionElement, ContextAction, InputElement


class Block(Wire):
    """What every block may have."""

    block_id: Id | None = None


class Section(Block):
    """Text, perhaps in two columns, perhaps with one element beside it."""

    type: Literal["section"]
    text: EitherText | None = None
    fields: list[Either2000] | None = Field(None, min_length=1, max_length=10)
    accessory: Accessory | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Section":
        if self.text is None and self.fields is None:
            raise PydanticCustomError("slack", "must define either `text` or `fields`")
        return self


class Header(Block):
    """A heading."""

    type: Literal["header"]
    text: Plain150


class Divider(Block):
    """A line."""

    type: Literal["divider"]


class Context(Block):
    """Small print."""

    type: Literal["context"]
    elements: list[EitherText] = Field(min_length=1, max_length=10)


class Actions(Block):
    """Buttons and menus in a row."""

    type: Literal["actions"]
    elements: list[ActionElement] = Field(min_length=1, max_length=25)


class Input(Block):
    """A labelled field."""

    type: Literal["input"]
    label: Plain2000
    element: InputElement
    dispatch_action: bool | None = None
    hint: Plain2000 | None = None
    optional: bool | None = None


class Markdown(Block):
    """Standard Markdown, in messages only."""

    type: Literal["markdown"]
    text: str = Field(min_length=1, max_length=12_000)


class ContextActions(Block):
    """Thumbs and small buttons, in messages only."""

    type: Literal["context_actions"]
    elements: list[ContextAction] = Field(min_length=1, max_length=5)


class TextStyle(Wire):
    """How a run of text looks."""

    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    code: bool | None = None


class TextRun(Wire):
    """Text in which nothing is markup."""

    type: Literal["text"]
    text: str = Field(min_length=1)
    style: TextStyle | None = None


class RichTextPart(Wire):
    """A paragraph, or one that is set apart."""

    type: Literal["rich_text_section", "rich_text_quote"]
    elements: list[TextRun]


class RichText(Block):
    """Styled text, as people type it themselves."""

    type: Literal["rich_text"]
    elements: list[RichTextPart]


Everywhere = Section | Header | Divider | Context | Actions | Input | RichText
ViewBlock = Annotated[Everywhere, Field(discriminator="type")]
MessageBlock = Annotated[Everywhere | Markdown | ContextActions, Field(discriminator="type")]


class MessageBlocks(Wire):
    """The blocks of a message."""

    blocks: list[MessageBlock] = Field(max_length=50)


class AnyView(Wire):
    """What every view may have."""

    blocks: list[ViewBlock] = Field(max_length=100)
    private_metadata: str = Field("", max_length=3000)
    callback_id: str = Field("", max_length=255)
    external_id: str = Field("", max_length=255)


class Modal(AnyView):
    """A modal."""

    type: Literal["modal"]
    title: Plain24
    close: Plain24 | None = None
    submit: Plain24 | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False


class Home(AnyView):
    """The Home tab of the app."""

    type: Literal["home"]


class ViewArgument(Wire):
    """Either of them."""

    view: Annotated[Modal | Home, Field(discriminator="type")]
