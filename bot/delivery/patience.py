"""How long to leave alone what failed: twice as long after each failure in a row."""

from collections import Counter
from datetime import timedelta

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)


class Patience:
    """Counts failures in a row, for each key."""

    def __init__(self, first: timedelta = FIRST) -> None:
        self._first = first
        self._failures: Counter[str] = Counter()

    def after_failure(self, key: str) -> timedelta:
        """How long to wait after one more failure."""
        self._failures[key] += 1
        doublings = min(self._failures[key] - 1, 30)
        return min(self._first * (1 << doublings), LONGEST)

    def forget(self, key: str) -> None:
        """It worked."""
        self._failures.pop(key, None)
