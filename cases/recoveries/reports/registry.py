"""Every report: its title, its definition, how it is worked out, and the list behind a figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cases.recoveries.reports import (
    control,
    costs,
    delays,
    endings,
    expected,
    facts,
    hand_over,
    objected,
    open_items,
    promises,
    reach,
    receipts,
    results,
    standing,
    vintages,
)
from cases.recoveries.reports.shape import Figures, Scope
from legal.findings import N_

#: A list behind a figure shows so many cases; it says so where there are more.
MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class Report:
    """One report."""

    code: str
    title: str
    definition: str
    work_out: Callable[[Scope], Figures]
    facts: str  # What is counted: a query that names a case in each row.
    condition: str  # Which of the facts a row's key means.
    for_creditor: bool = True  # Whether a creditor reads it in his portal.
    windowed: bool = False  # Whether it depends on the window.
    of_people: bool = False  # Whether it tells what one person did.


REPORTS = {
    each.code: each
    for each in (
        Report(
            "receipts",
            N_("What came in"),
            N_(
                "Payments to us and to the client by business day, split as the claim account "
                "spreads them. What went back counts against the month in which it went back."
            ),
            receipts.work_out,
            receipts.FACTS,
            receipts.CONDITION,
        ),
        Report(
            "batches",
            N_("Batches over time"),
            N_(
                "Cases by the month of their hand-over; received within so many days of it, of the "
                "principal handed in. A share is shown once its window is over for every case of "
                "the month."
            ),
            vintages.work_out,
            vintages.FACTS,
            vintages.CONDITION,
        ),
        Report(
            "claims",
            N_("Each claim and its next step"),
            N_(
                "Open principal on the key date; the stage is that of today. The newest 5,000 "
                "claims."
            ),
            standing.work_out,
            standing.FACTS,
            standing.CONDITION,
        ),
        Report(
            "aging",
            N_("Open items by age"),
            N_(
                "Open principal on the key date as it was known at its end, by days past the due "
                "date (without one, the day of the invoice). The columns add up to all that is "
                "open."
            ),
            open_items.work_out,
            open_items.FACTS,
            open_items.CONDITION,
        ),
        Report(
            "largest",
            N_("The ten largest debtors"),
            N_("Open principal on the key date, and its share of all that is open."),
            open_items.largest,
            open_items.FACTS,
            open_items.DEBTOR_CONDITION,
        ),
        Report(
            "expected",
            N_("Expected, week by week"),
            N_(
                "Instalments of plans that run now and promises that are open now, thirteen weeks "
                "ahead from the key date; disputed cases are left out."
            ),
            expected.work_out,
            expected.FACTS,
            expected.CONDITION,
        ),
        Report(
            "delays",
            N_("How long money takes"),
            N_(
                "Days sales outstanding: open principal at the end of the month, by what was "
                "invoiced in the 90 days up to it, times 90, of the claims handed to us. Days "
                "late: from the due date to the payment, weighted by the principal paid."
            ),
            delays.work_out,
            delays.FACTS,
            delays.CONDITION,
        ),
        Report(
            "endings",
            N_("How cases ended"),
            N_(
                "Cases closed in the period that are closed now: all that ever came in of them, "
                "and the principal that is still open in them: loss avoided and loss made."
            ),
            endings.work_out,
            endings.FACTS,
            endings.CONDITION,
        ),
        Report(
            "let_go",
            N_("What was let go, and why"),
            N_(
                "Waivers, settlements, write-offs, credit notes and interest after payment in "
                "time, with the reason given; what was taken back is taken off."
            ),
            endings.let_go,
            endings.LET_GO_FACTS,
            endings.LET_GO_CONDITION,
        ),
        Report(
            "objections",
            N_("Objections and what the check found"),
            N_("Objections raised in the period, by kind; founded means at least in part."),
            objected.work_out,
            objected.FACTS,
            objected.CONDITION,
        ),
        Report(
            "costs",
            N_("Cost and yield"),
            N_(
                "Settlements with the client by their key date: received, our fee and the costs "
                "kept, without tax; the cost of a euro is fee and costs kept by what was received."
            ),
            costs.work_out,
            costs.FACTS,
            costs.CONDITION,
        ),
        Report(
            "control",
            N_("Control report: paid after a contact"),
            N_(
                "Customers who paid after a contact, and their money, divided by the new debts of "
                "the month (customers and money). A payment is credited once: to the latest "
                "contact on or after the hand-over, on or before the payment and within the "
                "window. A contact is a letter, or a call, visit or message of ours that reached "
                "somebody. Second view: of the customers who were contacted at all. The interval "
                "is Wilson's at 95 percent."
            ),
            control.work_out,
            control.FACTS,
            control.CONDITION,
            for_creditor=False,
            windowed=True,
        ),
        Report(
            "hand_over",
            N_("Effect of the hand-over"),
            N_(
                "Paid within the window after our first letter or call that reached somebody, "
                "against paid within the same window after the client's last reminder and before "
                "that contact, of the principal handed in."
            ),
            hand_over.work_out,
            hand_over.FACTS,
            hand_over.CONDITION,
            for_creditor=False,
            windowed=True,
        ),
        Report(
            "promises",
            N_("Promises kept"),
            N_(
                "Promises by the month of their day; kept means that the promised sum came by two "
                "days after it. The share leaves out what was replaced, withdrawn or is open."
            ),
            promises.work_out,
            promises.FACTS,
            promises.CONDITION,
            for_creditor=False,
        ),
        Report(
            "reach",
            N_("Right person reached"),
            N_(
                "Calls and visits of ours; the right person is whoever decides on the payment, as "
                "noted with the contact."
            ),
            reach.work_out,
            reach.FACTS,
            reach.CONDITION,
            for_creditor=False,
        ),
        Report(
            "teams",
            N_("Results of the teams"),
            N_(
                "Calls and visits by the team to which people belong today; a promise counts in "
                "the month of the contact in which it was made, and as kept once it was."
            ),
            results.by_team,
            results.TEAM_FACTS,
            results.CONDITION,
            for_creditor=False,
        ),
        Report(
            "people",
            N_("Results of each person"),
            N_(
                "The same for each person. It is told only while the house says since when its "
                "works council has agreed."
            ),
            results.by_person,
            results.PERSON_FACTS,
            results.CONDITION,
            for_creditor=False,
            of_people=True,
        ),
        Report(
            "reasons",
            N_("Why debtors have not paid"),
            N_("The reason noted with a contact in the period."),
            reach.reasons,
            reach.WHY_FACTS,
            reach.WHY_CONDITION,
            for_creditor=False,
        ),
    )
}


def list_cases(report: Report, scope: Scope, key: str) -> Sequence[int]:
    """The cases that a row counts, at most one more than a list shows."""
    params = {**scope.params, "key": key}
    return facts.cases_of(report.facts, report.condition, params, MOST_CASES + 1)
