"""Recovery codes: what opens when the second factor is lost; each once, all renewed at will.

Sixteen signs out of thirty-one are 79 bits: a plain digest of them tells nobody the code.
"""

import hashlib
import secrets

from sqlalchemy import delete, func, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid
from cases.core.locks import lock_row
from cases.people.access.models import RecoveryCode
from cases.people.models import User

RECOVERY_CODES = 10
CODE_GROUPS, GROUP_SIGNS = 4, 4
#: No signs that are read for others.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class RecoveryCodeWrong(Invalid):
    """This is none of your recovery codes, or it has been used."""


def check_recovery_code(user_id: int, typed: str) -> int:
    """Use one recovery code; answers how many are left. Raises RecoveryCodeWrong."""
    lock_row(User, user_id)
    code = db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_digest == _digest(typed),
            RecoveryCode.used_at.is_(None),
        )
    )
    if code is None:
        raise RecoveryCodeWrong
    code.used_at = clock.now()
    db.session.flush()
    audit.record("factor.recovery_code_used", "user", user_id)
    return count_recovery_codes(user_id)


def count_recovery_codes(user_id: int) -> int:
    """How many recovery codes are left."""
    query = select(func.count()).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(query) or 0


def renew_recovery_codes(user_id: int) -> list[str]:
    """New recovery codes, shown this once; the old ones open nothing any more."""
    lock_row(User, user_id)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    made = [_new_code() for _ in range(RECOVERY_CODES)]
    now = clock.now()
    db.session.add_all(
        [RecoveryCode(user_id=user_id, code_digest=_digest(code), created_at=now) for code in made]
    )
    audit.record("factor.recovery_codes_made", "user", user_id)
    return made


def _new_code() -> str:
    signs = [secrets.choice(ALPHABET) for _ in range(CODE_GROUPS * GROUP_SIGNS)]
    groups = [signs[at : at + GROUP_SIGNS] for at in range(0, len(signs), GROUP_SIGNS)]
    return "-".join("".join(group) for group in groups)


def _digest(typed: str) -> str:
    plain = "".join(sign for sign in typed.lower() if sign in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()
