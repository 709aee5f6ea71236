"""What was counted of a guideline's texts, kept between two starts: reading it again takes a fraction of the time.

The file is in the user's cache folder and holds nothing but content. It stands for just the content and the code that
it was made from; missing, outdated, broken or impossible to write, it is as if there were none.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from guideline_content.naive_bayes import Counts
from guideline_content.whole_file import NotWrittenError, write_whole

Counting = Callable[[], Counts]


def kept_counts(folder: Path, version: str, count: Counting) -> Counts:
    """What `count` returns. `folder`: where the content is, one file being kept for each; `version`: its version."""
    made_from = f"{version} {_code()}"
    place = user_cache_path("guideline-bot") / f"{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(place.read_bytes())
        if found["made_from"] == made_from:
            return Counts(**found["counts"])
    counts = count()
    with suppress(OSError, NotWrittenError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, json.dumps({"made_from": made_from, "counts": counts._asdict()}, separators=(",", ":")))
    return counts


@cache
def _code() -> str:
    """Changes with any module of this package."""
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
