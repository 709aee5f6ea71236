"""Slack: listeners parse and call one service, views draw models as blocks."""
