"""Making and withdrawing rules, and what they book out of suspense."""

from collections.abc import Sequence

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.core.locks import lock_row
from cases.formats.identifiers import clean_iban, is_iban
from cases.ledger.bank.bookings import fee_lines, transfer_lines
from cases.ledger.bulk_posting import JournalDraft, business_day, post_journals
from cases.payments.entries import OPEN, note_open_lines
from cases.payments.models import BankEntry, EntryState
from cases.payments.rules.models import BankRule, RuleKind
from cases.payments.rules.queries import get_rule, line_of, wish_of
from cases.payments.rules.wish import STANDINGS, RuleWish, fits, says_too_little

BATCH = 1_000


class RuleSaysTooLittle(Invalid):
    """Say which lines are meant: an account, or at least six letters of name or purpose."""


class RuleIbanWrong(Invalid):
    """This IBAN is not right: a digit is wrong or missing."""


class RuleLimitMissing(Invalid):
    """Please say up to which amount a line may be booked by itself; it must be above 0.00."""


class RuleKnown(Conflict):
    """The same rule is in force already."""


class RuleWithdrawn(Conflict):
    """This rule was withdrawn already."""


def check_rule(wish: RuleWish) -> None:
    """Whether a rule can be made so.

    Raises:
        RuleLimitMissing, RuleIbanWrong, RuleSaysTooLittle.
    """
    if wish.most_cents <= 0:
        raise RuleLimitMissing
    if wish.iban and not is_iban(wish.iban):
        raise RuleIbanWrong
    if says_too_little(wish):
        raise RuleSaysTooLittle


def make_rule(wish: RuleWish) -> tuple[BankRule, int]:
    """Make a rule and book the open lines that it speaks of; answers how many those were.

    Raises:
        RuleKnown; and what `check_rule` raises.
    """
    check_rule(wish)
    rule = BankRule(
        kind=wish.kind,
        name=wish.name.strip(),
        iban=clean_iban(wish.iban),
        words=wish.words.strip(),
        most_cents=wish.most_cents,
        made_at=clock.now(),
        made_by=audit.actor_id(),
    )
    if any(wish_of(each) == wish_of(rule) for each in _in_force()):
        raise RuleKnown
    db.session.add(rule)
    db.session.flush()
    audit.record("bank.rule_made", "bank_rule", rule.id, kind=rule.kind.value)
    booked = book_by_rules([rule])
    note_open_lines()
    return rule, booked


def withdraw_rule(public_id: str) -> BankRule:
    """The rule books nothing any more; what it has booked stays. Raises RuleWithdrawn."""
    rule = lock_row(BankRule, get_rule(public_id).id)
    if rule.withdrawn_at is not None:
        raise RuleWithdrawn
    rule.withdrawn_at, rule.withdrawn_by = clock.now(), audit.actor_id()
    audit.record("bank.rule_withdrawn", "bank_rule", rule.id)
    return rule


def book_by_rules(rules: Sequence[BankRule] | None = None) -> int:
    """Book every open line that a rule in force speaks of; answers how many.

    A line that a rule booked once and a person took back is left to the person.
    """
    rules = _in_force() if rules is None else rules
    if not rules:
        return 0
    booked, after = 0, 0
    while entries := _open_lines(after):
        after = entries[-1].id
        for rule in rules:
            own = [each for each in entries if each.rule_id is None and _fits(rule, each)]
            _book(rule, own)
            booked += len(own)
    return booked


def _in_force() -> Sequence[BankRule]:
    query = select(BankRule).where(BankRule.withdrawn_at.is_(None)).order_by(BankRule.id)
    return db.session.scalars(query).all()


def _fits(rule: BankRule, entry: BankEntry) -> bool:
    return fits(wish_of(rule), line_of(entry))


def _open_lines(after: int) -> Sequence[BankEntry]:
    query = (
        select(BankEntry)
        .where(
            BankEntry.id > after,
            BankEntry.state.in_(OPEN),
            BankEntry.rule_id.is_(None),
            BankEntry.journal_id.is_not(None),
            BankEntry.is_return.is_(False),
        )
        .order_by(BankEntry.id)
        .limit(BATCH)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).all()


def _book(rule: BankRule, entries: Sequence[BankEntry]) -> None:
    """Book lines in one set, as `settle_entry` books one of them."""
    what = STANDINGS[rule.kind]
    fee = rule.kind is RuleKind.FEE
    days = {day: business_day(day) for day in {entry.booked_on for entry in entries}}
    drafts = [
        JournalDraft(
            days[entry.booked_on],
            entry.currency,
            f"bank:{entry.public_id}",
            tuple((fee_lines if fee else transfer_lines)(-entry.amount_cents)),
        )
        for entry in entries
    ]
    ids = post_journals("bank_fee" if fee else "transfer_seen", drafts)
    for entry, journal_id in zip(entries, ids, strict=True):
        entry.settled_journal_id, entry.rule_id = journal_id, rule.id
        entry.state, entry.reason = EntryState.SETTLED, what.value
    db.session.flush()
    if entries:
        audit.record(
            "bank.settled_by_rule", "bank_rule", rule.id, entries=[each.id for each in entries]
        )
