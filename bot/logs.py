"""The log: what the bot does, never what people write.

Only our own loggers go below WARNING. Bolt and the SDK write whole payloads at DEBUG, and a payload holds questions.
"""

import logging
from datetime import datetime, tzinfo

OWN = ("bot", "conversations", "guideline_content")
FAILING_ALOUD = ("slack_sdk.web", "slack_sdk.webhook")
"""Whatever these log, they also raise: it would be said twice."""


class ZonedFormatter(logging.Formatter):
    """Times in the configured zone."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._zone = zone

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """ISO 8601, to the second."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(timespec="seconds")


def configure_logs(level: str, zone: tzinfo) -> None:
    """Log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(ZonedFormatter(zone))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    for name in FAILING_ALOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
