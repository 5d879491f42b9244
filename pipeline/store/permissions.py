"""Who may do what: one table of roles and actions; what it does not allow is denied."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, select

from pipeline.store.errors import NotAllowedError
from pipeline.store.schema import users


class Action(StrEnum):
    """What a service function does."""

    READ = "read"
    EXPORT = "export"
    NOTE = "note"
    ADD = "add"
    EDIT = "edit"
    REVIEW = "review"
    PUBLISH = "publish"
    MERGE = "merge"
    CORRECT = "correct"
    READ_AUDIT = "read_audit"
    MANAGE_USERS = "manage_users"


_VIEWER = frozenset({Action.READ, Action.EXPORT})
_REVIEWER = _VIEWER | {
    *(Action.NOTE, Action.ADD, Action.EDIT, Action.REVIEW, Action.PUBLISH, Action.MERGE, Action.CORRECT),
    Action.READ_AUDIT,
}
ROLES: dict[str, frozenset[Action]] = {
    "viewer": _VIEWER,
    "reviewer": _REVIEWER,
    "admin": frozenset(Action),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: a user who has logged in, the one person of a laptop, or who runs commands on the store's machine."""

    subject: str
    kind: str = "user"  # user, local, operator


LOCAL = Person("local", "local")
OPERATOR = Person("operator", "operator")


def require(connection: Connection, person: Person, action: Action) -> None:
    """Refuse an action that the person may not do; the role is read in the same transaction.

    The one person of a laptop may do everything as long as the store has no users; with users, everyone logs in.

    Raises
    ------
    NotAllowedError
        Where the person may not.
    """
    if person.kind == "operator":
        return
    if person.kind == "local":
        if connection.execute(select(func.count()).select_from(users)).scalar():
            raise NotAllowedError(f"This store has users, so {action} needs a login; ask an admin for an account")
        return
    row = connection.execute(select(users).where(users.c.subject == person.subject)).one_or_none()
    if person.kind != "user" or row is None:
        raise NotAllowedError(
            f"{person.subject} is no user of this store; an admin can add one with 'rasid store user add'"
        )
    if row.is_disabled:
        raise NotAllowedError(f"{person.subject} is disabled; ask an admin")
    if action not in ROLES.get(row.role, frozenset()):
        raise NotAllowedError(f"{person.subject} is {row.role} and may not {action.replace('_', ' ')}; ask an admin")
