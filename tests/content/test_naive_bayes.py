"""What samples tell of a question: probabilities that are counted."""

from math import fsum

import pytest

from guideline_content.naive_bayes import FEW, NaiveBayes, counted


def told(**samples: str) -> NaiveBayes:
    """Owners by the words of their samples."""
    return NaiveBayes(counted((owner, words.split()) for owner, words in samples.items()))


def test_what_only_one_owner_is_asked_in_these_words_is_its_own() -> None:
    bayes = told(letter="mail mail who who", chart="file file who who")
    assert bayes.probabilities(["mail", "who"])["letter"] > 0.9


def test_probabilities_add_up_to_one() -> None:
    likely = told(letter="mail", chart="mail file", fees="charge").probabilities(["mail", "file"])
    assert fsum(likely.values()) == pytest.approx(1.0)
    assert set(likely) == {"letter", "chart"}


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    bayes = told(letter="patient patient registered", chart="patient patient patient patient file")
    assert bayes.probabilities(["patient", "registered"])["letter"] > 0.5


def test_what_is_asked_twice_counts_once() -> None:
    bayes = told(letter="mail who", chart="file who")
    assert bayes.probabilities(["mail", "who", "who"]) == bayes.probabilities(["mail", "who"])


def test_words_that_no_sample_has_tell_nothing_by_themselves_and_make_the_rest_less_sure() -> None:
    bayes = told(letter="mail who", chart="file who")
    assert bayes.probabilities(["weather"]) == {}
    sure, unsure = bayes.probabilities(["mail"]), bayes.probabilities(["mail", "weather", "tomorrow"])
    assert sure["letter"] == unsure["letter"] == 1.0
    sure, unsure = bayes.probabilities(["mail", "who"]), bayes.probabilities(["mail", "who", "weather"])
    assert 0.5 < unsure["letter"] < sure["letter"]


def test_pairs_that_no_sample_has_change_nothing() -> None:
    bayes = told(letter="mail who", chart="file who")
    assert bayes.probabilities(["mail", "who", "mail who"]) == bayes.probabilities(["mail", "who"])


def test_favour_counts_as_often_as_it_says() -> None:
    bayes = told(letter="who", chart="who")
    likely = bayes.probabilities(["who"], {"letter": 3.0, "unheard-of": 9.0})
    assert likely == pytest.approx({"letter": 0.75, "chart": 0.25})


def test_nothing_is_likely_where_there_are_no_samples() -> None:
    assert told().probabilities(["mail"]) == {}


def test_a_common_word_changes_little_among_very_many_owners() -> None:
    owners = {f"other{number}": "patient" for number in range(FEW + 1)}
    likely = told(**owners, letter="registered patient").probabilities(["patient", "registered"])
    assert max(likely, key=likely.__getitem__) == "letter"
