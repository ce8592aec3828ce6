"""The lines that a rule speaks of: open ones that it would book, earlier ones as its trial."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.parties.queries import find_agency
from cases.payments.entries import OPEN
from cases.payments.models import BankEntry, EntryState
from cases.payments.own_accounts import clean_trust_iban
from cases.payments.rules.models import BankRule
from cases.payments.rules.wish import STANDINGS, Line, RuleWish, fits

#: How far back a rule is tried out.
TRIAL_DAYS = 400
#: So many are shown; all are counted.
SHOWN = 20


@dataclass(slots=True)
class Trial:
    """What a rule would do, and how its lines were treated by hand so far."""

    open_count: int = 0
    open_cents: int = 0
    shown: list[BankEntry] = field(default_factory=list)
    alike: int = 0  # Booked by hand as the rule would.
    otherwise: list[BankEntry] = field(default_factory=list)  # Booked as something else.

    @property
    def otherwise_count(self) -> int:
        """How many were something else."""
        return len(self.otherwise)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the list: what it has booked, and what of that was taken back."""

    rule: BankRule
    booked: int
    booked_cents: int
    taken_back: int


def wish_of(rule: BankRule) -> RuleWish:
    """A kept rule as the pure part reads it."""
    return RuleWish(rule.kind, rule.most_cents, rule.name, rule.iban, rule.words)


def line_of(entry: BankEntry) -> Line:
    """A line of the bank as a rule reads it."""
    return Line(
        entry.amount_cents,
        entry.counterparty_name or "",
        entry.counterparty_iban or "",
        entry.purpose,
        entry.end_to_end or "",
        entry.is_return,
    )


def try_out(wish: RuleWish) -> Trial:
    """Look at what a rule would book, before it is one."""
    trial = Trial()
    for entry in _lines(wish, BankEntry.state.in_(OPEN), BankEntry.rule_id.is_(None)):
        trial.open_count += 1
        trial.open_cents += entry.amount_cents
        if len(trial.shown) < SHOWN:
            trial.shown.append(entry)
    since = clock.today() - timedelta(days=TRIAL_DAYS)
    decided = {
        EntryState.SETTLED, EntryState.BOOKED, EntryState.ASSIGNED, EntryState.REFUNDED,
        EntryState.RETURNED,
    }  # fmt: skip
    for entry in _lines(wish, BankEntry.state.in_(decided), BankEntry.booked_on >= since):
        if entry.state is EntryState.SETTLED and entry.reason == STANDINGS[wish.kind]:
            trial.alike += 1
        else:
            trial.otherwise.append(entry)
    return trial


def list_rules() -> list[RuleLine]:
    """All rules, those in force first."""
    settled = BankEntry.state == EntryState.SETTLED
    counted = (
        select(
            BankEntry.rule_id,
            func.count().filter(settled),
            func.coalesce(func.sum(BankEntry.amount_cents).filter(settled), 0),
            func.count().filter(~settled),
        )
        .where(BankEntry.rule_id.is_not(None))
        .group_by(BankEntry.rule_id)
    )
    sums = {row[0]: row[1:] for row in db.session.execute(counted)}
    query = select(BankRule).order_by(BankRule.withdrawn_at.is_not(None), BankRule.id.desc())
    return [
        RuleLine(rule, *(int(each) for each in sums.get(rule.id, (0, 0, 0))))
        for rule in db.session.scalars(query)
    ]


def list_booked_by(rule: BankRule, limit: int = 200) -> Sequence[BankEntry]:
    """What a rule has booked, taken back or not, the newest first."""
    query = select(BankEntry).where(BankEntry.rule_id == rule.id)
    return db.session.scalars(query.order_by(BankEntry.id.desc()).limit(limit)).all()


def get_rule(public_id: str) -> BankRule:
    """The rule of that public id; raises NotFound."""
    found = db.session.scalar(select(BankRule).where(BankRule.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def _lines(wish: RuleWish, *conditions: ColumnElement[bool]) -> Iterator[BankEntry]:
    agency = find_agency()
    if agency is None:
        return
    sign = BankEntry.amount_cents > 0 if wish.incoming else BankEntry.amount_cents < 0
    query = (
        select(BankEntry)
        .where(
            BankEntry.iban == clean_trust_iban(agency),
            sign,
            func.abs(BankEntry.amount_cents) <= wish.most_cents,
            BankEntry.is_return.is_(False),
            *conditions,
        )
        .order_by(BankEntry.value_on.desc(), BankEntry.id.desc())
    )
    yield from (entry for entry in db.session.scalars(query) if fits(wish, line_of(entry)))
