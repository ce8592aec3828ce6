"""Passkeys (WebAuthn level 3): the one place that knows the library `webauthn`.

User verification (a finger, a PIN) is preferred, not demanded: the password has been checked
before. That is decided here, whatever a browser sends.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

PREFERRED = UserVerificationRequirement.PREFERRED


class PasskeyRefused(Exception):
    """What the browser sent does not prove this passkey."""


@dataclass(frozen=True, slots=True)
class Site:
    """For whom passkeys are made: the house's address as people see it."""

    base_url: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def takes_passkeys(self) -> bool:
        """Browsers make passkeys for names only, and only where nobody can listen."""
        safe = self.base_url.startswith("https://") or self.host == "localhost"
        return safe and any(sign.isalpha() for sign in self.host) and ":" not in self.host

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What is kept of a new passkey."""

    credential_id: str
    public_key: str
    counter: int


def ask_for_new(
    site: Site, user: str, name: str, known: Sequence[str]
) -> tuple[dict[str, Any], str]:
    """What a browser needs to make a passkey, and the challenge to keep until it answers."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=user.encode(),
        user_name=name,
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=PREFERRED
        ),
    )
    return json.loads(webauthn.options_to_json(options)), bytes_to_base64url(options.challenge)


def take_new(site: Site, answer: str, challenge: str) -> NewPasskey:
    """Check a browser's answer; raises PasskeyRefused."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as refused:
        raise PasskeyRefused from refused
    return NewPasskey(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def ask_for_proof(site: Site, known: Sequence[str]) -> tuple[dict[str, Any], str]:
    """What a browser needs to prove one of the passkeys, and the challenge to keep."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, allow_credentials=_described(known), user_verification=PREFERRED
    )
    return json.loads(webauthn.options_to_json(options)), bytes_to_base64url(options.challenge)


def credential_of(answer: str) -> str:
    """Which passkey an answer speaks of; raises PasskeyRefused."""
    try:
        return str(json.loads(answer)["id"])
    except (ValueError, KeyError, TypeError) as refused:
        raise PasskeyRefused from refused


def take_proof(site: Site, answer: str, challenge: str, public_key: str, counter: int) -> int:
    """Check a browser's proof; answers the counter of now. Raises PasskeyRefused.

    A counter that does not grow is a copy of the key, unless the key does not count at all.
    """
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=counter,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as refused:
        raise PasskeyRefused from refused
    return proved.new_sign_count


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known]
