"""Second factors: begun, proved, used and taken away; who needs one, and what opens without it.

A factor counts from its first proof on. No code and no counter counts twice. Whoever needs a
factor by the house's rules never takes the last one away.
"""

from typing import Any

from sqlalchemy import delete, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.people.access import codes, passkeys
from cases.people.access.models import FactorKind, RecoveryCode, SecondFactor
from cases.people.access.passkeys import PasskeyRefused, Site
from cases.people.access.recovery_codes import count_recovery_codes, renew_recovery_codes
from cases.people.access.sealing import seal, unseal
from cases.people.models import LoginSession, User
from cases.people.rules import needs_factor


class CodeWrong(Invalid):
    """This code is wrong, or has been used. Wait for the next one and try again."""


class PasskeyWrong(Invalid):
    """The passkey could not be checked. Please try again."""


class LastFactor(Conflict):
    """Your role needs a second factor. Add another one first, then take this one away."""


def list_factors(user_id: int) -> list[SecondFactor]:
    """The factors that count, the oldest first."""
    query = select(SecondFactor).where(
        SecondFactor.user_id == user_id, SecondFactor.proved_at.is_not(None)
    )
    return list(db.session.scalars(query.order_by(SecondFactor.id)))


def begin_code(user: User) -> tuple[SecondFactor, str]:
    """A secret for an app, new or begun before; it counts once a code of it was typed."""
    lock_row(User, user.id)
    begun = db.session.scalar(
        select(SecondFactor).where(
            SecondFactor.user_id == user.id,
            SecondFactor.kind == FactorKind.CODE,
            SecondFactor.proved_at.is_(None),
        )
    )
    if begun is None:
        secret = codes.new_secret()
        begun = SecondFactor(
            user_id=user.id,
            kind=FactorKind.CODE,
            label="",
            sealed_secret=seal(secret, _of(user.id)),
        )
        db.session.add(begun)
        db.session.flush()
    return begun, unseal(begun.sealed_secret or "", _of(user.id))


def prove_code(user_id: int, typed: str, label: str) -> list[str]:
    """The first code of an app: from now on it counts. Answers new recovery codes, if any.

    Raises:
        NotFound, CodeWrong.
    """
    lock_row(User, user_id)
    begun = db.session.scalar(
        select(SecondFactor).where(
            SecondFactor.user_id == user_id,
            SecondFactor.kind == FactorKind.CODE,
            SecondFactor.proved_at.is_(None),
        )
    )
    if begun is None:
        raise NotFound
    _take_code(begun, typed)
    begun.label = label.strip()
    return _count_from_now(begun)


def ask_for_passkey(session_id: int, user: User, site: Site) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge is kept with the visit."""
    known = [each.credential_id or "" for each in _passkeys(user.id)]
    options, challenge = passkeys.ask_for_new(site, user.public_id, user.email, known)
    lock_row(LoginSession, session_id).challenge = challenge
    return options


def add_passkey(session_id: int, user_id: int, site: Site, answer: str, label: str) -> list[str]:
    """Keep the passkey that a browser has made; answers new recovery codes, if any.

    Raises:
        PasskeyWrong.
    """
    lock_row(User, user_id)
    try:
        made = passkeys.take_new(site, answer, _take_challenge(session_id))
    except PasskeyRefused as refused:
        raise PasskeyWrong from refused
    taken = select(SecondFactor.id).where(SecondFactor.credential_id == made.credential_id)
    if db.session.scalar(taken) is not None:
        raise PasskeyWrong
    factor = SecondFactor(
        user_id=user_id, kind=FactorKind.PASSKEY, label=label.strip(),
        credential_id=made.credential_id, public_key=made.public_key, last_counter=made.counter,
    )  # fmt: skip
    db.session.add(factor)
    return _count_from_now(factor)


def ask_for_proof(session_id: int, user_id: int, site: Site) -> dict[str, Any] | None:
    """What the browser needs to prove a passkey; None where the user has none."""
    known = [each.credential_id or "" for each in _passkeys(user_id)]
    if not known:
        return None
    options, challenge = passkeys.ask_for_proof(site, known)
    lock_row(LoginSession, session_id).challenge = challenge
    return options


def check_code(user_id: int, typed: str) -> None:
    """A code of one of the user's apps; raises CodeWrong."""
    lock_row(User, user_id)
    for factor in list_factors(user_id):
        if factor.kind is FactorKind.CODE:
            try:
                _take_code(factor, typed)
            except CodeWrong:
                continue
            factor.last_used_at = clock.now()
            return
    raise CodeWrong


def check_passkey(session_id: int, user_id: int, site: Site, answer: str) -> None:
    """The proof of one of the user's passkeys; raises PasskeyWrong."""
    lock_row(User, user_id)
    try:
        credential_id = passkeys.credential_of(answer)
        challenge = _take_challenge(session_id)
        factor = next(each for each in _passkeys(user_id) if each.credential_id == credential_id)
        factor.last_counter = passkeys.take_proof(
            site, answer, challenge, factor.public_key or "", factor.last_counter
        )
    except (PasskeyRefused, StopIteration) as refused:
        raise PasskeyWrong from refused
    factor.last_used_at = clock.now()


def remove_factor(user_id: int, public_id: str) -> None:
    """Take one's own factor away.

    Raises:
        NotFound, LastFactor.
    """
    user = lock_row(User, user_id)
    counted = list_factors(user_id)
    factor = next((each for each in counted if each.public_id == public_id), None)
    if factor is None:
        raise NotFound
    if len(counted) == 1 and needs_factor(user):
        raise LastFactor
    db.session.delete(factor)
    if len(counted) == 1:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    audit.record("factor.removed", "user", user_id, kind=factor.kind.value)


def remove_all_factors(user_id: int) -> None:
    """Take every factor of somebody away, who sets a new one at the next sign-in."""
    lock_row(User, user_id)
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    audit.record("factor.reset", "user", user_id)


def _passkeys(user_id: int) -> list[SecondFactor]:
    return [each for each in list_factors(user_id) if each.kind is FactorKind.PASSKEY]


def _take_code(factor: SecondFactor, typed: str) -> None:
    secret = unseal(factor.sealed_secret or "", _of(factor.user_id))
    step = codes.step_of(secret, typed, int(clock.now().timestamp()), factor.last_counter)
    if step is None:
        raise CodeWrong
    factor.last_counter = step


def _count_from_now(factor: SecondFactor) -> list[str]:
    factor.proved_at = clock.now()
    db.session.flush()
    audit.record("factor.added", "user", factor.user_id, kind=factor.kind.value)
    first = not count_recovery_codes(factor.user_id)
    return renew_recovery_codes(factor.user_id) if first else []


def _take_challenge(session_id: int) -> str:
    session = lock_row(LoginSession, session_id)
    challenge, session.challenge = session.challenge, None
    if challenge is None:
        raise PasskeyRefused
    return challenge


def _of(user_id: int) -> str:
    return f"user:{user_id}"
