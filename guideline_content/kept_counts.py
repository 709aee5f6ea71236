"""What was counted of a guideline's texts, kept between two starts: reading it again takes a fraction of the time.

The file is in the user's cache folder and holds nothing but content. It stands for just the content and the code that
it was made from; missing, outdated, broken or impossible to write, it is as if there were none.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from time import time

from platformdirs import user_cache_path

from guideline_content.naive_bayes import Counts
from guideline_content.whole_file import NotWrittenError, write_whole

OLDEST = 30 * 24 * 3600
"""Seconds after which a file goes when another one is written; where it is still needed it is made again."""

Counting = Callable[[], Counts]


def kept_counts(folder: Path, version: str, count: Counting) -> Counts:
    """What `count` returns. `folder`: where the content is, one file being kept for each; `version`: its version."""
    made_from = f"{version} {_code()}"
    place = user_cache_path("guideline-bot") / f"{_digest(str(folder.resolve()))[:16]}.json"
    with suppress(OSError, ValueError):
        head, _, body = place.read_text(encoding="utf-8").partition("\n")
        if head == f"{made_from} {_digest(body)}":
            return Counts(**json.loads(body))
    counts = count()
    with suppress(OSError, NotWrittenError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = json.dumps(counts._asdict(), separators=(",", ":"))
        write_whole(place, f"{made_from} {_digest(body)}\n{body}")
        for other in place.parent.glob("*.json"):
            if other.stat().st_mtime < time() - OLDEST:
                other.unlink()
    return counts


@cache
def _code() -> str:
    """Changes with any module of this package and with the list of English words."""
    modules = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    return _digest("\n".join([*modules, installed("symspellpy")]))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
