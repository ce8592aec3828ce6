"""What to do about a signal, and how to begin the talk with the customer about it."""

from dataclasses import dataclass

from legal.findings import N_


@dataclass(frozen=True, slots=True)
class Advice:
    """The next step, and words to open the talk with; what to say stays the caller's decision."""

    step: str
    wording: str


#: Code of a signal -> advice. A talk comes before any threat, and a question before a reproach.
ADVICE = {
    "discount_stopped": Advice(
        N_("Call him soon and say that you have noticed."),
        N_("You used to take our discount. Has something changed that we should know of?"),
    ),
    "pays_later": Advice(
        N_("Call him, and look at his credit limit before the next delivery."),
        N_("Your payments have been coming later for a while. What is the reason?"),
    ),
    "class_later": Advice(
        N_("Agree prepayment or a deposit for the next order until he pays as others do."),
        N_("We would like to settle with you how the next invoices are paid on time."),
    ),
    "reminders": Advice(
        N_("Ask whether invoices arrive, and who releases them there."),
        N_("We had to remind you several times. Do our invoices reach the right place?"),
    ),
    "offers_ignored": Advice(
        N_("Offer one last talk with a date, and decide how you deliver until then."),
        N_("We would like to find a way together. When can we talk?"),
    ),
    "terms_broken": Advice(
        N_("Agree no new term without a part payment at once."),
        N_("The term we agreed has passed. Which amount can you pay today?"),
    ),
    "complaints_rising": Advice(
        N_("Verify each complaint, and invoice what is undisputed separately."),
        N_("We take your complaints seriously. Which part of the invoices is undisputed?"),
    ),
    "cancellations": Advice(
        N_("Ask for his plan of orders; keep little stock for him."),
        N_("Without a reliable plan of orders we can hardly plan ours. What do you expect?"),
    ),
    "bank_changed": Advice(
        N_("Ask on a number you know already why the bank has changed, and note the answer."),
        N_("We see new bank details. Since when do they hold, and what is the reason?"),
    ),
    "partner_lost": Advice(
        N_("Ask how he will close the gap, and note what he says."),
        N_("We have heard of the loss. How do you intend to close the gap?"),
    ),
    "insolvency_notice": Advice(
        N_("Stop deliveries on account, list the unpaid goods, ask your lawyer what to report."),
        N_("We have read the notice. Who is our contact for the goods that are not yet paid?"),
    ),
    "register_notice": Advice(
        N_("Read the notice, and renew what you know of the customer."),
        N_("We have read of the change. Who may sign orders from now on?"),
    ),
    "news": Advice(
        N_("Read the reports, and ask him before you decide anything."),
        N_("We have read about your company. What does it mean for our orders?"),
    ),
}
