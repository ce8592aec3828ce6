"""The forms of a page, as a browser without scripts would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it goes, what it would send, and what of it is typed by people."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)  # Text fields that are filled in already.
    options: dict[str, list[str]] = field(default_factory=dict)  # What can be chosen.


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self._form: Form | None = None
        self._open: tuple[str, str] | None = None  # A textarea or a select that is being read.

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._form = Form(given.get("action") or self.address)
            if (given.get("method") or "get").lower() == "post":
                self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input" and name:
            self._take_input(given.get("type") or "text", name, value, "checked" in given)
        elif tag in ("textarea", "select") and name:
            self._open = (tag, name)
            self._form.values.setdefault(name, "")
        elif tag == "option" and self._open:
            self._form.options.setdefault(self._open[1], []).append(value)
            if "selected" in given:
                self._form.values[self._open[1]] = value

    def _take_input(self, kind: str, name: str, value: str, checked: bool) -> None:
        assert self._form is not None
        if kind in ("radio", "checkbox"):
            self._form.options.setdefault(name, []).append(value)
            if checked:
                self._form.values[name] = value
        elif kind not in ("submit", "button", "file"):
            self._form.values[name] = value
            if kind != "hidden" and value.strip():
                self._form.typed.add(name)

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._open and self._open[0] == "textarea":
            self._form.values[self._open[1]] += data
            if data.strip():
                self._form.typed.add(self._open[1])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._open = None
        elif tag == "form":
            self._form = None


def forms_of(html: str, address: str) -> list[Form]:
    """Every form of a page that is sent by POST."""
    reader = _Reader(address)
    reader.feed(html)
    return list(reader.forms)
