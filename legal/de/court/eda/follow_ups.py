"""The applications after the first: new service 07 and 10, enforcement order 08, answer 20,
withdrawal 25, fee collection and transfer 29. Law: ZPO §§ 692, 696, 699.
"""

# ruff: noqa: RUF009 - these functions are spellings of dataclasses.field.

import datetime
from dataclasses import dataclass, replace

from legal.de.court.eda.notation import cents, day, flag, many, one, text
from legal.de.court.eda.payment_order import Representative, TrialCourt


@dataclass(frozen=True, slots=True)
class ChangedDefendant:
    """A defendant whose name, address or representatives have changed."""

    n1: str = text()
    n2: str = text()
    n3: str = text()
    n4: str = text()
    rechtsform: str = text()
    street: str = text()
    plz: str = text()
    place: str = text()
    country: str = text("country", "al")
    prozessgericht: TrialCourt | None = one(TrialCourt)
    new_representatives: tuple[Representative, ...] = many(Representative)
    receiving_representatives: tuple[Representative, ...] = many(Representative)


@dataclass(frozen=True, slots=True)
class NewServiceApplication:
    """Service once more, of the payment order (07) or the enforcement order (10)."""

    gnr: str = text()
    own_ref: str = text()
    postage: int | None = cents()
    other_costs: int | None = cents()
    other_costs_reason: str = text()
    enquiry_costs: int | None = cents()
    defendant: ChangedDefendant | None = one(ChangedDefendant)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment since the payment order."""

    date: datetime.date | None = day()
    amount: int | None = cents()


@dataclass(frozen=True, slots=True)
class Outlay:
    """A further outlay with its reason."""

    amount: int | None = cents()
    reason: str = text()


@dataclass(frozen=True, slots=True)
class EnforcementOrderApplication:
    """The application for the enforcement order (08), one per court number. Law: ZPO § 699(1)."""

    gnr: str = text()
    own_ref: str = text()
    date: datetime.date | None = day()
    service: str = text(default="court")  # court or own
    postage: int | None = cents()
    other_costs: int | None = cents()
    other_costs_reason: str = text()
    interest_on_costs: bool = flag()
    expenses: int | None = cents()
    payments: tuple[Payment, ...] = many(Payment)
    defendant: ChangedDefendant | None = one(ChangedDefendant)
    further_outlays: tuple[Outlay, ...] = many(Outlay)


@dataclass(frozen=True, slots=True)
class QueryItem:
    """One field the court asks about; only `inhalt` changes in the answer."""

    fschl: str = text()
    feldn: str = text()
    index1: str = text()
    index2: str = text()
    mas: str = text()
    maz: str = text()
    mazpos: str = text()
    form: str = text()
    inhalt: str = text()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to a court query (Monierungsantwort, 20)."""

    gnr: str = text()
    gnrs: tuple[str, ...] = many(str)
    own_ref: str = text()
    date: datetime.date | None = day()
    application_date: datetime.date | None = day()
    application_kind: str = text()
    items: tuple[QueryItem, ...] = many(QueryItem)

    @property
    def court_numbers(self) -> tuple[str, ...]:
        """The court numbers of all defendants; a single `gnr` stands for a list of one."""
        return self.gnrs or ((self.gnr,) if self.gnr else ())

    def in_short(self) -> "QueryAnswer":
        """The same with `gnrs` only where there are several."""
        numbers = self.court_numbers
        first = numbers[0] if numbers else ""
        return replace(self, gnr=first, gnrs=numbers if len(numbers) > 1 else ())


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Withdrawal or settlement of the claim (Rücknahme, Erledigterklärung, 25)."""

    gnr: str = text()
    own_ref: str = text()
    kind: str = text()  # withdrawal or resolved
    original: str = text(default="machine")  # machine or paper


@dataclass(frozen=True, slots=True)
class LitigationRequest:
    """Collect the fee and transfer to litigation (Kosteneinzug und Abgabe, 29)."""

    gnr: str = text()
    own_ref: str = text()
