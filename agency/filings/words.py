"""What findings, fields and refusals of filings are called on the screen."""

from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from agency.law_words import law_words
from cases.claims.models import HoldReason, Outcome
from cases.filings.applications.models import FilingKind
from cases.filings.applications.words import FIELDS, LABELS, OPTIONS, PARTIES, PASSED
from cases.filings.court_mail.models import CourtMessage
from cases.filings.court_mail.words import REFUSALS
from cases.filings.proceedings.enforcement_check import MESSAGES as ENFORCEMENT
from cases.filings.proceedings.enforcement_check import REMEDIES as ENFORCEMENT_REMEDIES
from cases.filings.proceedings.words import ACTIONS, SUBJECTS, VALUES
from cases.filings.trial_courts.directory_file import MESSAGES as DIRECTORY
from cases.filings.words import DEADLINES
from legal.de.court.courts import dunning_courts
from legal.de.court.eda.grouping import RECEIPT
from legal.de.court.proceeding.enforcement_order import MESSAGES as LAW_OF_ENFORCEMENT
from legal.de.court.readiness.catalogue import claim_catalogue
from legal.de.court.readiness.sentences import MESSAGES, REMEDIES
from legal.findings import Finding
from legal.proceeding import CourtEventKind
from portal.shell.formatting import day, euro
from portal.shell.wording import worded
from portal.wording import word


def finding_words(code: str, params: dict[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do about it."""
    if code == "catalogue_number_unknown" and not params.get("found"):
        code = "missing"
    if code.startswith("hold_") and params.get("reason") in set(HoldReason):
        params = {**params, "reason": word(HoldReason(params["reason"]))}
    sentences, remedies = (
        {**MESSAGES, **LAW_OF_ENFORCEMENT, **ENFORCEMENT},
        {**REMEDIES, **ENFORCEMENT_REMEDIES},
    )
    days = {k: f"{v}" for k, v in params.items()}
    title = worded(sentences.get(code, code), _dated(days))
    return title, worded(remedies.get(code, ""), _dated(days)) if code in remedies else ""


def directory_words(finding: Finding) -> str:
    """What is wrong with a line of a directory of courts."""
    params = {name: f"{value}" for name, value in finding.params.items()}
    return worded(DIRECTORY[finding.code], params)


def label_of(leaf: str) -> str:
    """The name of a field."""
    return str(gettext(LABELS.get(leaf, leaf)))


def field_words(path: str | None) -> str:
    """Where in the application a finding lies, as people call it."""
    if not path:
        return ""
    leaf = path.rsplit(".", 1)[-1].split("[", maxsplit=1)[0]
    party = party_of(path.split(".", maxsplit=1)[0]) if "." in path else ""
    name = str(gettext({**LABELS, **FIELDS}[leaf])) if leaf in LABELS or leaf in FIELDS else ""
    return ", ".join(part for part in (party, name) if part)


def party_of(party: str) -> str:
    """Whom a field is about; claims are numbered from one."""
    if party.startswith("claims["):
        return str(gettext("Claim %(number)s", number=int(party[7:-1]) + 1))
    if party.startswith("items["):
        return str(gettext("Question %(number)s", number=int(party[6:-1]) + 1))
    return str(gettext(PARTIES[party])) if party in PARTIES else ""


def options_of(leaf: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Values with their words."""
    if leaf == "no":
        catalogue = claim_catalogue()
        return [(v, f"{v} {catalogue[int(v)].designation}") for v in values]
    return [(v, str(gettext(OPTIONS.get((leaf, v), v)))) for v in values]


def court_name(xjustiz_id: str | None) -> str:
    """A dunning court as people know it."""
    court = dunning_courts().get(xjustiz_id or "")
    if court is None:
        return str(gettext("Court not clear yet"))
    return f"{court.name}, {court.designation}" if court.designation else court.name


def passed_checks(codes: set[str]) -> list[str]:
    """What the check found in order."""
    return [str(gettext(words)) for words, group in PASSED if not codes & group]


def deadline_words(name: str) -> str:
    """The name of a deadline."""
    return str(gettext(DEADLINES.get(name, name)))


def refusal_words(code: str | None) -> str:
    """Why a message was not applied: a code of ours, or what a person wrote."""
    return str(gettext(REFUSALS[code])) if code in REFUSALS else (code or "")


def action_words(action: str) -> str:
    """What was done to a deadline."""
    return str(gettext(ACTIONS.get(action, action)))


def message_words(message: CourtMessage) -> str:
    """What kind of message a court has sent."""
    if message.kind == RECEIPT:
        return str(gettext("Receipt"))
    kind = next((kind for kind in CourtEventKind if kind.value == message.event), None)
    return word(kind) if kind else str(gettext("Message %(kind)s", kind=message.kind))


def message_content(message: CourtMessage) -> str:
    """The gist of a message in one line."""
    said = message.content
    found = [str(said[key]) for key in ("text", "reason_text") if said.get(key)]
    if said.get("date") or said.get("issued"):
        found.append(_shown_day(str(said.get("date") or said.get("issued"))))
    if payment := said.get("payment"):
        amount, until = payment.get("amount"), payment.get("reference") or ""
        if amount:
            found.append(str(gettext("pay %(amount)s, reference %(reference)s",
                                     amount=euro(cents_of(amount)), reference=until)))  # fmt: skip
    if said.get("partial") is not None and message.event == CourtEventKind.OPPOSED.value:
        found.append(str(gettext("in part") if said["partial"] else gettext("in full")))
    for item in said.get("items") or []:
        found.append(str(gettext("Question about %(field)s", field=item.get("feldn") or "?")))
    return ", ".join(part for part in found if part)


def log_subject(subject: str) -> str:
    """What a line of the liability log is about."""
    if subject.startswith("filing_"):
        return word(FilingKind(subject.removeprefix("filing_")))
    event = next((kind for kind in CourtEventKind if kind.value == subject), None)
    if event is not None:
        return word(event)
    return str(gettext({**SUBJECTS, **DEADLINES}.get(subject, subject)))


def log_value(key: str, value: Any) -> str:
    """One value before or after a change."""
    name = str(gettext(VALUES[key])) if key in VALUES else key
    shown = law_words(str(value)) if key == "law" else _shown_day(str(value))
    return f"{name} {shown}"


def log_reason(reason: str | None) -> str:
    """Why something was changed: what did it, or what a person wrote."""
    codes: tuple[StrEnum, ...] = (*CourtEventKind, *Outcome)
    did = next((code for code in codes if code.value == reason), None)
    if reason == "revoked":
        return str(gettext("The event that it began with was revoked"))
    return word(did) if did else (reason or "")


#: Given to all templates.
WORDS: dict[str, Any] = {
    function.__name__: function
    for function in (
        finding_words, directory_words, field_words, label_of, party_of, options_of, court_name,
        deadline_words, refusal_words, action_words, message_words, message_content,
        log_subject, log_value, log_reason, law_words,
    )
}  # fmt: skip


def _dated(params: dict[str, str]) -> dict[str, str]:
    """Days in parameters are shown as people write them."""
    return {name: _shown_day(value) for name, value in params.items()}


def _shown_day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def cents_of(amount: str) -> int:
    """The notation writes amounts in euro with two decimals."""
    whole, _, part = amount.partition(".")
    return int(whole) * 100 + int(f"{part:0<2}"[:2])
