"""The panel of an objection: evidence, indicators with their source, burden of proof, clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from cases.claims.models import Case
from cases.core import clock
from cases.objections.catalogue import Label, Reason, Side, labels, reason_of
from cases.objections.evidence import Need, list_needs
from cases.objections.evidence_models import ObjectionMention
from cases.objections.facts import AMOUNTS, DAYS, FLAGS
from cases.objections.file_facts import FileFacts, Raised
from cases.objections.gathering import raised_of
from cases.objections.indicators import Indicator, find_indicators
from cases.objections.measures import withdrawal_start
from cases.objections.mentions import first_contested, list_mentions
from cases.objections.models import Objection
from cases.objections.proof import Burden, retainable_cents
from cases.objections.queries import DisputedClaim
from cases.objections.second_person import waiting_verdict
from cases.objections.settings import house_rules
from cases.objections.standing import Standing, standing_of
from cases.objections.words import FACTS
from cases.people.models import Approval
from portal.shell.formatting import day, euro, language
from portal.shell.wording import said
from portal.wording import word


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator with where it stands in the file, in words."""

    found: Indicator
    words: str
    source: str
    law: str


@dataclass(frozen=True, slots=True)
class Panel:
    """All that speaks about an objection, for the person who decides."""

    raised: Raised
    reason: Reason
    needs: Sequence[Need]
    indicators: Sequence[ShownIndicator]
    standing: Standing
    burden_words: str
    over_words: str  # What has changed since its day passed.
    mentions: Sequence[ObjectionMention]
    contested_on: date | None
    retainable_cents: int | None
    waiting: Approval | None
    suggestions: dict[str, str]

    @property
    def burden(self) -> Burden:
        """Who must prove what today."""
        return self.standing.burden

    @property
    def missing(self) -> list[Need]:
        """What was neither asked for nor explained, and the file does not have."""
        return [need for need in self.needs if not need.in_file and need.piece is None]

    @property
    def others(self) -> list[Label]:
        """What may be asked for beyond, as the case wants it."""
        shown = {need.label.code for need in self.needs}
        return [label for code, label in labels().items() if code not in shown]

    @property
    def from_debtor(self) -> bool:
        """Whether the debtor still owes something that was asked for."""
        return any(
            need.piece and need.piece.side is Side.DEBTOR and need.piece.asked_at
            and not need.piece.answered_at
            for need in self.needs
        )  # fmt: skip

    @property
    def due(self) -> list[Need]:
        """Answers whose day has not come yet."""
        today = clock.today()
        return [
            need for need in self.needs
            if need.piece and need.piece.asked_at and not need.piece.answered_at
            and need.piece.due_on and need.piece.due_on >= today
        ]  # fmt: skip


def load_panel(objection: Objection, case: Case, disputed: Sequence[DisputedClaim]) -> Panel:
    """Everything that the panel shows."""
    raised = raised_of(objection)
    standing = standing_of(raised)
    contested = first_contested([one.claim.id for one in disputed])
    return Panel(
        raised=raised,
        reason=reason_of(objection.kind.value),
        needs=list_needs(objection, raised),
        indicators=[
            _shown(found, raised.file, case.currency)
            for found in find_indicators(raised, house_rules())
        ],
        standing=standing,
        burden_words=_burden_words(standing.burden),
        over_words=_over_words(standing.burden),
        mentions=list_mentions(objection.id),
        contested_on=min(contested.values(), default=None),
        retainable_cents=retainable_cents(raised.file),
        waiting=waiting_verdict(objection),
        suggestions=_suggestions(raised),
    )


def fact_fields(file: FileFacts) -> dict[str, list[tuple[str, str, str]]]:
    """The facts that a person may note: name, label, and what stands there now; by form."""
    return {
        form: [(name, word_of(name), value_words(getattr(file, name))) for name in names]
        for form, names in (("days", DAYS), ("flags", FLAGS), ("amounts", AMOUNTS))
    }


def word_of(fact: str) -> str:
    """What a fact of the file is called."""
    return said(FACTS[fact]) if fact in FACTS else fact


def value_words(value: Any, currency: str = "EUR") -> str:
    """A value of the file as people read it."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(_part(one, currency) for one in value)
    return str(value)


def _part(one: Any, currency: str) -> str:
    if isinstance(one, date):
        return day(one)
    if isinstance(one, int):
        return euro(one, currency)
    return f"{day(one.on)}: {euro(one.cents, currency)}"


def _shown(found: Indicator, file: FileFacts, currency: str) -> ShownIndicator:
    name = found.source
    value = getattr(file, name, None)
    if name.endswith("_cents") and isinstance(value, int):
        value = (value,)
    if name.endswith("_percent") and value is not None:
        value = gettext("%(num)s of 100 cases", num=value)
    text = word_of(name) if name in FACTS else gettext("Rule of the house")
    shown = value_words(value, currency)
    return ShownIndicator(
        found, said(found.rule.words), f"{text}: {shown}" if shown else text, found.rule.law
    )


def _burden_words(burden: Burden) -> str:
    until = day(burden.until) if burden.until else ""
    return said(burden.rule.words).replace("{until}", until)


def _over_words(burden: Burden) -> str:
    since = day(burden.turned_after) if burden.turned_after else ""
    return said(burden.rule.over).replace("{since}", since) if burden.rule.over else ""


def law_of_burden(burden: Burden) -> str:
    """The paragraph as people of the page's language write it."""
    return burden.rule.law_german if language() == "de" else burden.rule.law


def _suggestions(raised: Raised) -> dict[str, str]:
    """What the file answers to questions of the checklist; a person keeps or changes it."""
    file, found = raised.file, {}
    start = file.delivered_on or withdrawal_start(file)
    if start is not None and start <= raised.raised_on:
        days = (raised.raised_on - start).days
        found["first_raised"] = gettext("%(days)s days after the delivery or contract", days=days)
    elif file.due_on is not None:
        days = (raised.raised_on - file.due_on).days
        found["first_raised"] = gettext("%(days)s days after the due date", days=days)
    before = [one for one in file.payments if one.on < raised.raised_on]
    if before:
        paid = ", ".join(_part(one, "EUR") for one in before)
        found["paid_before"] = gettext("Yes: %(payments)s", payments=paid)
    else:
        found["paid_before"] = gettext("No payment on file")
    if file.creditor_asked_on:
        found["creditor_told"] = gettext("Asked on %(day)s", day=day(file.creditor_asked_on))
    if file.limitation_day:
        found["limitation_day"] = day(file.limitation_day)
    return found


def stands_words(standing: Standing) -> str:
    """What the file would carry if nothing more came."""
    side = word(standing.burden.on)
    if standing.by_doubt:
        sentence = gettext("If nothing more comes, the doubt goes against this side: %(side)s.",
                           side=side)  # fmt: skip
        return str(sentence)
    found = {
        "pretext": gettext("As it stands, the file refutes the objection."),
        "genuine": gettext("As it stands, the file confirms the objection."),
        "partly_genuine": gettext("As it stands, the file confirms a part of the objection."),
        "undecided": gettext("As it stands, the file leaves it open."),
    }
    return str(found[standing.stands.value])
