"""A stand-in for Slack over loopback: Web API, Socket Mode, interactivity and a page that draws it."""
