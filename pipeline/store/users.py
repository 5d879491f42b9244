"""Users of a team's store and whether a login still counts.

Streamlit's login cookie lives for 30 days, outlasts the token it was made from and works after a logout; so every rerun
asks ``check_login`` again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, func, insert, select, update

from pipeline.store import audit as trail
from pipeline.store.engine import Store
from pipeline.store.errors import NotAllowedError, NotFoundError
from pipeline.store.permissions import OPERATOR, ROLES, Action, Person, require
from pipeline.store.schema import audit, users

LONGEST_LOGIN_HOURS = 12.0
_CLOCK_SLACK = 60.0  # seconds that two machines' clocks may differ


@dataclass(frozen=True, slots=True)
class User:
    """Someone who may log in; ``subject`` is ``issuer|sub`` of the login provider."""

    subject: str
    name: str | None
    role: str
    is_disabled: bool = False
    not_before: float = 0.0


def subject_of(claims: Mapping[str, Any]) -> str:
    """Name the user that OpenID Connect claims speak of: ``issuer|sub``, which no other provider can claim.

    Raises
    ------
    NotAllowedError
        Where the claims name nobody.
    """
    issuer, sub = claims.get("iss"), claims.get("sub")
    if not isinstance(issuer, str) or not isinstance(sub, str) or not issuer or not sub:
        raise NotAllowedError("The login names no issuer and subject; log in again")
    return f"{issuer}|{sub}"


def check_login(
    claims: Mapping[str, Any], user: User | None, now: float, longest_hours: float = LONGEST_LOGIN_HOURS
) -> Person:
    """Say who is logged in, or refuse.

    Parameters
    ----------
    claims
        Claims of the ID token: ``iss``, ``sub``, ``iat`` (seconds since 1970).
    user
        The user of that subject in the store; None = there is none.
    now
        Seconds since 1970.

    Raises
    ------
    NotAllowedError
        Where the login is too old or from before a logout everywhere, or the user is unknown or disabled.
    """
    subject = subject_of(claims)
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float) or issued != issued:
        raise NotAllowedError("The login does not say when it was made; log in again")
    if user is None or user.subject != subject:
        raise NotAllowedError(f"{subject} is no user of this store; ask an admin")
    if user.is_disabled:
        raise NotAllowedError(f"{subject} is disabled; ask an admin")
    if issued > now + _CLOCK_SLACK:
        raise NotAllowedError("The login was made in the future; check the clock of the server and log in again")
    if now - issued > longest_hours * 3600:
        raise NotAllowedError(f"The login is older than {longest_hours:g} hours; log in again")
    if issued < user.not_before:
        raise NotAllowedError("You were logged out everywhere; log in again")
    return Person(subject)


def note_login(store: Store, person: Person, issued: float) -> None:
    """Write into the audit that a person logged in; ``issued`` (``iat``) tells logins apart, each is noted once."""
    last = select(audit.c.new).where(audit.c.subject == person.subject, audit.c.action == "login")
    query = last.order_by(audit.c.seq.desc()).limit(1)
    with store.reading() as connection:
        told = connection.execute(query).scalar()
    if told is not None and orjson.loads(told)["issued"] == issued:
        return
    with store.writing() as connection:
        require(connection, person, Action.READ)
        trail.append(connection, person, "login", person.subject, new={"issued": issued})


def end_login(store: Store, person: Person, issued: float) -> None:
    """Log a person out: the login made at ``issued`` (``iat``, seconds since 1970) and earlier ones count no more.

    Streamlit only forgets its cookie; a copy of it would go on working.

    Raises
    ------
    NotAllowedError
        Where the person is no user.
    """
    with store.writing() as connection:
        require(connection, person, Action.READ)
        user = _find(connection, person.subject)
        if user is None:
            raise NotAllowedError(f"{person.subject} is no user of this store")
        over = max(user.not_before, issued + 1)
        connection.execute(update(users).where(users.c.subject == person.subject).values(not_before=over))
        old, new = {"not_before": user.not_before}, {"not_before": over}
        trail.append(connection, person, "logout", person.subject, old=old, new=new)


def find_user(store: Store, subject: str) -> User | None:
    """Find a user; None where there is none."""
    with store.reading() as connection:
        return _find(connection, subject)


def _find(connection: Connection, subject: str) -> User | None:
    row = connection.execute(select(users).where(users.c.subject == subject)).one_or_none()
    return None if row is None else User(row.subject, row.name, row.role, row.is_disabled, row.not_before)


def list_users(store: Store, by: Person) -> list[User]:
    """Every user, by subject."""
    with store.reading() as connection:
        require(connection, by, Action.MANAGE_USERS)
        rows = connection.execute(select(users).order_by(users.c.subject))
        return [User(row.subject, row.name, row.role, row.is_disabled, row.not_before) for row in rows]


def add_user(store: Store, subject: str, role: str, by: Person, name: str | None = None) -> User:
    """Add a user; the first one can only be added by command line, and must be an admin.

    Raises
    ------
    NotAllowedError, ValueError
        Where the person may not, the role is unknown, or there is such a user.
    """
    _require_role(role)
    with store.writing() as connection:
        require(connection, by, Action.MANAGE_USERS)
        is_first = not connection.execute(select(func.count()).select_from(users)).scalar()
        if is_first and (by != OPERATOR or role != "admin"):
            raise NotAllowedError("The first user must be an admin and is added by command line: rasid store user add")
        if _find(connection, subject) is not None:
            raise NotAllowedError(f"There is a user {subject} already; change the role with 'rasid store user role'")
        row = {"subject": subject, "name": name, "role": role, "is_disabled": False, "not_before": 0.0}
        connection.execute(insert(users).values(row | {"created_at": trail.now()}))
        trail.append(connection, by, "add_user", subject, new={"role": role, "name": name})
    return User(subject, name, role)


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise NotAllowedError(f"There is no role {role!r}; roles: {', '.join(ROLES)}")


def change_user(store: Store, subject: str, by: Person, **changes: Any) -> User:
    """Change ``role``, ``is_disabled`` or ``not_before`` of a user; the last admin stays one.

    Raises
    ------
    NotFoundError, NotAllowedError
        Where there is no such user, the person may not, or no admin would be left.
    """
    if unknown := changes.keys() - {"role", "is_disabled", "not_before"}:
        raise NotAllowedError(f"A user has no {', '.join(sorted(unknown))} that can be changed")
    if "role" in changes:
        _require_role(changes["role"])
    with store.writing() as connection:
        require(connection, by, Action.MANAGE_USERS)
        user = _find(connection, subject)
        if user is None:
            raise NotFoundError(f"There is no user {subject}; see 'rasid store user list'")
        connection.execute(update(users).where(users.c.subject == subject).values(**changes))
        _require_admin(connection)
        old = {name: getattr(user, name) for name in changes}
        trail.append(connection, by, "change_user", subject, old=old, new=changes)
        changed = _find(connection, subject)
    if changed is None:
        raise NotFoundError(f"There is no user {subject}")
    return changed


def _require_admin(connection: Connection) -> None:
    admins = select(func.count()).select_from(users).where(users.c.role == "admin", users.c.is_disabled.is_(False))
    if not connection.execute(admins).scalar():
        raise NotAllowedError("This would leave the store without an admin; make somebody else one first")


def has_users(store: Store) -> bool:
    """Whether a login is needed: a store with users is a team's."""
    with store.reading() as connection:
        return bool(connection.execute(select(func.count()).select_from(users)).scalar())
