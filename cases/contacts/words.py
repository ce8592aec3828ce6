"""The words for how people were reached, what came of it and what was promised."""

from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    PromiseState,
)
from legal.findings import N_, Words

CHANNELS: Words = {
    ContactChannel.LETTER: N_("Letter"),
    ContactChannel.EMAIL: N_("E-mail"),
    ContactChannel.SMS: N_("SMS"),
    ContactChannel.PHONE: N_("Phone"),
    ContactChannel.VISIT: N_("Visit"),
}
DIRECTIONS: Words = {
    ContactDirection.OUTBOUND: N_("we to the debtor"),
    ContactDirection.INBOUND: N_("the debtor to us"),
}
CONTACT_OUTCOMES: Words = {
    ContactOutcome.REACHED_PAYS: N_("reached, pays"),
    ContactOutcome.PROMISE: N_("payment promised"),
    ContactOutcome.INSTALMENTS: N_("asks for instalments"),
    ContactOutcome.OBJECTION: N_("objects"),
    ContactOutcome.CALL_BACK: N_("call back agreed"),
    ContactOutcome.WRONG_NUMBER: N_("wrong number"),
    ContactOutcome.NOT_REACHED: N_("not reached"),
    ContactOutcome.REFUSES: N_("refuses to pay"),
    ContactOutcome.QUESTION: N_("asks something"),
}
NON_PAYMENT: Words = {
    NonPaymentReason.CANNOT_PAY: N_("Cannot pay at the moment"),
    NonPaymentReason.FORGOT: N_("Forgot it"),
    NonPaymentReason.NOT_RECEIVED: N_("Says the invoice did not arrive"),
    NonPaymentReason.INTERNAL_DELAY: N_("Internal delay, approval missing"),
    NonPaymentReason.DISPUTE: N_("Disputes something"),
    NonPaymentReason.REFUSES: N_("Refuses without a reason"),
    NonPaymentReason.UNKNOWN: N_("Did not say"),
}
PROMISES: Words = {
    PromiseState.OPEN: N_("open"),
    PromiseState.KEPT: N_("kept"),
    PromiseState.BROKEN: N_("broken"),
    PromiseState.REPLACED: N_("replaced"),
    PromiseState.WITHDRAWN: N_("no longer waited for"),
}

TABLES = (CHANNELS, DIRECTIONS, CONTACT_OUTCOMES, NON_PAYMENT, PROMISES)
CODES = {"outcome_code": CONTACT_OUTCOMES, "channel_code": CHANNELS}
