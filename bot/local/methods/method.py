"""What a Web API method is: its arguments, the scopes it needs and what it does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.local.errors import SlackError
from bot.local.people import TEAM_ID
from bot.local.slack import Slack

Payload = dict[str, Any]


class Arguments(BaseModel):
    """The arguments of one method. An unknown one is refused, so that a typo cannot pass unnoticed."""

    model_config = ConfigDict(extra="forbid")


class NoArguments(Arguments):
    """For methods without any."""


def _from_json(value: Any) -> Any:
    """Structured arguments may come as JSON within a form field."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


Json = Annotated[Any, BeforeValidator(_from_json)]


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them is enough; none: no scope is needed."""

    arguments: type[Arguments]
    call: Callable[[Slack, Any], Payload]
    scopes: tuple[str, ...] = ()
    app_token: bool = False
    without_token: bool = False

    def __call__(self, slack: Slack, given: Payload) -> Payload:
        """Check the arguments, then do it. Every method takes `team_id`, and Bolt always sends it."""
        if given.pop("team_id", TEAM_ID) != TEAM_ID:
            raise SlackError("team_not_found")
        return self.call(slack, self._read(given))

    def _read(self, given: Payload) -> Arguments:
        try:
            return self.arguments.model_validate(given)
        except ValidationError as invalid:
            messages = tuple(f"[ERROR] {_said(problem)}" for problem in invalid.errors())
            raise SlackError("invalid_arguments", messages) from invalid


def _said(problem: Any) -> str:
    name = ".".join(map(str, problem["loc"]))
    if problem["type"] == "missing":
        return f"missing required field: {name}"
    if problem["type"] == "extra_forbidden":
        return f"invalid additional property: {name}"
    return f"{problem['msg']} [json-pointer:/{name}]"
