"""Six digits that an app shows anew every half minute: the one place that knows pyotp.

TOTP as in RFC 6238: SHA-1, six digits, thirty seconds, which every app understands.
"""

import hmac

import pyotp
import segno

STEP_SECONDS = 30
#: Clocks differ: one step before and one after are taken, too.
TOLERATED_STEPS = 1


def new_secret() -> str:
    """A secret that the app and the house share."""
    return pyotp.random_base32()


def address_of(secret: str, account: str, house: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=house)


def step_of(secret: str, code: str, at_seconds: int, after_step: int) -> int | None:
    """The step whose code this is, later than `after_step`: no code counts twice."""
    typed = "".join(code.split())
    now = at_seconds // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(now - TOLERATED_STEPS, now + TOLERATED_STEPS + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), typed.encode()):
            found = step
    return found if found is not None and found > after_step else None


def picture_of(address: str) -> str:
    """The address as a square of dots: an SVG within an address that an image shows."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=4, dark="#000000", light="#ffffff"))
