"""A form sent after its session has ended is kept until its owner has signed in again.

Every form names its owner under the key of the house, so that what somebody typed is shown to
nobody else, and no other site can have a form sent this way. The entries travel signed within the
sign-in page; files and passwords do not.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from portal.login import signed_in

OWNER = "form_owner"
KEPT = "kept_form"
#: Entries of a longer form would not come back through a sign-in page.
MOST_CHARACTERS = 200_000
KEPT_SECONDS = 12 * 60 * 60
#: A form that is itself on its way may be carried by the next one.
_SECRET_FIELDS = ("password", "csrf_token", OWNER)
#: Texts of so many signs are shown again, so that people recognise what they wrote.
RECOGNISABLE = 12


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed, and where it was to go."""

    owner: str
    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote in own words."""
        texts = [value for _, value in self.fields if len(value) >= RECOGNISABLE]
        return [text for text in texts if any(sign.isspace() for sign in text)]


def form_owner() -> str:
    """The mark of the person signed in, for the forms of this page."""
    user = signed_in()
    return str(_owners().dumps(user.public_id)) if user else ""


def keep() -> KeptForm | None:
    """What this request brought, if it is a form of ours that can be kept."""
    if request.method != "POST" or "HX-Request" in request.headers:
        return None
    owner = _owner_of(request.form.get(OWNER, ""))
    fields = [
        (name, value)
        for name, values in request.form.lists()
        if not any(secret in name for secret in _SECRET_FIELDS)
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    path = request.full_path.rstrip("?")
    if owner is None or size > MOST_CHARACTERS or path.startswith("//"):
        return None
    return KeptForm(owner, path, fields, any(each.filename for each in request.files.values()))


def sign_in_first(kept: KeptForm) -> Response:
    """The sign-in page, which carries the form with it."""
    page = render_template(
        "shell/sign_in.html", kept_form=packed(kept), action=url_for("sign_in.enter")
    )
    return Response(page, 401, mimetype="text/html")


def prove_first(kept: KeptForm | None) -> Response:
    """The page that asks for the password again, which carries the form with it."""
    mark = packed(kept) if kept else ""
    page = render_template("portal/proof/show.html", kept_form=mark, wanted=None, errors={})
    return Response(page, 401, mimetype="text/html")


def carry(kept: KeptForm | None) -> bool:
    """Let the page that is shown instead carry the form on; answers whether there is one."""
    if kept is not None:
        g.carried_form = packed(kept)
    return kept is not None


def carried() -> str:
    """The form that this page carries on, as it travels: sent with it, or kept just now."""
    return str(g.get("carried_form") or request.form.get(KEPT, ""))


def packed(kept: KeptForm) -> str:
    """A form as it travels within a page."""
    return str(_forms().dumps([kept.owner, kept.path, kept.fields, kept.had_files]))


def find_kept(user_public_id: str) -> KeptForm | None:
    """The form that came with this sign-in, if it belongs to who signed in."""
    try:
        told: Any = _forms().loads(request.form.get(KEPT, ""), max_age=KEPT_SECONDS)
    except BadData:
        return None
    owner, path, fields, had_files = told
    pairs = [(str(name), str(value)) for name, value in fields]
    return KeptForm(owner, path, pairs, had_files) if owner == user_public_id else None


def again(kept: KeptForm, *, proved: bool = False) -> Response:
    """The entries are here again; one button sends them. `proved`: no session had ended."""
    page = render_template("shell/kept_form.html", kept=kept, proved=proved)
    return Response(page, mimetype="text/html")


def _owner_of(mark: str) -> str | None:
    try:
        return str(_owners().loads(mark))
    except BadData:
        return None


def _owners() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="form owner")


def _forms() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept form")
