"""What every store promises, see `conversations.store.Store`."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing.connection import Connection
from threading import Barrier
from typing import Any

import pytest
from places import Place, aborting

from conversations.errors import StoreError
from conversations.identifiers import Kind
from conversations.questions import AnsweredQuestion, Reason, RegisteredQuestion, Waiting
from conversations.store import Store
from guideline_content.answers import Outcome

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PROCESSES = multiprocessing.get_context("spawn")


def an_answer(id: str = "a1", **given: Any) -> AnsweredQuestion:
    usual: dict[str, Any] = {
        "at": NOON,
        "person": "U01",
        "conversation": "D01",
        "question": "who has to sign? 🙂 'quoted' \"twice\"",
        "outcome": Outcome.ANSWERED,
        "entries": ("letter.signature", "letter.copies"),
        "role": "nurse-practitioner",
        "content_version": "0123456789ab",
    }
    return AnsweredQuestion(id=id, **(usual | given))


def a_line(id: str = "q1", **given: Any) -> RegisteredQuestion:
    usual: dict[str, Any] = {
        "at": NOON,
        "reason": Reason.SILENT,
        "question": "no-shows?\nand appeals?",
        "content_version": "0123456789ab",
    }
    return RegisteredQuestion(id=id, **(usual | given))


# Roles


def test_a_person_has_no_role_before_setting_one(store: Store) -> None:
    assert store.role("U01") is None


def test_the_role_set_last_is_the_role(store: Store) -> None:
    store.set_role("U01", "nurse", at=NOON)
    store.set_role("U02", "physician", at=NOON)
    store.set_role("U01", "midwife", at=NOON)
    assert (store.role("U01"), store.role("U02")) == ("midwife", "physician")


def test_a_role_can_be_forgotten_also_twice(store: Store) -> None:
    store.set_role("U01", "nurse", at=NOON)
    store.set_role("U01", None, at=NOON)
    store.set_role("U01", None, at=NOON)
    assert store.role("U01") is None


# Claims


def test_the_first_claim_of_a_key_wins_and_later_ones_do_not(store: Store) -> None:
    assert [store.claim(key, at=NOON) for key in ("event 1", "event 1", "event 2")] == [True, False, True]


def test_of_16_threads_exactly_one_wins_a_claim(store: Store) -> None:
    barrier = Barrier(16)

    def claim(_: int) -> bool:
        barrier.wait()
        return store.claim("event", at=NOON)

    with ThreadPoolExecutor(16) as threads:
        assert sorted(threads.map(claim, range(16))) == [False] * 15 + [True]


def claim_in_process(place: Place, results: Connection, start: Any) -> None:
    won = 0
    with aborting(start):
        store = place.open()
        for key in range(50):
            start.wait()
            won += store.claim(f"event {key}", at=NOON)
    results.send(won)


def test_of_two_processes_exactly_one_wins_each_claim(place: Place) -> None:
    start = PROCESSES.Barrier(2)
    pipes = [PROCESSES.Pipe(duplex=False) for _ in range(2)]
    processes = [PROCESSES.Process(target=claim_in_process, args=(place, sending, start)) for _, sending in pipes]
    for process in processes:
        process.start()
    for _, sending in pipes:
        sending.close()
    assert sum(receiving.recv() for receiving, _ in pipes) == 50
    for process in processes:
        process.join()


def write_until_killed(place: Place, acknowledged: Connection) -> None:
    store = place.open()
    for number in range(1_000_000):
        store.remember_answer(an_answer(f"a{number}"), a_line(f"q{number}"))
        acknowledged.send(number)


def test_what_was_acknowledged_is_kept_when_the_process_is_killed(place: Place) -> None:
    receiving, sending = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=write_until_killed, args=(place, sending))
    process.start()
    sending.close()
    numbers = [receiving.recv() for _ in range(100)]
    process.kill()
    process.join()
    while receiving.poll():
        try:
            numbers.append(receiving.recv())
        except EOFError:
            break
    store = place.open()
    assert all(store.answered(f"a{number}") for number in numbers)
    assert {f"q{number}" for number in numbers} <= {line.id for line in store.registered()}
    assert store.claim("still writable", at=NOON)
    store.close()


# Answers


def test_an_answer_is_remembered_whole(store: Store) -> None:
    whole = an_answer(
        outcome=Outcome.NOT_COVERED,
        small_talk=True,
        role=None,
        follows=("letter.copies",),
        scores=(0.1 + 0.2, 1 / 3),
        member="letter.copy-on-file",
        read_as="who has to sign",
        about="Fees",
        local="In immediate danger, call 911 first.",
        seen=(Kind.PHIN, Kind.PHONE),
    )
    store.remember_answer(whole)
    assert store.answered("a1") == whole


def test_an_answer_never_given_is_not_known(store: Store) -> None:
    assert store.answered("a1") is None


def test_an_answer_remembered_twice_stays_as_it_was(store: Store) -> None:
    store.remember_answer(an_answer(), a_line())
    store.remember_answer(an_answer(question="another"), a_line(question="another"))
    assert store.answered("a1") == an_answer()
    assert store.registered() == (a_line(),)


def test_an_answer_is_remembered_and_its_question_registered_or_neither(store: Store) -> None:
    impossible = RegisteredQuestion.model_construct(**(a_line().model_dump() | {"at": NOON.replace(tzinfo=None)}))
    with pytest.raises(ValueError, match="time zone"):
        store.remember_answer(an_answer(), impossible)
    assert (store.answered("a1"), store.registered()) == (None, ())


def test_the_topic_is_what_the_person_was_last_shown_in_the_conversation(store: Store) -> None:
    store.remember_answer(an_answer("newest", at=NOON + MINUTE))
    store.remember_answer(an_answer("older"))
    store.remember_answer(an_answer("elsewhere", conversation="D02", at=NOON + 2 * MINUTE))
    store.remember_answer(an_answer("somebody else's", person="U02", at=NOON + 2 * MINUTE))
    assert store.last_answered("D01", "U01", since=NOON) == an_answer("newest", at=NOON + MINUTE)


def test_an_answer_without_entries_does_not_change_the_topic(store: Store) -> None:
    store.remember_answer(an_answer("topic"))
    store.remember_answer(an_answer("thanks", at=NOON + MINUTE, entries=(), outcome=Outcome.NOT_COVERED))
    assert store.last_answered("D01", "U01", since=NOON) == an_answer("topic")


@pytest.mark.parametrize(("since", "found"), [(NOON, True), (NOON + timedelta(microseconds=1), False)])
def test_a_topic_counts_from_since_on(store: Store, since: datetime, found: bool) -> None:
    store.remember_answer(an_answer())
    assert bool(store.last_answered("D01", "U01", since=since)) is found


def test_old_answers_are_forgotten_and_the_register_stays(store: Store) -> None:
    store.remember_answer(an_answer("old", at=NOON - MINUTE), a_line())
    store.remember_answer(an_answer("new"))
    assert store.forget_answers(before=NOON) == 1
    assert (store.answered("old"), store.answered("new")) == (None, an_answer("new"))
    assert store.registered() == (a_line(),)
    assert store.forget_answers(before=NOON) == 0


# Waiting to be told


def test_who_waits_is_known_with_the_question_until_they_were_told(store: Store) -> None:
    store.remember_answer(an_answer(follows=("letter.copies",)))
    waiting = store.wait("a1", "U02", at=NOON)
    assert waiting == Waiting(asked=an_answer(follows=("letter.copies",)), person="U02")
    assert store.waiting() == (waiting,)
    store.told(waiting, at=NOON)
    assert store.waiting() == ()
    assert store.wait("a1", "U02", at=NOON + MINUTE) == Waiting(asked=waiting.asked, person="U02", told=True)
    assert store.waiting() == ()


def test_nobody_waits_for_an_answer_that_is_not_known(store: Store) -> None:
    assert store.wait("a1", "U01", at=NOON) is None
    assert store.waiting() == ()


def test_who_waits_twice_waits_once_and_the_longest_waiting_comes_first(store: Store) -> None:
    for id in ("a1", "a2"):
        store.remember_answer(an_answer(id))
    store.wait("a1", "U02", at=NOON + MINUTE)
    store.wait("a2", "U01", at=NOON)
    store.wait("a1", "U02", at=NOON - MINUTE)
    assert [(one.asked.id, one.person) for one in store.waiting()] == [("a2", "U01"), ("a1", "U02")]


def test_who_waits_is_forgotten_with_the_answer(store: Store) -> None:
    store.remember_answer(an_answer("old", at=NOON - MINUTE))
    store.remember_answer(an_answer("new"))
    for id in ("old", "new"):
        store.wait(id, "U01", at=NOON + MINUTE)
    assert store.forget_answers(before=NOON) == 1
    assert [one.asked.id for one in store.waiting()] == ["new"]
    store.remember_answer(an_answer("old"))
    assert [one.asked.id for one in store.waiting()] == ["new"]


def test_one_holder_at_a_time_may_tell_until_the_lease_ends(store: Store) -> None:
    store.remember_answer(an_answer())
    waiting = store.wait("a1", "U01", at=NOON)
    assert waiting
    end = NOON + MINUTE
    assert store.lease_waiting(waiting, holder="one", at=NOON, until=end)
    assert not store.lease_waiting(waiting, holder="other", at=NOON, until=end)
    assert store.lease_waiting(waiting, holder="one", at=NOON, until=end)
    assert store.lease_waiting(waiting, holder="other", at=end, until=end + MINUTE)
    store.told(waiting, at=end)
    assert not store.lease_waiting(waiting, holder="other", at=end, until=end + MINUTE)


# The register


def test_the_register_keeps_a_line_whole(store: Store) -> None:
    whole = a_line(wanted="x" * 3000, entries=("a", "b"), role="nurse", reason=Reason.NOT_HELPFUL)
    store.register(whole)
    assert store.registered() == (whole,)


def test_the_register_is_read_oldest_first_whatever_the_zone_or_the_fraction(store: Store) -> None:
    winnipeg = timezone(timedelta(hours=-6))
    times = {
        "second": NOON + timedelta(microseconds=500),
        "first": NOON,
        "fourth": (NOON + 2 * MINUTE).astimezone(winnipeg),
        "third": NOON + MINUTE,
    }
    for id, at in times.items():
        store.register(a_line(id, at=at))
    assert [line.id for line in store.registered()] == ["first", "second", "third", "fourth"]
    assert {line.at.utcoffset() for line in store.registered()} == {timedelta()}


def test_a_line_registered_twice_stays_as_it_was(store: Store) -> None:
    store.register(a_line())
    store.register(a_line(question="another"))
    assert store.registered() == (a_line(),)


def vote(helpful: bool, *, after: timedelta = timedelta(), **given: Any) -> RegisteredQuestion:
    return a_line("v1", at=NOON + after, reason=Reason.HELPFUL if helpful else Reason.NOT_HELPFUL, **given)


def test_a_vote_given_twice_is_one_line(store: Store) -> None:
    store.register_feedback(vote(True))
    store.register_feedback(vote(True))
    assert store.registered() == (vote(True),)


def test_the_latest_vote_counts(store: Store) -> None:
    store.register_feedback(vote(True))
    store.register_feedback(vote(False, after=MINUTE))
    assert store.registered() == (vote(False, after=MINUTE),)


def test_a_vote_that_arrives_late_does_not_replace_a_later_one(store: Store) -> None:
    store.register_feedback(vote(True, after=MINUTE))
    store.register_feedback(vote(False))
    assert store.registered() == (vote(True, after=MINUTE),)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_looked_for_stays_when_the_other_vote_has_no_text(store: Store, order: tuple[int, int]) -> None:
    votes = vote(False, wanted="the fee"), vote(False, after=MINUTE)
    for index in order:
        store.register_feedback(votes[index])
    assert store.registered() == (vote(False, after=MINUTE, wanted="the fee"),)


def test_what_was_looked_for_is_what_was_written_last(store: Store) -> None:
    store.register_feedback(vote(False, wanted="the fee"))
    store.register_feedback(vote(False, after=MINUTE, wanted="the form"))
    assert store.registered() == (vote(False, after=MINUTE, wanted="the form"),)


# All of it


@pytest.mark.parametrize(
    "call",
    [
        lambda store, at: store.set_role("U01", "nurse", at=at),
        lambda store, at: store.claim("event", at=at),
        lambda store, at: store.last_answered("D01", "U01", since=at),
        lambda store, at: store.forget_answers(before=at),
        lambda store, at: store.wait("a1", "U01", at=at),
    ],
    ids=["set_role", "claim", "last_answered", "forget_answers", "wait"],
)
def test_a_time_without_a_zone_is_refused(store: Store, call: Callable[[Store, datetime], object]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        call(store, NOON.replace(tzinfo=None))
    assert store.role("U01") is None
    assert store.claim("event", at=NOON)


def test_a_store_opened_again_knows_everything(place: Place) -> None:
    before = place.open()
    before.set_role("U01", "nurse", at=NOON)
    before.claim("event", at=NOON)
    before.remember_answer(an_answer(), a_line())
    before.close()
    after = place.open()
    assert after.role("U01") == "nurse"
    assert not after.claim("event", at=NOON)
    assert (after.answered("a1"), after.registered()) == (an_answer(), (a_line(),))
    after.close()


def test_two_stores_at_one_place_see_each_other(place: Place, store: Store) -> None:
    other = place.open()
    other.set_role("U01", "nurse", at=NOON)
    assert store.role("U01") == "nurse"
    other.close()
    store.set_role("U01", "midwife", at=NOON)
    assert store.role("U01") == "midwife"


def test_many_threads_read_and_write_at_once(store: Store) -> None:
    def use(number: int) -> bool:
        store.set_role(f"U{number}", "nurse", at=NOON)
        store.remember_answer(an_answer(f"a{number}"), a_line(f"q{number}"))
        store.registered()
        return store.role(f"U{number}") == "nurse" and store.answered(f"a{number}") is not None

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(use, range(200)))
    assert len(store.registered()) == 200


def test_a_closed_store_says_so_and_closing_twice_is_closing_once(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.role("U01")
