"""What an administrator enters about a user."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load

from cases.people.policy import Role


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is to sign in."""

    name: str
    email: str
    role: Role
    phone: str | None


class NewUserSchema(Schema):
    """Somebody who is to sign in."""

    name = fields.String(required=True)
    email = fields.Email(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    phone = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NewUser:
        return NewUser(**data)
