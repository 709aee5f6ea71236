"""The local workspace in the browser: Slack as a person sees it, drawn on the server, kept up to date by a script."""

from bot.local.page.endpoints import routes

__all__ = ["routes"]
