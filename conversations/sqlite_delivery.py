"""Surfaces and notices in a SQLite file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from conversations.cases import Case
from conversations.delivery import CARD, Notice, Surface, SurfaceState
from conversations.sqlite_file import SQLiteFile, in_utc

_SURFACE = ", ".join(f"surfaces.{name}" for name in Surface.model_fields)
_NOTICE = ", ".join(Notice.model_fields)


class SQLiteDelivery:
    """A `DeliveryStore`."""

    def __init__(self, file: SQLiteFile) -> None:
        self._file = file

    def surfaces(self, code: str) -> Sequence[Surface]:
        """See `DeliveryStore.surfaces`."""
        return self._surfaces("where code = ? order by rowid", [code])

    def add(self, surfaces: Collection[Surface]) -> None:
        """See `DeliveryStore.add`."""
        with self._file.transaction() as db:
            db.table("surfaces").insert_all((one.model_dump(mode="json") for one in surfaces), ignore=True)

    def keep_up(self, code: str, digests: Mapping[str, str], *, version: int, at: datetime) -> None:
        """See `DeliveryStore.keep_up`."""
        with self._file.transaction() as db:
            for name, digest in digests.items():
                db.execute(_KEEP_UP, [version, code, name, digest, version, in_utc(at)])

    def adopt(self, code: str, name: str, *, ts: str, at: datetime) -> bool:
        """See `DeliveryStore.adopt`."""
        with self._file.transaction() as db:
            return db.execute(_ADOPT, [ts, code, name, in_utc(at)]).rowcount == 1

    def drop(self, surface: Surface, *, holder: str) -> bool:
        """See `DeliveryStore.drop`."""
        with self._file.transaction() as db:
            dropped = db.execute(
                "delete from surfaces where code = ? and name = ? and holder = ?", [surface.code, surface.name, holder]
            )
            return dropped.rowcount == 1

    def surface_at(self, channel: str, ts: str) -> Surface | None:
        """See `DeliveryStore.surface_at`."""
        found = self._surfaces("where channel = ? and ts = ?", [channel, ts])
        return next(iter(found), None)

    def behind(self, *, at: datetime, limit: int = 100) -> Sequence[Surface]:
        """See `DeliveryStore.behind`."""
        return self._surfaces(
            f"{_BEHIND} and coalesce(surfaces.leased_until, '') <= ? order by cases.saved_at, surfaces.rowid limit ?",
            [in_utc(at), limit],
        )

    def next_due(self, *, at: datetime) -> datetime | None:
        """See `DeliveryStore.next_due`."""
        with self._file.connection() as db:
            (due,) = db.execute(_NEXT_DUE, [in_utc(at), in_utc(at)]).fetchone()
        return datetime.fromisoformat(due) if due else None

    def lease(self, code: str, name: str, *, holder: str, at: datetime, until: datetime) -> Surface | None:
        """See `DeliveryStore.lease`."""
        with self._file.transaction() as db:
            leased = db.execute(
                "update surfaces set holder = ?, leased_until = ? where code = ? and name = ?"
                " and coalesce(leased_until, '') <= ?",
                [holder, in_utc(until), code, name, in_utc(at)],
            )
            if leased.rowcount == 0:
                return None
            query = f"select {_SURFACE} from surfaces where code = ? and name = ?"  # noqa: S608
            return _surface(next(db.query(query, [code, name])))

    def mark(self, surface: Surface, *, holder: str) -> bool:
        """See `DeliveryStore.mark`."""
        with self._file.transaction() as db:
            return _mark(db, surface, holder)

    def release(self, surface: Surface, *, holder: str, not_before: datetime | None = None) -> bool:
        """See `DeliveryStore.release`."""
        with self._file.transaction() as db:
            held = _mark(db, surface, holder)
            if held:
                db.execute(
                    "update surfaces set holder = null, leased_until = ? where code = ? and name = ?",
                    [in_utc(not_before) if not_before else None, surface.code, surface.name],
                )
            return held

    def ask_again(self, code: str, *, names: Collection[str], repost: bool = False) -> None:
        """See `DeliveryStore.ask_again`."""
        with self._file.transaction() as db:
            for name in names:
                db.execute(_REPOST if repost else _SHOW_AGAIN, [code, name])

    def unpost_all(self) -> None:
        """See `DeliveryStore.unpost_all`."""
        with self._file.transaction() as db:
            db.execute(f"update surfaces set {_UNPOSTED}")  # noqa: S608

    def unsent(self, *, at: datetime, limit: int = 100) -> Sequence[Notice]:
        """See `DeliveryStore.unsent`."""
        query = (
            f"select {_NOTICE} from notices where sent_at is null and coalesce(leased_until, '') <= ?"  # noqa: S608
            " order by made_at, rowid limit ?"
        )
        with self._file.connection() as db:
            return tuple(Notice.model_validate(row) for row in db.query(query, [in_utc(at), limit]))

    def lease_notice(self, key: str, *, holder: str, at: datetime, until: datetime) -> Notice | None:
        """See `DeliveryStore.lease_notice`."""
        with self._file.transaction() as db:
            leased = db.execute(
                "update notices set holder = ?, leased_until = ?"
                " where key = ? and sent_at is null and coalesce(leased_until, '') <= ?",
                [holder, in_utc(until), key, in_utc(at)],
            )
            if leased.rowcount == 0:
                return None
            return Notice.model_validate(next(db.query(f"select {_NOTICE} from notices where key = ?", [key])))  # noqa: S608

    def notice_sent(self, key: str, *, holder: str, at: datetime) -> bool:
        """See `DeliveryStore.notice_sent`."""
        with self._file.transaction() as db:
            sent = db.execute(
                "update notices set sent_at = ?, holder = null where key = ? and holder = ? and sent_at is null",
                [in_utc(at), key, holder],
            )
            return sent.rowcount == 1

    def release_notice(self, key: str, *, holder: str, not_before: datetime) -> None:
        """See `DeliveryStore.release_notice`."""
        with self._file.transaction() as db:
            db.execute(
                "update notices set holder = null, leased_until = ? where key = ? and holder = ? and sent_at is null",
                [in_utc(not_before), key, holder],
            )

    def _surfaces(self, rest: str, values: list[Any]) -> tuple[Surface, ...]:
        with self._file.connection() as db:
            return tuple(_surface(row) for row in db.query(f"select {_SURFACE} from surfaces {rest}", values))  # noqa: S608


_UNPOSTED = "state = 'unposted', root = null, ts = null, version = 0, digest = null, holder = null, leased_until = null"
_BEHIND = (
    "join cases on cases.code = surfaces.code where surfaces.version < cases.version"
    " and surfaces.state in ('unposted', 'posting', 'posted')"
)
_NEXT_DUE = f"""
select min(leased_until) from (
    select surfaces.leased_until from surfaces {_BEHIND} and surfaces.leased_until > ?
    union all select leased_until from notices where sent_at is null and leased_until > ?
)
"""  # noqa: S608
_KEEP_UP = """
update surfaces set version = ?
where code = ? and name = ? and digest = ? and version < ? and state = 'posted' and coalesce(leased_until, '') <= ?
"""
_ADOPT = """
update surfaces set ts = ?, state = 'posted', version = 0, digest = null, holder = null, leased_until = null
where code = ? and name = ? and ts is null and state in ('unposted', 'posting')
    and (holder is null or coalesce(leased_until, '') <= ?)
"""
_REPOST = f"update surfaces set {_UNPOSTED} where code = ? and name = ?"  # noqa: S608
_SHOW_AGAIN = """
update surfaces set version = 0, digest = null,
    ts = case when state = 'stopped' then null else ts end,
    state = case when state = 'stopped' or (state = 'halted' and ts is null) then 'unposted'
        when state = 'halted' then 'posted' else state end
where code = ? and name = ?
"""


def create_delivery_tables(db: Database) -> None:
    """The tables of surfaces and notices, with the leases on them."""
    lease = {"holder": str, "leased_until": str}
    surface = {"code": str, "name": str, "channel": str, "state": str, "version": int}
    db.table("surfaces").create(
        {**surface, "root": str, "ts": str, "digest": str, **lease}, pk=("code", "name"), not_null=set(surface)
    )
    db.table("surfaces").create_index(["channel", "ts"])
    texts = dict.fromkeys(("key", "kind", "code", "recipient", "made_at"), str)
    notice = {**texts, "letter": int, "version": int}
    db.table("notices").create({**notice, "sent_at": str, **lease}, pk="key", not_null=set(notice) - {"key"})
    db.table("notices").create_index(["sent_at"])


def add_card(db: Database, case: Case) -> None:
    """A new case's card, not posted."""
    db.table("surfaces").insert(Surface(code=case.code, name=CARD, channel=case.channel).model_dump(mode="json"))


def move_surfaces(db: Database, case: Case, before: str) -> None:
    """The surfaces that were in the case's channel before begin anew in its present one."""
    moved = f"update surfaces set channel = ?, {_UNPOSTED} where code = ? and channel = ?"  # noqa: S608
    db.execute(moved, [case.channel, case.code, before])


def add_notices(db: Database, notices: Iterable[Notice]) -> None:
    """Notices to be sent; one whose key is there already stays as it is."""
    for notice in notices:
        row = {**notice.model_dump(mode="json"), "made_at": in_utc(notice.made_at)}
        db.table("notices").insert(row, ignore=True)


def _mark(db: Database, surface: Surface, holder: str) -> bool:
    values = surface.model_dump(mode="json", exclude={"code", "name", "channel"})
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    updated = db.execute(
        f"update surfaces set {assignments} where code = :code and name = :name and channel = :channel"  # noqa: S608
        " and holder = :holder",
        {**surface.model_dump(mode="json"), "holder": holder},
    )
    return updated.rowcount == 1


def _surface(row: dict[str, Any]) -> Surface:
    return Surface.model_validate({**row, "state": SurfaceState(row["state"])})
