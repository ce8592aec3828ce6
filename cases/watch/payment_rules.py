"""What the payments of a customer say: by his own baseline, or while he is new by his class."""

from statistics import median

from cases.watch.customer import Invoice
from cases.watch.days_late import find_shift
from cases.watch.look import MIDDLE, STRONG, WEAK, Look, Signal, as_evidence


def paid(look: Look) -> list[Invoice]:
    """The invoices that were paid by the day of the look."""
    return [each for each in look.customer.invoices if _is_paid(each, look)]


def _is_paid(invoice: Invoice, look: Look) -> bool:
    return invoice.paid_on is not None and invoice.paid_on <= look.as_of


def discount_stopped(look: Look) -> Signal | None:
    """Usual before (at least every second time), not once in the last ones."""
    offered = sorted(
        (
            each
            for each in look.customer.invoices
            if each.discount_until is not None
            and (_is_paid(each, look) or each.discount_until < look.as_of)
        ),
        key=lambda each: each.invoiced_on,
    )
    run = look.parameters.discounts
    last, before = offered[-run:], offered[:-run]
    taken = sum(each.paid_with_discount for each in before)
    if any(each.paid_with_discount for each in last) or len(before) < run:
        return None
    if 2 * taken < len(before):
        return None
    while before and not before[-1].paid_with_discount:
        last.insert(0, before.pop())
    days = [each.invoiced_on for each in last]
    return Signal("discount_stopped", days[0], WEAK, as_evidence(days))


def pays_later(look: Look) -> Signal | None:
    """Later than he himself used to; a large change is a key by itself."""
    if len(paid(look)) < look.parameters.paid_invoices:
        return None
    shift = find_shift(look.customer.invoices, look.as_of)
    if shift is None:
        return None
    weight = STRONG if shift.is_large else MIDDLE
    return Signal("pays_later", shift.since, weight, as_evidence(shift.invoices))


def class_later(look: Look) -> Signal | None:
    """While he is new: later than customers of his class by as much as a large change."""
    paid_so_far, usual = paid(look), look.customer.class_days_late
    least, margin = look.parameters.new_invoices, look.parameters.class_margin_days
    if usual is None or not least <= len(paid_so_far) < look.parameters.paid_invoices:
        return None
    late = [(each.paid_on - each.due_on).days for each in paid_so_far if each.paid_on is not None]
    if median(late) - usual < margin:
        return None
    days = sorted(each.invoiced_on for each in paid_so_far)
    return Signal("class_later", days[least - 1], MIDDLE, as_evidence(days))
