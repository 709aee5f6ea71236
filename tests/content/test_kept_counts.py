"""What is kept between two starts: it saves counting, and is never in the way."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from guideline_content.answers import as_json
from guideline_content.engine import open_answerer
from guideline_content.kept_counts import kept_counts
from guideline_content.naive_bayes import Counts

COUNTS = Counts({"mail": {"letter": 2}}, {"letter": 2})


class Counting:
    """Counts how often it is asked to count."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Counts:
        self.times += 1
        return COUNTS


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "guideline-bot"


def test_the_same_content_is_counted_once(tmp_path: Path, place: Path) -> None:
    count = Counting()
    assert [kept_counts(tmp_path, "1", count) for _ in range(3)] == [COUNTS] * 3
    assert count.times == 1
    (kept,) = place.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_changed_content_is_counted_again_and_takes_the_place_of_the_old(tmp_path: Path, place: Path) -> None:
    count = Counting()
    for version in ("1", "2", "2", "1"):
        kept_counts(tmp_path, version, count)
    assert count.times == 3
    assert len(list(place.iterdir())) == 1


def test_each_folder_has_a_file_of_its_own(tmp_path: Path, place: Path) -> None:
    count = Counting()
    for folder in ("one", "other", "one", "other"):
        kept_counts(tmp_path / folder, "1", count)
    assert count.times == len(list(place.iterdir())) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-9],
        lambda text: text.replace('"letter":2', '"letter":3'),
        lambda text: text.split("\n")[0] + '\n{"times":null,"totals":{}}',
        lambda _: "[" * 200_000,
        lambda _: "\ud800",
        lambda _: "",
    ],
)
def test_a_broken_file_is_as_if_there_were_none(tmp_path: Path, place: Path, change: Callable[[str], str]) -> None:
    count = Counting()
    kept_counts(tmp_path, "1", count)
    (kept,) = place.iterdir()
    kept.write_text(change(kept.read_text()), encoding="utf-8", errors="surrogatepass")
    assert kept_counts(tmp_path, "1", count) == kept_counts(tmp_path, "1", count) == COUNTS
    assert count.times == 2


def test_what_was_not_used_for_long_is_removed(tmp_path: Path, place: Path) -> None:
    kept_counts(tmp_path / "gone", "1", Counting())
    (old,) = place.iterdir()
    os.utime(old, (0, 0))
    kept_counts(tmp_path / "there", "1", Counting())
    assert len(list(place.iterdir())) == 1
    assert not old.exists()


def test_where_nothing_can_be_kept_it_is_counted_each_time(tmp_path: Path, place: Path) -> None:
    place.parent.write_text("a file where the folder should be")
    count = Counting()
    assert [kept_counts(tmp_path, "1", count) for _ in range(2)] == [COUNTS] * 2
    assert count.times == 2


def test_answers_are_the_same_from_what_was_kept(folder: Path, place: Path) -> None:
    first, second = open_answerer(folder), open_answerer(folder)
    for question in (
        "who gets a copy",
        "do i owe 30 days of refills",
        "can we end it today, he hit a nurse",
        "parking",
    ):
        assert as_json(first.answer(question), first.guideline) == as_json(second.answer(question), second.guideline)
