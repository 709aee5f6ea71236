"""The Web API over HTTP: who calls, which method, with which arguments, and the answer in Slack's form."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.local.errors import SlackError
from bot.local.faults import LostAnswer, RateLimited, ServerError
from bot.local.methods import METHODS
from bot.local.methods.method import Method
from bot.local.response_urls import read_reply
from bot.local.slack import Slack

Payload = dict[str, Any]


class WebApi:
    """Answers `/api/METHOD` and what is posted to response URLs."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def method(self, request: Request) -> Response:
        """One call. Slack refuses with status 200 and `ok: false`."""
        name = request.path_params["method"]
        self._slack.calls[name] += 1
        fault = self._slack.faults.next(name)
        if isinstance(fault, RateLimited):
            headers = {"Retry-After": str(fault.retry_after)}
            return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
        if isinstance(fault, ServerError):
            return PlainTextResponse("upstream connect error", status_code=fault.status)
        answer = JSONResponse(await self._call(name, request))
        if isinstance(fault, LostAnswer):
            await _until_hung_up(request)
        return answer

    async def _call(self, name: str, request: Request) -> Payload:
        try:
            given = await _arguments(request)
            method = _known(name)
            self._authorise(method, request, given.pop("token", None))
            return {"ok": True} | method(self._slack, given)
        except SlackError as error:
            self._slack.refuse(name, error)
            return _refusal(error)

    def _authorise(self, method: Method, request: Request, token: str | None) -> None:
        if method.without_token:
            return
        token = token or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if not token:
            raise SlackError("not_authed")
        if token not in (self._slack.bot_token, self._slack.app_token):
            raise SlackError("invalid_auth")
        if (token == self._slack.app_token) is not method.app_token:
            raise SlackError("not_allowed_token_type")
        if not method.app_token:
            self._slack.require(*method.scopes)

    async def respond(self, request: Request) -> Response:
        """What the bot posts to a response URL."""
        try:
            where = self._slack.response_urls.use(request.path_params["token"])
            self._slack.answer(read_reply(json.loads(await request.body())), where)
        except SlackError as error:
            self._slack.refuse("response_url", error)
            return JSONResponse(_refusal(error), status_code=404 if error.error.endswith("_url") else 400)
        except ValueError:
            self._slack.refuse("response_url", SlackError("invalid_payload"))
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        return PlainTextResponse("ok")


def _known(name: str) -> Method:
    if name not in METHODS:
        raise SlackError("unknown_method", req_method=name)
    return METHODS[name]


async def _arguments(request: Request) -> Payload:
    """The arguments of a call, from a form or from JSON; an empty form is no arguments."""
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    if kind == "application/json":
        return _json_object(await request.body())
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            return dict(form)
    return dict(request.query_params)


def _json_object(body: bytes) -> Payload:
    try:
        read = json.loads(body or b"{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _refusal(error: SlackError) -> Payload:
    body: Payload = {"ok": False, "error": error.error} | error.details
    return body | ({"response_metadata": {"messages": list(error.messages)}} if error.messages else {})


async def _until_hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
