"""The embedded store: one SQLite file, nothing else to install."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from conversations.questions import AnsweredQuestion, RegisteredQuestion, Waiting
from conversations.sqlite_cases import SQLiteCases, create_case_tables
from conversations.sqlite_delivery import SQLiteDelivery, create_delivery_tables
from conversations.sqlite_file import SQLiteFile, in_utc


class SQLiteStore:
    """A `Store` in the file at `path`, which is made if it is missing; `StoreError` if it cannot be used.

    `cases` and `delivery`: a `CaseStore` and a `DeliveryStore` in the same file.
    """

    def __init__(self, path: Path) -> None:
        self._file = SQLiteFile(path, MIGRATIONS)
        self.cases = SQLiteCases(self._file)
        self.delivery = SQLiteDelivery(self._file)

    def __enter__(self) -> Self:
        """The store closes with the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See `close`."""
        self.close()

    def role(self, person: str) -> str | None:
        """See `Store.role`."""
        with self._file.connection() as db:
            row = db.execute("select role from people where person = ?", [person]).fetchone()
        return row[0] if row else None

    def set_role(self, person: str, role: str | None, *, at: datetime) -> None:
        """See `Store.set_role`."""
        with self._file.transaction() as db:
            if role is None:
                db.table("people").delete_where("person = ?", [person])
            else:
                db.table("people").upsert({"person": person, "role": role, "at": in_utc(at)}, pk="person")

    def claim(self, key: str, *, at: datetime) -> bool:
        """See `Store.claim`."""
        with self._file.transaction() as db:
            inserted = db.execute("insert or ignore into claims (key, at) values (?, ?)", [key, in_utc(at)])
            return inserted.rowcount == 1

    def remember_answer(self, answered: AnsweredQuestion, unanswered: RegisteredQuestion | None = None) -> None:
        """See `Store.remember_answer`."""
        with self._file.transaction() as db:
            db.table("answers").insert(_row(answered), ignore=True)
            if unanswered:
                db.table("questions").insert(_row(unanswered), ignore=True)

    def answered(self, id: str) -> AnsweredQuestion | None:
        """See `Store.answered`."""
        with self._file.connection() as db:
            return next((_answered(row) for row in db.query("select * from answers where id = ?", [id])), None)

    def last_answered(self, conversation: str, person: str, *, since: datetime) -> AnsweredQuestion | None:
        """See `Store.last_answered`."""
        newest = (
            "select * from answers where conversation = ? and person = ? and at >= ? and entries <> '[]'"
            " order by at desc limit 1"
        )
        with self._file.connection() as db:
            rows = db.query(newest, [conversation, person, in_utc(since)])
            return next((_answered(row) for row in rows), None)

    def forget_answers(self, *, before: datetime) -> int:
        """See `Store.forget_answers`."""
        old = "select id from answers where at < ?"
        with self._file.transaction() as db:
            db.execute(f"delete from waiting where answer in ({old})", [in_utc(before)])  # noqa: S608
            return db.execute(f"delete from answers where id in ({old})", [in_utc(before)]).rowcount  # noqa: S608

    def wait(self, answer_id: str, person: str, *, at: datetime) -> Waiting | None:
        """See `Store.wait`."""
        known = "insert or ignore into waiting (answer, person, at) select id, ?, ? from answers where id = ?"
        with self._file.transaction() as db:
            db.execute(known, [person, in_utc(at), answer_id])
            rows = db.query(f"{_WAITING} where answer = ? and waiting.person = ?", [answer_id, person])
            return next(map(_waiting, rows), None)

    def waiting(self) -> Sequence[Waiting]:
        """See `Store.waiting`."""
        with self._file.connection() as db:
            rows = db.query(f"{_WAITING} where told_at is null order by waiting.at, waiting.rowid")
            return tuple(map(_waiting, rows))

    def lease_waiting(self, waiting: Waiting, *, holder: str, at: datetime, until: datetime) -> bool:
        """See `Store.lease_waiting`."""
        with self._file.transaction() as db:
            leased = db.execute(
                "update waiting set holder = ?, leased_until = ? where answer = ? and person = ? and told_at is null"
                " and (holder = ? or coalesce(leased_until, '') <= ?)",
                [holder, in_utc(until), waiting.asked.id, waiting.person, holder, in_utc(at)],
            )
            return leased.rowcount == 1

    def told(self, waiting: Waiting, *, at: datetime) -> None:
        """See `Store.told`."""
        told = "update waiting set told_at = ? where answer = ? and person = ? and told_at is null"
        with self._file.transaction() as db:
            db.execute(told, [in_utc(at), waiting.asked.id, waiting.person])

    def register(self, question: RegisteredQuestion) -> None:
        """See `Store.register`."""
        with self._file.transaction() as db:
            db.table("questions").insert(_row(question), ignore=True)

    def register_feedback(self, feedback: RegisteredQuestion) -> None:
        """See `Store.register_feedback`."""
        with self._file.transaction() as db:
            db.execute(_KEEP_LATEST_VOTE, _row(feedback))

    def registered(self) -> Sequence[RegisteredQuestion]:
        """See `Store.registered`."""
        with self._file.connection() as db:
            return tuple(_registered(row) for row in db.query("select * from questions order by at, id"))

    def close(self) -> None:
        """See `Store.close`."""
        self._file.close()


_KEEP_LATEST_VOTE = """
insert into questions (id, at, reason, question, wanted, entries, role, content_version)
values (:id, :at, :reason, :question, :wanted, :entries, :role, :content_version)
on conflict (id) do update set
    at = case when excluded.at < questions.at then questions.at else excluded.at end,
    reason = case when excluded.at < questions.at then questions.reason else excluded.reason end,
    wanted = case when excluded.at < questions.at then coalesce(questions.wanted, excluded.wanted)
        else coalesce(excluded.wanted, questions.wanted) end
"""


def _create_tables(db: Database) -> None:
    texts = dict.fromkeys(("question", "entries", "content_version"), str)
    db.table("people").create({"person": str, "role": str, "at": str}, pk="person", not_null={"role", "at"})
    db.table("claims").create({"key": str, "at": str}, pk="key", not_null={"at"})
    questions = {"id": str, "at": str, "reason": str, **texts, "role": str, "wanted": str}
    db.table("questions").create(questions, pk="id", not_null={"at", "reason", *texts})
    answers = {"id": str, "at": str, "person": str, "conversation": str, "outcome": str, "small_talk": int, **texts}
    db.table("answers").create({**answers, "role": str}, pk="id", not_null=set(answers) - {"id"})
    db.table("answers").create_index(["conversation", "person", "at"])
    db.table("answers").create_index(["at"])


def _add_waiting(db: Database) -> None:
    db.table("answers").add_column("follows", str)
    texts = dict.fromkeys(("answer", "person", "at"), str)
    more = {"told_at": str, "holder": str, "leased_until": str}
    db.table("waiting").create({**texts, **more}, pk=("answer", "person"), not_null=set(texts))


def _add_what_redraws(db: Database) -> None:
    for name in ("scores", "member", "read_as", "about", "local", "seen"):
        db.table("answers").add_column(name, str)


MIGRATIONS = (_create_tables, create_case_tables, create_delivery_tables, _add_waiting, _add_what_redraws)

_WAITING = """
select answers.*, waiting.person as who, waiting.told_at from waiting join answers on answers.id = waiting.answer
"""

_LISTS = ("entries", "follows", "scores", "seen")
"""Columns of lists, kept as JSON."""


def _row(model: AnsweredQuestion | RegisteredQuestion) -> dict[str, Any]:
    values = model.model_dump(mode="json")
    return {**values, "at": in_utc(model.at), **{name: json.dumps(values[name]) for name in _LISTS if name in values}}


def _answered(row: dict[str, Any]) -> AnsweredQuestion:
    return AnsweredQuestion.model_validate(_with_lists(row))


def _registered(row: dict[str, Any]) -> RegisteredQuestion:
    return RegisteredQuestion.model_validate(_with_lists(row))


def _waiting(row: dict[str, Any]) -> Waiting:
    person, told_at = row.pop("who"), row.pop("told_at")
    return Waiting(asked=_answered(row), person=person, told=told_at is not None)


def _with_lists(row: dict[str, Any]) -> dict[str, Any]:
    """Without what is null: a row that was written before there was such a column."""
    return {name: json.loads(value) if name in _LISTS else value for name, value in row.items() if value is not None}
