"""The application for a payment order (Mahnbescheidsantrag, kind 01): what it says.

Attribute names are those of the published notation; the official field of each is in
`data/fields.csv`. Law: ZPO § 690.
"""

# ruff: noqa: RUF009 - these functions are spellings of dataclasses.field.

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from legal.de.court.eda.notation import cents, day, flag, many, number, one, rate, text, write

#: Ancillary claims (Nebenforderungen) in the order in which the court wants them: key -> record.
ANCILLARY = {
    "AUSL": "C28",  # Auslagen des Antragstellers
    "MAHNK": "C29",  # Mahnkosten
    "AUSK": "C30",  # Auskunftskosten
    "BKRL": "C31",  # Bankrücklastkosten
    "INKB": "C32",  # Inkassokosten
    "VV23": "C33",  # Vorgerichtliche Anwaltsvergütung Nr. 2300 VV RVG
    "ANF": "C34",  # Andere Nebenforderung
}


@dataclass(frozen=True, slots=True)
class CourtAddress:
    """The dunning court; `plz` is that of its delivery district, never the bulk one."""

    plz: str = text()
    place: str = text()


@dataclass(frozen=True, slots=True)
class CaseMarks:
    """What the head of the application says (Kennsatz)."""

    own_ref: str = text("own_ref", "tgz")  # TGZ: our reference, the court repeats it.
    askezi: str = text()  # Kennziffer of the applicant
    pvkezi: str = text(null=True)  # Kennziffer of the representative
    gnr: str = text("gnr", "mggnr")  # Only when an application is repeated.
    procedure: str = text("procedure", "swum")
    joint_debtors: bool = flag("joint_debtors", "aggmm")
    vglm1: bool = flag()  # The claim depends on a counter-performance that has been rendered.
    vglm2: bool = flag()  # The claim does not depend on a counter-performance.
    litigation_requested: bool = flag("litigation_requested", "astrvm")


@dataclass(frozen=True, slots=True)
class Representative:
    """A statutory representative (gesetzlicher Vertreter); a company stands in `function` alone."""

    function: str = text()
    name: str = text(keep=True)
    street: str = text()
    plz: str = text()
    place: str = text()
    country: str = text("country", "al")


@dataclass(frozen=True, slots=True)
class TrialCourt:
    """The court for litigation (Prozessgericht). Law: ZPO § 690(1) no. 5."""

    pgm: str = text()
    plz: str = text()
    place: str = text()


@dataclass(frozen=True, slots=True)
class Party:
    """An applicant or a defendant (Antragsteller, Antragsgegner)."""

    anrede: str = text()
    rechtsform: str = text()
    n1: str = text()
    n2: str = text()
    n3: str = text()
    n4: str = text()
    street: str = text()
    plz: str = text()
    place: str = text()
    country: str = text("country", "al")
    prozessgericht: TrialCourt | None = one(TrialCourt)
    representatives: tuple[Representative, ...] = many(Representative)


@dataclass(frozen=True, slots=True)
class Agent:
    """The representative in the proceeding (Prozessbevollmächtigter) without a Kennziffer."""

    anrede: str = text()
    name: str = text()
    rechtsform: str = text()
    street: str = text()
    plz: str = text()
    place: str = text()
    country: str = text("country", "al")
    representatives: tuple[Representative, ...] = many(Representative)


@dataclass(frozen=True, slots=True)
class AgentCase:
    """What the representative says about this case (C10)."""

    own_ref: str = text("own_ref", "aspvgz")
    order_date: datetime.date | None = day("order_date", "aspvaufd")
    expenses: int | None = cents("expenses", "aspvmbausl")
    credit_vv2300: int | None = cents("credit_vv2300", "vv2300mbet")
    unusually_extensive: bool = flag("unusually_extensive", "vv2300m")
    remuneration: int | None = cents("remuneration", "ikubet")
    vat_rate: Decimal | None = rate("vat_rate", "aspvmwsts")
    applicant_cannot_deduct_vat: bool = flag("applicant_cannot_deduct_vat", "vorstm")
    vat_exempt: bool = flag("vat_exempt", "ustm")


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where the court pays to; its record is not known, so it cannot be sent."""

    owner: str = text()
    iban: str = text()
    bic: str = text()


@dataclass(frozen=True, slots=True)
class ComputedInterest:
    """Interest computed in advance (ausgerechnete Zinsen)."""

    first_day: datetime.date | None = day("from")
    last_day: datetime.date | None = day("to")
    amount: int | None = cents()
    rate: Decimal | None = rate()


@dataclass(frozen=True, slots=True)
class RunningInterest:
    """Interest that runs on (laufende Zinsen); no first day means from service on."""

    rate: Decimal | None = rate()
    mark: str = text()  # F a fixed rate, B percentage points above the base rate
    per: str = text("per", "ziartm", default="1")
    first_day: datetime.date | None = day("from")
    last_day: datetime.date | None = day("to")
    base_amount: int | None = cents()

    def in_notation(self) -> dict[str, Any]:
        """The yearly rate is the rule and is not written."""
        return {k: v for k, v in write(self).items() if (k, v) != ("per", "1")}


@dataclass(frozen=True, slots=True)
class Property:
    """The flat a rent or the condominium a contribution is owed for (C21)."""

    plz: str = text()
    place: str = text()
    country: str = text("country", "al")
    street: str = text()


@dataclass(frozen=True, slots=True)
class Assignment:
    """How the claim came to the applicant (Abtretung)."""

    date: datetime.date | None = day()
    name: str = text()
    plz: str = text()
    place: str = text()
    country: str = text("country", "al")


@dataclass(frozen=True, slots=True)
class ConsumerCredit:
    """A consumer credit (C27). Law: ZPO § 690(1) no. 3."""

    date: datetime.date | None = day()
    rate: Decimal | None = rate()


@dataclass(frozen=True, slots=True)
class Claim:
    """A main claim, from the catalogue or in free text."""

    kind: str = text()  # catalogue or free
    no: int | None = number()
    second_no: str = text()
    ground: str = text()
    invoice_no: str = text("invoice_no", "reference")
    first_day: datetime.date | None = day("from", "date")
    last_day: datetime.date | None = day("to")
    amount: int | None = cents()
    property: Property | None = one(Property)
    contract_type: str = text("contract_type", "contract", "vertragsart", "aspzv")
    assignment: Assignment | None = one(Assignment)
    interest: tuple[RunningInterest, ...] = many(RunningInterest)
    consumer_credit: ConsumerCredit | None = one(ConsumerCredit)
    text: str = text()  # Last, because from here on the name is taken.


@dataclass(frozen=True, slots=True)
class Ancillary:
    """An ancillary claim; a bare amount in the notation when nothing else is said."""

    amount: int | None = cents()
    other_amount: int | None = cents()
    value: int | None = cents()
    reason: str = text()
    rate: Decimal | None = rate()
    mark: str = text()
    first_day: datetime.date | None = day("from")
    last_day: datetime.date | None = day("to")

    def in_notation(self) -> Any:
        """The amount alone, or everything that is said."""
        said = write(self)
        return said["amount"] if set(said) == {"amount"} else said

    @staticmethod
    def from_notation(data: Any) -> Any:
        """A bare amount stands for an object with nothing else."""
        return data if isinstance(data, Mapping) else {"amount": data}


@dataclass(frozen=True, slots=True)
class AncillaryClaims:
    """At most one ancillary claim of each kind."""

    AUSL: Ancillary | None = one(Ancillary)
    MAHNK: Ancillary | None = one(Ancillary)
    AUSK: Ancillary | None = one(Ancillary)
    BKRL: Ancillary | None = one(Ancillary)
    INKB: Ancillary | None = one(Ancillary)
    VV23: Ancillary | None = one(Ancillary)
    ANF: Ancillary | None = one(Ancillary)


@dataclass(frozen=True, slots=True)
class PaymentOrderApplication:
    """One application for a payment order (Mahnbescheidsantrag)."""

    court: CourtAddress | None = one(CourtAddress)
    kennsatz: CaseMarks | None = one(CaseMarks)
    applicants: tuple[Party, ...] = many(Party)
    defendants: tuple[Party, ...] = many(Party)
    representative: Agent | None = one(Agent)
    representative_case: AgentCase | None = one(AgentCase)
    bank_account: BankAccount | None = one(BankAccount)
    computed_interest: ComputedInterest | None = one(ComputedInterest)
    claims: tuple[Claim, ...] = many(Claim)
    ancillary: AncillaryClaims | None = one(AncillaryClaims)

    @property
    def principal_cents(self) -> int:
        """The sum of the main claims, as the trailer counts it (SUASP)."""
        return sum(claim.amount or 0 for claim in self.claims)
