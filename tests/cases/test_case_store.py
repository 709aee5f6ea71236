"""What every store of cases promises, see `conversations.case_store`; on a real file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from clinic import CHANNEL, DOCTOR, NOON, NURSE, Clinic, case_form

from conversations.case_store import CaseStore, ConflictError, NonceUsedError
from conversations.cases import Case, LetterState
from conversations.errors import StoreError
from conversations.history import Activity, Entry, Relation
from conversations.lifecycle import add_participants, open_case
from conversations.sqlite_store import MIGRATIONS, SQLiteStore
from guideline_content.pathway import Pathway


def an_entry(**given: object) -> Entry:
    return Entry.model_validate({"activity": Activity.CASE_OPENED, "by": DOCTOR, "at": NOON, **given})


def a_case(pathway: Pathway, code: str = "TR-4F7K", **given: object) -> Case:
    return open_case(case_form(**given), pathway, code=code, by=DOCTOR, at=NOON)


@pytest.fixture
def store(clinic: Clinic) -> CaseStore:
    return clinic.store.cases


def test_an_unknown_case_is_none(store: CaseStore) -> None:
    assert store.load("TR-4F7K") is None
    assert store.history("TR-4F7K") == ()


def test_a_case_comes_back_as_it_was_kept_one_version_higher(store: CaseStore, pathway: Pathway) -> None:
    case = a_case(pathway, label="Ünïcode 🙂 'quoted' \"twice\"")
    kept = store.save(case, an_entry(), expected_version=0)
    assert kept == case.changed(version=1)
    assert store.load(case.code) == kept


def test_a_decision_on_an_older_version_conflicts_and_keeps_nothing(store: CaseStore, pathway: Pathway) -> None:
    first = store.save(a_case(pathway), an_entry(), expected_version=0)
    second = store.save(add_participants(first, ["U-1"]), an_entry(), expected_version=1)
    with pytest.raises(ConflictError):
        store.save(add_participants(first, ["U-2"]), an_entry(), expected_version=1, nonce="n")
    assert store.load(first.code) == second
    assert len(store.history(first.code)) == 2
    assert store.taken("n") is None


def test_a_code_is_given_once(store: CaseStore, pathway: Pathway) -> None:
    store.save(a_case(pathway), an_entry(), expected_version=0)
    with pytest.raises(ConflictError):
        store.save(a_case(pathway, label="Another"), an_entry(), expected_version=0)


def test_a_form_is_taken_once_and_leads_to_its_case(store: CaseStore, pathway: Pathway) -> None:
    store.save(a_case(pathway), an_entry(), expected_version=0, nonce="n")
    assert store.taken("n") == "TR-4F7K"
    with pytest.raises(NonceUsedError) as used:
        store.save(a_case(pathway, code="TR-9999"), an_entry(), expected_version=0, nonce="n")
    assert used.value.code == "TR-4F7K"
    assert store.load("TR-9999") is None


def test_cases_are_found_by_person_channel_state_and_letter(clinic: Clinic, store: CaseStore) -> None:
    here = clinic.open()
    there = clinic.open(channel="C-other", participants=("U-1",))
    drafted = clinic.ready_case()
    clinic.draft(drafted)

    def codes(**given: object) -> list[str]:
        return [case.code for case in store.find(**given)]  # type: ignore[arg-type]

    assert codes() == [here.code, there.code, drafted.code]
    assert codes(person=NURSE) == [here.code, drafted.code]
    assert codes(person="U-1") == [there.code]
    assert codes(channel=CHANNEL) == [here.code, drafted.code]
    assert codes(letter=LetterState.DRAFT) == [drafted.code]
    assert codes(person=DOCTOR, channel="C-other", open=True) == [there.code]
    assert codes(open=False) == []
    clinic.submit(drafted)
    assert codes(letter=LetterState.DRAFT) == []
    assert codes(letter=LetterState.SUBMITTED) == [drafted.code]


def test_the_codes_are_those_of_every_case(clinic: Clinic, store: CaseStore) -> None:
    assert sorted([clinic.open().code, clinic.open().code]) == list(store.codes())


def test_content_is_kept_as_it_was_first(store: CaseStore) -> None:
    assert store.content("v1") is None
    store.keep_content("v1", "first")
    store.keep_content("v1", "second")
    assert store.content("v1") == "first"


def test_a_time_without_its_zone_is_refused(store: CaseStore, pathway: Pathway) -> None:
    with pytest.raises(ValueError, match="timezone"):
        an_entry(at=NOON.replace(tzinfo=None))


def test_an_entry_says_who_did_what_as_what(clinic: Clinic, store: CaseStore) -> None:
    case = clinic.open()
    clinic.complete(case, "work-together", by=NURSE)
    entry = store.history(case.code)[-1].entry
    assert entry
    assert (entry.activity, entry.by, entry.at) == (Activity.STEP_DONE, NURSE, clinic.now)
    assert entry.acting_as == (Relation.PARTICIPANT,)
    assert entry.clauses == clinic.pathway.checklists.steps["work-together"].clauses


# The chain


def test_an_untouched_record_verifies(clinic: Clinic, store: CaseStore) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    assert store.verify(case.code) == ()
    assert store.verify("TR-2222") == ("There is no history.",)


TAMPERED = {
    "the case": (
        "update cases set body = replace(body, 'Broken agreements', 'Broken promises')",
        "The case is not as its last entry left it.",
    ),
    "an entry": (
        "update history set written = replace(written, 'step.done', 'step.reopened') where version = 2",
        "Entry 2 was changed.",
    ),
    "an entry and its digest": (
        "update history set entry_digest = '00' where version = 2",
        "The chain is broken at entry 2.",
    ),
    "who did it": ("update history set written = replace(written, 'U-doctor', 'U-nurse') where version = 3", "Entry 3"),
    "a hash": ("update history set hash = '00' where version = 4", "The chain is broken at entry 5."),
    "an entry taken out": ("delete from history where version = 2", "Entry 2 is missing or out of place."),
    "the last entry taken out": (
        "delete from history where version = (select max(version) from history)",
        "The case is not as its last entry left it.",
    ),
    "two entries exchanged": (
        "update history set written = (select other.written from history other"
        " where other.version = 5 - history.version) where version in (2, 3)",
        "Entry 2 was changed.",
    ),
    "what it is found by": (
        "update cases set letter = 'approved'",
        "What the case is found by does not agree with the case.",
    ),
    "whose it is": (
        "delete from case_people where person = 'U-nurse'",
        "What the case is found by does not agree with the case.",
    ),
}


@pytest.mark.parametrize(("change", "found"), TAMPERED.values(), ids=TAMPERED.keys())
def test_a_change_past_the_services_is_detected(clinic: Clinic, change: str, found: str) -> None:
    case = clinic.ready_case()
    with closing(sqlite3.connect(clinic.path)) as db:
        assert db.execute(change).rowcount >= 1
        db.commit()
    assert any(sentence.startswith(found) for sentence in clinic.store.cases.verify(case.code))


def test_a_record_without_its_content_can_still_be_followed(clinic: Clinic) -> None:
    case = clinic.ready_case()
    with closing(sqlite3.connect(clinic.path)) as db:
        db.execute("update history set written = null")
        db.execute("delete from cases")
        db.commit()
    assert clinic.store.cases.verify(case.code) == ()


# The file


def test_a_file_from_before_there_were_cases_gets_their_tables(tmp_path: Path, pathway: Pathway) -> None:
    path = tmp_path / "old.db"
    SQLiteStore(path).close()
    with closing(sqlite3.connect(path)) as db:
        for table in ("cases", "case_people", "history", "nonces", "contents", "surfaces", "notices", "waiting"):
            db.execute(f"drop table {table}")
        for column in ("follows", "scores", "member", "read_as", "about", "local", "seen"):
            db.execute(f"alter table answers drop column {column}")
        db.execute("pragma user_version = 1")
        db.commit()
    with SQLiteStore(path) as store:
        store.cases.save(a_case(pathway), an_entry(), expected_version=0)
        assert store.cases.verify("TR-4F7K") == ()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma user_version").fetchone() == (len(MIGRATIONS),)


CALLS: list[Callable[[CaseStore], object]] = [
    lambda store: store.load("TR-4F7K"),
    lambda store: store.find(),
    lambda store: store.history("TR-4F7K"),
    lambda store: store.verify("TR-4F7K"),
    lambda store: store.content("v1"),
    lambda store: store.keep_content("v1", "text"),
    lambda store: store.taken("n"),
    lambda store: store.codes(),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_closed_store_says_so(clinic: Clinic, call: Callable[[CaseStore], object]) -> None:
    clinic.store.close()
    with pytest.raises(StoreError, match="closed already"):
        call(clinic.store.cases)
