"""What a person does on the page, done in the workspace. Each returns what went wrong by Slack's name, or None."""

from starlette.datastructures import FormData

from bot.local.errors import Refused
from bot.local.fields import exactly
from bot.local.model import Message, Payload, View
from bot.local.page.forms import GONE, fill_in, surface_of, text_of, value_of
from bot.local.person import Person
from bot.local.reading import elements


def enter(person: Person, form: FormData) -> str | None:
    """Send what was typed. What Slackbot says of a command that failed is among the messages already."""
    person.enter(text_of(form, "channel"), text_of(form, "text"), text_of(form, "thread") or None)
    return None


def press(person: Person, form: FormData) -> str | None:
    """Press a button, or choose from the menu behind three dots, with whatever was filled in around it."""
    surface = surface_of(person, form)
    fill_in(person, surface, form)
    value = text_of(form, "value") if "value" in form else None
    block, element = _element(surface, form, value)
    ids = block["block_id"], element["action_id"]
    if element["type"] == "overflow":
        return person.choose(surface, exactly(*ids), value)
    return person.click(surface, exactly(*ids, value))


def choose(person: Person, form: FormData) -> str | None:
    """Choose where the choice counts at once."""
    surface = surface_of(person, form)
    fill_in(person, surface, form)
    block, element = _element(surface, form)
    return person.choose(surface, exactly(block["block_id"], element["action_id"]), value_of(form, block, element))


def submit(person: Person, form: FormData) -> str | None:
    """Submit the form on top; errors at its fields are part of it from then on."""
    fill_in(person, _on_top(person, form), form)
    person.submit()
    return None


def dismiss(person: Person, form: FormData) -> str | None:
    """Close the form on top, or all of them."""
    _on_top(person, form)
    person.dismiss(everything="everything" in form)
    return None


def opened(person: Person, form: FormData) -> str | None:
    """Tell the app that one of its tabs was opened."""
    if text_of(form, "tab") == "home":
        person.open_home(wait=False)
    else:
        person.open_direct_message()
    return None


def _element(surface: Message | View, form: FormData, value: str | None = None) -> tuple[Payload, Payload]:
    """What was meant; where its row was drawn anew meanwhile, the only button there with its name and value."""
    block_id, action_id = text_of(form, "block"), text_of(form, "action")
    named = [(block, element) for block, element in elements(surface.blocks) if element["action_id"] == action_id]
    same = [found for found in named if found[0]["block_id"] == block_id]
    if not same and value is not None:
        same = [found for found in named if found[1].get("value") == value]
    if len(same) != 1:
        raise Refused(GONE)
    return same[0]


def _on_top(person: Person, form: FormData) -> View:
    modal = person.modal
    if modal is None or modal.id != text_of(form, "view"):
        raise Refused(GONE)
    return modal
