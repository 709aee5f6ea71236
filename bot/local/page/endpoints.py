"""The page's addresses: what is shown as whom, what was done, and word of every change."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.local.errors import Refused
from bot.local.page import deeds
from bot.local.page.forms import GONE
from bot.local.page.guard import Guard
from bot.local.page.mrkdwn import may_link_to
from bot.local.page.screens import HOME, NOWHERE, Screen
from bot.local.page.unread import ReadMarks
from bot.local.people import Channel
from bot.local.person import Person

if TYPE_CHECKING:
    from bot.local.workspace import LocalWorkspace

HERE = Path(__file__).parent
TRY_AGAIN_AFTER = 1000
"""Milliseconds after which a browser that lost the stream of changes asks for it again."""
WINNIPEG = ZoneInfo("America/Winnipeg")
FAILURES = {
    "operation_timeout": "The app did not answer in time. Please try again.",
    "dispatch_failed": "The app is not connected. Please try again in a moment.",
}
Deed = Callable[[Person, FormData], str | None]


class Page:
    """The page of one workspace. Dates are shown in `zone`."""

    def __init__(self, workspace: "LocalWorkspace", zone: tzinfo) -> None:
        self._workspace = workspace
        self._zone = zone
        self._marks = ReadMarks()
        self._templates = _templates()

    # what is shown

    def start(self, request: Request) -> Response:
        """Begin as the first person, before the bot."""
        person = self._workspace.people[0]
        return RedirectResponse(f"/as/{person.id}/{person.direct_message.id}")

    def show(self, request: Request) -> Response:
        """One person's screen."""
        person = self._person(request)
        place = self._place(person, request.path_params.get("place", NOWHERE)) if person else None
        if person is None or place is None:
            return HTMLResponse(self._templates.get_template("missing.html").render(), 404)
        thread = request.query_params.get("thread")
        screen = Screen(self._workspace, person, place, thread, self._marks, self._zone)
        return HTMLResponse(self._templates.get_template("page.html").render(screen=screen))

    async def changes(self, request: Request) -> Response:
        """An event for each change, with the count of changes; the first one at once."""
        return EventSourceResponse(self._counts(), headers={"Cache-Control": "no-store"})

    async def _counts(self) -> AsyncIterator[dict[str, str | int]]:
        seen = -1
        while not self._workspace.closing:
            seen = await self._workspace.next_change(seen)
            yield {"data": str(seen), "retry": TRY_AGAIN_AFTER}

    def _person(self, request: Request) -> Person | None:
        wanted = request.path_params["person"]
        return next((person for person in self._workspace.people if person.id == wanted), None)

    def _place(self, person: Person, place: str) -> Channel | str | None:
        if place == NOWHERE or (place == HOME and self._workspace.manifest.features.app_home.home_tab_enabled):
            return place
        return next((channel for channel in person.conversations() if channel.id == place), None)

    # what is done

    def doing(self, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
        """An address for something a person does; the answer says what went wrong, if anything did."""

        async def endpoint(request: Request) -> Response:
            person = self._person(request)
            form = await request.form()
            if person is None:
                return _problem("Nobody here goes by that name.", 404)
            return await run_in_threadpool(_answer, deed, person, form)

        return endpoint


def _answer(deed: Deed, person: Person, form: FormData) -> Response:
    try:
        failure = deed(person, form)
    except Refused as refused:
        return _problem(str(refused), 409)
    except LookupError:
        return _problem(GONE, 409)
    return _problem(FAILURES.get(failure, failure), 409) if failure else JSONResponse({})


def _problem(words: str, status: int) -> Response:
    return JSONResponse({"problem": words}, status)


def routes(workspace: "LocalWorkspace", zone: tzinfo = WINNIPEG) -> list[BaseRoute]:
    """Everything the page is served from; times are shown in `zone`."""
    page = Page(workspace, zone)
    guarded = [Middleware(Guard)]

    def shown(path: str, endpoint: Callable[[Request], Response | Awaitable[Response]]) -> Route:
        return Route(path, endpoint, middleware=guarded)

    def done(name: str, deed: Deed) -> Route:
        return Route(f"/as/{{person}}/{name}", page.doing(deed), methods=["POST"], middleware=guarded)

    return [
        Mount("/static", StaticFiles(directory=HERE / "static"), middleware=guarded),
        done("enter", deeds.enter),
        done("press", deeds.press),
        done("choose", deeds.choose),
        done("submit", deeds.submit),
        done("dismiss", deeds.dismiss),
        done("opened", deeds.opened),
        shown("/", page.start),
        shown("/as/{person}", page.show),
        shown("/as/{person}/changes", page.changes),
        shown("/as/{person}/{place}", page.show),
    ]


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["may_link_to"] = may_link_to
    return environment
