"""Slack's checks on what the bot sends. A payload that passes comes back with the ids that Slack generates."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.local.blocks import MessageBlocks, ViewArgument
from bot.local.errors import SlackError
from bot.local.reading import elements
from bot.local.values import VALUE_KEYS

Payload = dict[str, Any]

ALL_TEXT_OF_BLOCKS = 13_200
MESSAGE_TEXT = 40_000
VIEW_BYTES = 250_000


def check_message_text(text: str) -> None:
    """`msg_too_long` past what Slack stores."""
    if len(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")


def checked_blocks(blocks: Any) -> tuple[Payload, ...]:
    """The blocks of a message as Slack would keep them, or `invalid_blocks_format`, `invalid_blocks`, ..."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    checked = _checked(MessageBlocks, {"blocks": blocks}, "invalid_blocks")["blocks"]
    _refuse("invalid_blocks", list(_repeated_ids(checked, "/blocks")))
    _refuse("invalid_blocks", list(_only_in_modals(checked)))
    if sum(len(text) for text in _all_text(checked)) > ALL_TEXT_OF_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return tuple(_with_ids(checked))


def checked_view(view: Any) -> Payload:
    """A view as Slack would keep it, or `invalid_arguments` with what is wrong where."""
    checked: Payload = _checked(ViewArgument, {"view": view}, "invalid_arguments")["view"]
    _refuse("invalid_arguments", list(_view_problems(checked)))
    if len(str(checked).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    return checked | {"blocks": list(_with_ids(checked["blocks"]))}


def _refuse(error: str, messages: list[str]) -> None:
    if messages:
        raise SlackError(error, tuple(f"[ERROR] {message}" for message in messages))


def _checked(model: type[BaseModel], payload: Payload, error: str) -> Payload:
    _refuse(error, [f"must not be null [json-pointer:{at}]" for at in _nulls(payload, "")])
    try:
        return model.model_validate(payload).model_dump(exclude_none=True)
    except ValidationError as invalid:
        problems = [_in_slacks_words(problem, payload) for problem in invalid.errors()]
        raise SlackError(error, tuple(f"[ERROR] {problem}" for problem in problems)) from invalid


def _nulls(value: Any, at: str) -> Iterator[str]:
    if value is None:
        yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from _nulls(inner, f"{at}/{key}")


# what pydantic found, as Slack says it


def _in_slacks_words(problem: ErrorDetails, payload: Payload) -> str:
    where = _path(problem["loc"], payload)
    given = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return f"missing required field: {where[-1]} {_pointer(where[:-1])}"
        case "extra_forbidden":
            return f"invalid additional property: {where[-1]} {_pointer(where[:-1])}"
        case "string_too_long":
            return f"must be less than {given['max_length'] + 1} characters {_pointer(where)}"
        case "text_too_long":
            return f"must be less than {given['max_length'] + 1} characters {_pointer([*where, 'text'])}"
        case "string_too_short":
            return f"must be more than {given['min_length'] - 1} characters {_pointer(where)}"
        case "too_long":
            return f"no more than {given['max_length']} items allowed {_pointer(where)}"
        case "too_short":
            return f"no less than {given['min_length']} items allowed {_pointer(where)}"
        case "union_tag_invalid":
            return f"unsupported type: {given['tag']} {_pointer([*where, 'type'])}"
        case "union_tag_not_found":
            return f"missing required field: type {_pointer(where)}"
        case "literal_error":
            return f"must be one of: {given['expected']} {_pointer(where)}"
        case "string_type":
            return f"must provide a string {_pointer(where)}"
        case "list_type":
            return f"must provide an array {_pointer(where)}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must provide an object {_pointer(where)}"
        case _:
            return f"{problem['msg']} {_pointer(where)}"


def _path(loc: tuple[int | str, ...], payload: Any) -> list[int | str]:
    """The location in the payload itself: pydantic also names the type it took for each object of several types."""
    path: list[int | str] = []
    here: Any = payload
    for part in loc:
        if isinstance(here, dict) and here.get("type") == part:
            continue
        path.append(part)
        here = _at(here, part)
    return path


def _at(here: Any, part: int | str) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    return here[part] if isinstance(here, list) and isinstance(part, int) else None


def _pointer(path: Iterable[int | str]) -> str:
    return f"[json-pointer:/{'/'.join(map(str, path))}]"


# what no single object can know


def _view_problems(view: Payload) -> Iterator[str]:
    yield from _repeated_ids(view["blocks"], "/view/blocks")
    inputs = [index for index, block in enumerate(view["blocks"]) if block["type"] == "input"]
    if view["type"] == "modal" and inputs and "submit" not in view:
        yield f"must define `submit` to use `input` block [json-pointer:/view/blocks/{inputs[0]}/input]"
    if view["type"] == "home":
        yield from _only_in_modals(view["blocks"])
    if sum(bool(element.get("focus_on_load")) for _, element in elements(view["blocks"])) > 1:
        yield "only one element can set `focus_on_load` [json-pointer:/view/blocks]"


def _only_in_modals(blocks: list[Payload]) -> Iterator[str]:
    if any(element.get("response_url_enabled") for _, element in elements(blocks)):
        yield "`response_url_enabled` is only available in modals [json-pointer:/blocks]"


def _repeated_ids(blocks: list[Payload], at: str) -> Iterator[str]:
    for block_id in _repeated(block.get("block_id") for block in blocks):
        yield f"`block_id` {block_id} already exists [json-pointer:{at}]"
    for index, block in enumerate(blocks):
        within = [element.get("action_id") for owner, element in elements(blocks) if owner is block]
        for action_id in _repeated(within):
            yield f"`action_id` {action_id} already exists [json-pointer:{at}/{index}/elements]"


def _repeated(ids: Iterable[str | None]) -> list[str]:
    return [found for found, times in Counter(ids).items() if found is not None and times > 1]


def _all_text(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _all_text(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _all_text(inner)


def _with_ids(blocks: list[Payload]) -> Iterator[Payload]:
    """A block that is sent again as it was keeps the id it was given, so that what was pressed there still counts.

    One in which something can be filled in gets another each time: nothing of what it held stays.
    """
    given: Counter[str] = Counter()
    for block in blocks:
        sent = json.dumps(block, sort_keys=True)
        given[sent] += 1
        fillable = any(element["type"] in VALUE_KEYS for _, element in elements([block]))
        block_id = secrets.token_urlsafe(4) if fillable else sha256(f"{given[sent]} {sent}".encode()).hexdigest()[:8]
        for position, (_, element) in enumerate(elements([block])):
            element.setdefault("action_id", f"{block_id}.{position}")
        yield {"block_id": block_id, **block}
