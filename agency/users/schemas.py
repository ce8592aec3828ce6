"""What an administrator enters about a user."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from cases.people.policy import Role
from portal.shell.locale import LOCALES


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is to sign in."""

    name: str
    email: str
    role: Role
    phone: str | None
    locale: str | None


class NewUserSchema(Schema):
    """Somebody who is to sign in."""

    name = fields.String(required=True)
    email = fields.Email(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    phone = fields.String(load_default=None)
    locale = fields.String(load_default=None, validate=validate.OneOf(LOCALES))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NewUser:
        return NewUser(**data)
