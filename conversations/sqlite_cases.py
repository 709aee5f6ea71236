"""Cases in a SQLite file."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlite_utils import Database

from conversations.case_store import ConflictError, NonceUsedError
from conversations.cases import Case, LetterState
from conversations.delivery import Notice
from conversations.history import BEGINNING, Entry, Link, canonical, problems
from conversations.sqlite_delivery import add_card, add_notices, move_surfaces
from conversations.sqlite_file import SQLiteFile, in_utc


class SQLiteCases:
    """A `CaseStore`."""

    def __init__(self, file: SQLiteFile) -> None:
        self._file = file

    def load(self, code: str) -> Case | None:
        """See `CaseStore.load`."""
        with self._file.connection() as db:
            body = _body(db, code)
        return Case.model_validate_json(body) if body is not None else None

    def save(
        self,
        case: Case,
        entry: Entry,
        *,
        expected_version: int,
        nonce: str | None = None,
        notices: Collection[Notice] = (),
    ) -> Case:
        """See `CaseStore.save`."""
        with self._file.transaction() as db:
            if nonce is not None:
                _use(db, nonce, case.code, at=in_utc(entry.at))
            version, previous = _newest(db, case.code)
            if version != expected_version:
                raise ConflictError
            kept = case.changed(version=version + 1)
            link = Link.after(previous, kept, entry)
            db.table("history").insert({"code": case.code, **link.model_dump()})
            _write(db, kept, link, saved_at=in_utc(entry.at))
            add_notices(db, notices)
        return kept

    def taken(self, nonce: str) -> str | None:
        """See `CaseStore.taken`."""
        with self._file.connection() as db:
            return _taken(db, nonce)

    def find(
        self,
        *,
        person: str | None = None,
        channel: str | None = None,
        open: bool | None = None,
        letter: LetterState | None = None,
    ) -> Sequence[Case]:
        """See `CaseStore.find`."""
        wanted = {
            "code in (select code from case_people where person = ?)": person,
            "channel = ?": channel,
            "open = ?": open,
            "letter = ?": letter.value if letter else None,
        }
        conditions = {sql: value for sql, value in wanted.items() if value is not None}
        query = f"select body from cases where {' and '.join(conditions) or '1'} order by opened_at, code"  # noqa: S608
        with self._file.connection() as db:
            rows = db.execute(query, list(conditions.values())).fetchall()
        return tuple(Case.model_validate_json(body) for (body,) in rows)

    def history(self, code: str) -> Sequence[Link]:
        """See `CaseStore.history`."""
        with self._file.connection() as db:
            return _links(db, code)

    def verify(self, code: str) -> Sequence[str]:
        """See `CaseStore.verify`."""
        with self._file.transaction() as db:
            body, links = _body(db, code), _links(db, code)
            found = problems(links, body)
            if body is not None and not found:
                found = _problems_of_columns(db, Case.model_validate_json(body))
        return found

    def codes(self) -> Sequence[str]:
        """See `CaseStore.codes`."""
        with self._file.connection() as db:
            return tuple(code for (code,) in db.execute("select distinct code from history order by code"))

    def keep_content(self, version: str, content: str) -> None:
        """See `CaseStore.keep_content`."""
        with self._file.transaction() as db:
            db.table("contents").insert({"version": version, "content": content}, ignore=True)

    def content(self, version: str) -> str | None:
        """See `CaseStore.content`."""
        with self._file.connection() as db:
            row = db.execute("select content from contents where version = ?", [version]).fetchone()
        return row[0] if row else None


def create_case_tables(db: Database) -> None:
    """The tables of cases, their history, the nonces of their forms, and the content they are pinned to."""
    case = {"code": str, "version": int, "channel": str, "open": int, "opened_at": str, "saved_at": str, "body": str}
    db.table("cases").create({**case, "letter": str}, pk="code", not_null=set(case))
    db.table("cases").create_index(["channel"])
    db.table("cases").create_index(["letter"])
    db.table("case_people").create({"code": str, "person": str}, pk=("code", "person"))
    db.table("case_people").create_index(["person"])
    digests = {"entry_digest": str, "case_digest": str, "hash": str}
    link = {"code": str, "version": int, **digests}
    db.table("history").create({**link, "written": str}, pk=("code", "version"), not_null=set(digests))
    db.table("nonces").create({"nonce": str, "code": str, "at": str}, pk="nonce", not_null={"code", "at"})
    db.table("contents").create({"version": str, "content": str}, pk="version", not_null={"content"})


def _use(db: Database, nonce: str, code: str, *, at: str) -> None:
    inserted = db.execute("insert or ignore into nonces (nonce, code, at) values (?, ?, ?)", [nonce, code, at])
    if inserted.rowcount == 0:
        raise NonceUsedError(_taken(db, nonce) or code)


def _taken(db: Database, nonce: str) -> str | None:
    row = db.execute("select code from nonces where nonce = ?", [nonce]).fetchone()
    return row[0] if row else None


def _newest(db: Database, code: str) -> tuple[int, str]:
    """The version a case is at and its newest hash; a code that was purged is never used again."""
    row = db.execute("select version, hash from history where code = ? order by version desc", [code]).fetchone()
    return (row[0], row[1]) if row else (0, BEGINNING)


def _write(db: Database, case: Case, link: Link, *, saved_at: str) -> None:
    before = db.execute("select channel from cases where code = ?", [case.code]).fetchone()
    db.table("cases").upsert({**_columns(case), "saved_at": saved_at, "body": canonical(case)}, pk="code")
    db.execute("delete from case_people where code = ?", [case.code])
    db.table("case_people").insert_all({"code": case.code, "person": person} for person in sorted(case.people))
    if before is None:
        add_card(db, case)
    elif before[0] != case.channel:
        move_surfaces(db, case, before[0])


def _columns(case: Case) -> dict[str, Any]:
    return {
        "code": case.code,
        "version": case.version,
        "channel": case.channel,
        "open": int(case.closed is None),
        "opened_at": in_utc(case.opened_at),
        "letter": case.letter.state.value if case.letter else None,
    }


def _problems_of_columns(db: Database, case: Case) -> tuple[str, ...]:
    """What the search would find wrongly."""
    columns = _columns(case)
    row = next(db.query(f"select {', '.join(columns)} from cases where code = ?", [case.code]))  # noqa: S608
    people = {person for (person,) in db.execute("select person from case_people where code = ?", [case.code])}
    whole = row == columns and people == case.people
    return () if whole else ("What the case is found by does not agree with the case.",)


def _body(db: Database, code: str) -> str | None:
    row = db.execute("select body from cases where code = ?", [code]).fetchone()
    return row[0] if row else None


def _links(db: Database, code: str) -> tuple[Link, ...]:
    fields = ", ".join(Link.model_fields)
    rows = db.query(f"select {fields} from history where code = ? order by version", [code])  # noqa: S608
    return tuple(Link.model_validate(row) for row in rows)
