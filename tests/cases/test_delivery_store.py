"""What every store of surfaces and notices promises, see `conversations.case_store.DeliveryStore`."""

from datetime import timedelta

import pytest
from clinic import CHANNEL, DOCTOR, NOON, NURSE, SUPERVISOR, Clinic

from conversations.case_store import DeliveryStore
from conversations.cases import Case
from conversations.delivery import CARD, Notice, NoticeKind, Surface, SurfaceState

SECOND = timedelta(seconds=1)
LATER = NOON + 30 * SECOND


@pytest.fixture
def case(clinic: Clinic) -> Case:
    return clinic.open()


@pytest.fixture
def delivery(clinic: Clinic, case: Case) -> DeliveryStore:
    return clinic.store.delivery


def lease(delivery: DeliveryStore, case: Case, holder: str = "one", name: str = CARD) -> Surface | None:
    return delivery.lease(case.code, name, holder=holder, at=NOON, until=LATER)


def posted(delivery: DeliveryStore, case: Case, name: str = CARD, ts: str = "1.0", version: int = 1) -> Surface:
    leased = lease(delivery, case, name=name)
    assert leased
    surface = leased.changed(state=SurfaceState.POSTED, ts=ts, version=version, digest="d1")
    assert delivery.release(surface, holder="one")
    return surface


def test_a_case_begins_with_its_card_unposted(delivery: DeliveryStore, case: Case) -> None:
    assert delivery.surfaces(case.code) == (Surface(code=case.code, name=CARD, channel=CHANNEL),)
    assert delivery.behind(at=NOON) == delivery.surfaces(case.code)


def test_surfaces_are_added_once_and_in_their_order(delivery: DeliveryStore, case: Case) -> None:
    letter = Surface(code=case.code, name="letter", channel=CHANNEL)
    delivery.add([letter, Surface(code=case.code, name="a-table", channel=CHANNEL)])
    posted(delivery, case, "letter")
    delivery.add([letter])
    assert [one.name for one in delivery.surfaces(case.code)] == [CARD, "letter", "a-table"]
    assert delivery.surfaces(case.code)[1].state is SurfaceState.POSTED


def test_a_lease_is_for_one_holder_until_its_end(delivery: DeliveryStore, case: Case) -> None:
    assert lease(delivery, case, "one")
    assert lease(delivery, case, "two") is None
    assert delivery.behind(at=NOON) == ()
    assert delivery.next_due(at=NOON) == LATER
    assert delivery.behind(at=LATER) != ()
    assert delivery.lease(case.code, CARD, holder="two", at=LATER, until=LATER + SECOND)


def test_a_holder_who_lost_the_lease_keeps_nothing(delivery: DeliveryStore, case: Case) -> None:
    surface = lease(delivery, case, "one")
    assert surface
    assert delivery.lease(case.code, CARD, holder="two", at=LATER, until=LATER + SECOND)
    changed = surface.changed(state=SurfaceState.POSTED, ts="1.0")
    assert not delivery.mark(changed, holder="one")
    assert not delivery.release(changed, holder="one")
    assert not delivery.drop(changed, holder="one")
    assert delivery.surfaces(case.code)[0].ts is None


def test_marking_keeps_the_lease_and_releasing_ends_it(delivery: DeliveryStore, case: Case) -> None:
    surface = lease(delivery, case)
    assert surface
    posting = surface.changed(state=SurfaceState.POSTING)
    assert delivery.mark(posting, holder="one")
    assert lease(delivery, case, "two") is None
    assert delivery.release(posting.changed(state=SurfaceState.POSTED, ts="1.0", version=1), holder="one")
    assert delivery.behind(at=NOON) == ()
    assert lease(delivery, case, "two")


def test_a_delay_keeps_everybody_waiting(delivery: DeliveryStore, case: Case) -> None:
    surface = lease(delivery, case)
    assert surface
    assert delivery.release(surface, holder="one", not_before=LATER)
    assert lease(delivery, case, "two") is None
    assert delivery.behind(at=NOON) == ()
    assert delivery.behind(at=LATER) == (surface,)


def test_a_surface_is_behind_once_its_case_moves_on(clinic: Clinic, delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    assert delivery.behind(at=clinic.now) == ()
    clinic.complete(case, "work-together")
    assert [one.version for one in delivery.behind(at=clinic.now)] == [1]


def test_rendering_an_older_version_leaves_the_surface_behind(
    clinic: Clinic, delivery: DeliveryStore, case: Case
) -> None:
    surface = lease(delivery, case)
    assert surface
    clinic.complete(case, "work-together")
    delivery.release(surface.changed(state=SurfaceState.POSTED, ts="1.0", version=1), holder="one")
    assert delivery.behind(at=clinic.now) != ()


@pytest.mark.parametrize("state", [SurfaceState.STOPPED, SurfaceState.HALTED])
def test_what_was_stopped_waits_until_somebody_asks(delivery: DeliveryStore, case: Case, state: SurfaceState) -> None:
    surface = lease(delivery, case)
    assert surface
    delivery.release(surface.changed(state=state), holder="one")
    assert delivery.behind(at=NOON) == ()
    delivery.ask_again(case.code, names=[CARD])
    assert [one.state for one in delivery.behind(at=NOON)] == [SurfaceState.UNPOSTED]


def test_what_was_halted_after_it_was_posted_goes_on_there(delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    surface = lease(delivery, case)
    assert surface
    delivery.release(surface.changed(state=SurfaceState.HALTED), holder="one")
    delivery.ask_again(case.code, names=[CARD])
    (again,) = delivery.behind(at=NOON)
    assert (again.state, again.ts, again.version) == (SurfaceState.POSTED, "1.0", 0)


def test_posting_anew_forgets_where_it_was_and_who_works_on_it(delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    assert lease(delivery, case, "one")
    delivery.ask_again(case.code, names=[CARD], repost=True)
    (again,) = delivery.behind(at=NOON)
    assert (again.state, again.ts, again.digest) == (SurfaceState.UNPOSTED, None, None)
    assert not delivery.release(again, holder="one")


def test_a_surface_is_found_by_where_it_is(delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case, ts="12.5")
    found = delivery.surface_at(CHANNEL, "12.5")
    assert found
    assert found.name == CARD
    assert delivery.surface_at("C-other", "12.5") is None


def test_a_copy_that_turns_up_after_an_uncertain_attempt_is_adopted_once(delivery: DeliveryStore, case: Case) -> None:
    surface = lease(delivery, case, "killed")
    assert surface
    assert delivery.mark(surface.changed(state=SurfaceState.POSTING), holder="killed")
    assert not delivery.adopt(case.code, CARD, ts="3.0", at=NOON)
    assert delivery.adopt(case.code, CARD, ts="3.0", at=LATER)
    assert not delivery.adopt(case.code, CARD, ts="4.0", at=LATER)
    assert delivery.surface_at(CHANNEL, "3.0")
    assert [one.state for one in delivery.behind(at=LATER)] == [SurfaceState.POSTED]


def test_a_case_that_moves_begins_unposted_there(clinic: Clinic, delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    delivery.add([Surface(code=case.code, name="private", channel="D-1")])
    posted(delivery, case, "private", ts="2.0")
    clinic.cases.move(case.code, "C-other", by=DOCTOR, at=clinic.at())
    card, private = delivery.surfaces(case.code)
    assert (card.channel, card.state, card.ts) == ("C-other", SurfaceState.UNPOSTED, None)
    assert (private.channel, private.ts) == ("D-1", "2.0")


def test_a_worker_in_the_old_channel_changes_nothing_after_a_move(
    clinic: Clinic, delivery: DeliveryStore, case: Case
) -> None:
    surface = lease(delivery, case)
    assert surface
    clinic.cases.move(case.code, "C-other", by=DOCTOR, at=clinic.at())
    assert not delivery.release(surface.changed(state=SurfaceState.POSTED, ts="1.0"), holder="one")


def test_everything_can_be_unposted(delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    delivery.unpost_all()
    assert [one.ts for one in delivery.behind(at=NOON)] == [None]


def test_what_shows_the_same_keeps_up_without_being_sent(clinic: Clinic, delivery: DeliveryStore, case: Case) -> None:
    posted(delivery, case)
    clinic.complete(case, "work-together")
    delivery.keep_up(case.code, {CARD: "other"}, version=2, at=clinic.now)
    assert len(delivery.behind(at=clinic.now)) == 1
    delivery.keep_up(case.code, {CARD: "d1"}, version=2, at=clinic.now)
    assert delivery.behind(at=clinic.now) == ()


def test_a_dropped_surface_is_gone(delivery: DeliveryStore, case: Case) -> None:
    surface = lease(delivery, case)
    assert surface
    assert delivery.drop(surface, holder="one")
    assert delivery.surfaces(case.code) == ()


# Notices


@pytest.fixture
def notice(clinic: Clinic, case: Case) -> Notice:
    """The notice that a supervisor got, of a letter submitted by its author."""
    clinic.make_ready(case)
    clinic.draft(case, authors=(NURSE,))
    clinic.submit(case)
    return next(one for one in clinic.store.delivery.unsent(at=clinic.now) if one.recipient == SUPERVISOR)


def test_a_notice_names_the_version_it_is_about(notice: Notice, case: Case) -> None:
    assert (notice.kind, notice.code, notice.letter, notice.version) == (
        NoticeKind.APPROVAL_ASKED, case.code, 1, 1,
    )  # fmt: skip


def test_a_notice_is_sent_once(delivery: DeliveryStore, notice: Notice, clinic: Clinic) -> None:
    now, until = clinic.now, clinic.now + 30 * SECOND
    assert delivery.lease_notice(notice.key, holder="one", at=now, until=until) == notice
    assert delivery.lease_notice(notice.key, holder="two", at=now, until=until) is None
    assert delivery.notice_sent(notice.key, holder="one", at=now)
    assert delivery.lease_notice(notice.key, holder="two", at=until, until=until + SECOND) is None
    assert notice.key not in {one.key for one in delivery.unsent(at=until)}


def test_a_notice_that_did_not_go_out_is_tried_later(delivery: DeliveryStore, notice: Notice, clinic: Clinic) -> None:
    now, until = clinic.now, clinic.now + 30 * SECOND
    delivery.lease_notice(notice.key, holder="one", at=now, until=until)
    delivery.release_notice(notice.key, holder="one", not_before=until + SECOND)
    assert delivery.lease_notice(notice.key, holder="two", at=until, until=until + SECOND) is None
    assert notice in delivery.unsent(at=until + SECOND)


def test_the_work_of_a_killed_worker_is_taken_up(delivery: DeliveryStore, notice: Notice, clinic: Clinic) -> None:
    until = clinic.now + 30 * SECOND
    delivery.lease_notice(notice.key, holder="killed", at=clinic.now, until=until)
    assert delivery.lease_notice(notice.key, holder="two", at=until, until=until + SECOND)
    assert not delivery.notice_sent(notice.key, holder="killed", at=until)


def test_the_authors_are_told_of_each_decision(clinic: Clinic, notice: Notice, case: Case) -> None:
    def told(kind: NoticeKind) -> set[str]:
        unsent = clinic.store.delivery.unsent(at=clinic.now)
        return {one.recipient for one in unsent if one.kind is kind}

    clinic.request_changes(case)
    assert told(NoticeKind.CHANGES_REQUESTED) == {DOCTOR, NURSE}
    clinic.revise(case, options="The clinic on Elm Street.")
    clinic.submit(case)
    clinic.approve(case)
    assert told(NoticeKind.LETTER_APPROVED) == {DOCTOR, NURSE}


def test_each_submission_asks_anew(clinic: Clinic, notice: Notice, case: Case) -> None:
    clinic.request_changes(case)
    clinic.revise(case, options="The clinic on Elm Street.")
    clinic.submit(case)
    unsent = clinic.store.delivery.unsent(at=clinic.now)
    asked = [one.version for one in unsent if one.recipient == SUPERVISOR and one.kind is NoticeKind.APPROVAL_ASKED]
    assert asked == [1, 2]
