"""The sentences of the readiness check: the reason of each finding, and its remedy."""

from legal.findings import N_

MESSAGES = {
    # Reading the notation.
    "not_an_object": N_("Here a group of named entries is expected."),
    "not_a_list": N_("Here a list with at least one entry is expected."),
    "given_twice": N_("The same entry is given twice, also as “{other}”."),
    "key_unknown": N_("This entry is not known."),
    "value_unreadable": N_("“{found}” is not a valid entry of the kind {kind}."),
    "kind_not_offered": N_("Applications of the kind {found} are not offered."),
    # Writing fields.
    "too_long": N_("“{found}” does not fit into {length} characters."),
    "character_not_admitted": N_("The character “{found}” is not admitted in court files."),
    "value_not_possible": N_("“{found}” cannot be written into the field {eda_field}."),
    "field_unconfirmed": N_(
        "The place of the field {eda_field} in the court's file is not confirmed, so “{found}” "
        "cannot be sent."
    ),
    "has_no_field": N_("The court's file has no field for this entry."),
    "missing": N_("This entry is missing."),
    # The file.
    "kennziffer_wrong": N_("“{found}” is not a Kennziffer: it has eight digits."),
    "kennziffer_not_of_representative": N_(
        "{found} is not the number of a representative: its third digit is not 5, 6 or 7."
    ),
    "edaid_wrong": N_("The file number {found} is not three letters and three digits."),
    "edaid_of_court": N_("The file number {found} is in the range of the courts (500 to 999)."),
    "edaidz_not_ours": N_("Only courts fill this field."),
    "format_wrong": N_("Applications of this kind have the format {expected}."),
    "reference_repeated": N_("The reference {found} stands in {times} applications of this file."),
    "reference_long": N_(
        "The reference has more than {length} characters; the application for the enforcement "
        "order has no room for it."
    ),
    "several_courts": N_("The applications of this file go to different courts."),
    # Court.
    "bulk_postcode": N_("{found} is a postcode for bulk mail; courts send a query for it."),
    "dunning_court_unknown": N_("{found} is not the postcode of a central dunning court."),
    "court_not_competent": N_("Competent is {court} (§ 689(2) ZPO)."),
    "seat_unknown": N_("The state of the applicant's seat is not known (§ 689(2) ZPO)."),
    "olg_district_missing": N_(
        "In North Rhine-Westphalia the district of the higher regional court decides between "
        "Euskirchen (Köln) and Hagen (Hamm, Düsseldorf)."
    ),
    "procedure_unknown": N_("The codes for other kinds of procedure are not known."),
    # Parties.
    "applicant_given_twice": N_("With the applicant's Kennziffer no applicant may be written out."),
    "too_many_applicants": N_("There are more than {most} applicants."),
    "too_many_defendants": N_("There are more than {most} defendants."),
    "too_many_representatives": N_("There are more than {most} representatives."),
    "joint_debtors_not_said": N_("Several defendants, but not marked as joint debtors."),
    "joint_debtors_alone": N_("Marked as joint debtors, but there is one defendant."),
    "salutation_unknown": N_("The salutation key “{found}” does not exist."),
    "legal_form_missing": N_("Neither salutation nor legal form is given (§ 690(1) no. 1 ZPO)."),
    "salutation_and_legal_form": N_("A natural person has no legal form."),
    "legal_form_unknown": N_("The legal form “{found}” is not in the courts' list."),
    "representative_missing": N_("A {form} needs a statutory representative (§ 690(1) no. 1 ZPO)."),
    "representative_perhaps_missing": N_("A {form} usually needs a statutory representative."),
    "partner_company_missing": N_(
        "A {form} is represented by its general partner company; its name comes first."
    ),
    "partner_officer_missing": N_("The officer of the general partner company is missing."),
    "representative_address_missing": N_(
        "The representative of a natural person needs an address."
    ),
    "function_unusual": N_("“{found}” is not in the list of functions for a {form}."),
    "country_of_germany": N_("The country sign stays empty for Germany."),
    "postcode_wrong": N_("“{found}” is not a German postcode."),
    "address_not_servable": N_("“{found}” is no address at which the court can serve."),
    "house_number_missing": N_("“{found}” has no house number."),
    "defendant_abroad": N_("The defendant is abroad (§§ 688(3), 703d ZPO)."),
    "trial_court_missing": N_("The court for litigation is missing (§ 690(1) no. 5 ZPO)."),
    "trial_court_too_high": N_(
        "For this value the local court (Amtsgericht) decides (§ 23 no. 1 GVG)."
    ),
    "trial_court_too_low": N_(
        "For this value the regional court (Landgericht) decides (§§ 23 no. 1, 71(1) GVG)."
    ),
    "trial_court_elsewhere": N_(
        "{place} is in another state than the defendant: the court is that of his seat or home "
        "(§§ 12 to 17 ZPO)."
    ),
    "trial_court_unchecked": N_(
        "The court for litigation was typed and is not checked: no directory of courts is loaded."
    ),
    "trial_court_unlisted": N_("The directory of courts does not list the postcode {plz}."),
    "trial_court_not_named": N_(
        "The directory of courts names another one for this address: the court with the postcode "
        "{named}."
    ),
    "trial_court_kind_unknown": N_("The kind of court “{found}” does not exist."),
    # Representative.
    "representative_given_twice": N_(
        "With the representative's Kennziffer he must not be written out."
    ),
    "representative_unnamed": N_("There is no representative this could belong to."),
    "only_for_company_representatives": N_("Only companies have this entry."),
    "no_rvg_fields": N_("This kind of representative has no fields for lawyers' fees."),
    "remuneration_waived": N_("0 waives the whole remuneration; empty claims the statutory one."),
    # Claims.
    "claim_kind_unknown": N_("A claim is either “catalogue” or “free”, not “{found}”."),
    "amount_not_positive": N_("The amount must be greater than zero."),
    "period_reversed": N_("The period ends before it begins."),
    "day_in_future": N_("This day lies after the application."),
    "only_with_catalogue": N_("A claim in free text cannot have this entry."),
    "only_with_free_text": N_("A claim from the catalogue cannot have free text."),
    "too_many_free_claims": N_("There are more than {most} claims in free text."),
    "catalogue_number_unknown": N_("The catalogue number “{found}” does not exist."),
    "property_missing": N_("Number {no} needs postcode and place of the flat."),
    "extra_not_possible": N_("Number {no} cannot have this entry."),
    "contract_type_missing": N_("Number 28 needs the type of the contract."),
    "contract_type_unknown": N_("“{found}” is not in the courts' list of contract types."),
    "reference_missing": N_("Number {no} needs the account, meter or service instead of a number."),
    "period_missing": N_("Number {no} needs the day until which is claimed."),
    "invoice_number_missing": N_("Without an invoice number the claim is hardly individualised."),
    "balance_not_individualised": N_(
        "A bare balance does not individualise the claim and does not stop limitation (§ 204(1) "
        "no. 3 BGB)."
    ),
    "interest_arrears_with_claim": N_(
        "Number 46 is only for interest whose claim is not claimed at the same time."
    ),
    # Interest.
    "too_many_interest_rows": N_("There are more than {most} rows of interest for one claim."),
    "interest_overlaps": N_("Two rows of interest overlap."),
    "interest_on_interest": N_("Default interest on interest is not owed (§ 289 BGB)."),
    "interest_only_per_year": N_(
        "Only yearly interest can be written; “{found}” is not confirmed."
    ),
    "interest_before_claim": N_("Interest begins before the claim."),
    "interest_base_wrong": N_("The amount bearing interest is not between zero and the claim."),
    "interest_mark_unknown": N_("The mark “{found}” is neither F (fixed) nor B (over base rate)."),
    "rate_unusual": N_("{found} is not a statutory rate; it needs an agreement."),
    "rate_and_mark_together": N_("Without both rate and mark no interest is awarded."),
    "interest_computed_and_running": N_("Computed and running interest cover the same days."),
    # Costs.
    "agency_and_lawyer": N_("Only the costs of one lawyer are owed (§ 13f RDG)."),
    "credit_missing": N_(
        "A pre-court fee is claimed, but no credit on the procedure fee is stated (§ 15a RVG)."
    ),
    "cost_above_cap": N_("More than a lawyer could charge, at most {limit} EUR (§ 13e RDG)."),
    # Duties.
    "not_in_euro": N_("Only claims in euro can be claimed, not {currency} (§ 688(1) ZPO)."),
    "publication_needed": N_(
        "Without an address service by publication would be needed (§ 688(2) no. 3 ZPO)."
    ),
    "base_rate_unknown": N_("The base rate on the day of the credit is not known."),
    "credit_too_expensive": N_(
        "The effective rate exceeds the base rate of {base} percent by more than 12 points "
        "(§ 688(2) no. 1 ZPO)."
    ),
    "consumer_credit_missing": N_(
        "A consumer credit needs the day of the contract and its rate (§ 690(1) no. 3 ZPO)."
    ),
    "declaration_not_in_application": N_(
        "The application does not say whether the claim depends on a counter-performance "
        "(§ 690(1) no. 4 ZPO)."
    ),
    "declaration_missing": N_(
        "The creditor has not declared that he has performed (§ 690(1) no. 4 ZPO)."
    ),
    "declaration_undated": N_("The day of the creditor's declaration is not recorded."),
    "declaration_differs": N_("The application says otherwise than the creditor's declaration."),
    "performance_outstanding": N_(
        "The claim depends on a performance not yet rendered (§ 688(2) no. 2 ZPO)."
    ),
    "letter_missing": N_("No demand letter was sent."),
    "information_missing": N_("The letter lacks the information of § 13a(1) RDG."),
    "notice_unknown": N_("The end of the notice period is not known."),
    "notice_running": N_("The notice period runs until {until}."),
    "default_unknown": N_("It is not known since when the debtor is in default."),
    "objection_unknown": N_("Nobody has recorded whether there is an objection."),
    "objection_open": N_("An objection has not been decided."),
    "objection_genuine": N_("The objection was found to be justified."),
    "objection_partly": N_("The objection was found to be justified in part."),
    "hold_stands": N_("A hold stands: {reason}."),
    "hold_leaves_time": N_("A hold stands and the law's clock leaves time: {reason}."),
    "client_must_agree": N_("The client has not agreed to court yet."),
    "client_not_agreed": N_(
        "The client has not agreed to court yet, and the claim becomes time-barred soon."
    ),
    "limitation_unknown": N_("The day of limitation is not known."),
    "time_barred": N_("The claim became time-barred after {day}."),
    "perhaps_time_barred": N_("On a careful count the claim became time-barred after {day}."),
    "limitation_near": N_("The claim becomes time-barred after {day}."),
    "invoices_not_individualised": N_(
        "{invoices} invoices are claimed as one sum; this does not stop limitation for any of them."
    ),
    "reminder_costs_high": N_("Courts award about 3 EUR for each of the {letters} reminders."),
    "margin_too_high": N_("For this claim the margin over the base rate is {highest} points."),
    "power_of_attorney_missing": N_("The power of attorney is not on file (§ 703 ZPO)."),
    # Later applications.
    "word_unknown": N_("“{found}” is not one of the possible words."),
    "too_many_payments": N_("There are more than {most} payments."),
    "too_many_outlays": N_("There are more than {most} further outlays."),
    "echo_incomplete": N_("The court expects its own entries back unchanged; some are missing."),
    "fee_step_ahead": N_(
        "The window for the simple fee runs until {day}: filed before its payments are known, the "
        "fee stays at {rate} (VV RVG 2300 note (2))."
    ),
    "answer_repeats": N_("The answer repeats what the court objected to."),
    "address_unchanged": N_("This is the address at which the court could not serve."),
    "court_number_needed": N_("Without the court number this cannot be sent in a file."),
}

_CORRECT = N_("Correct the entry.")
_ADD = N_("Add the entry.")
_REMOVE = N_("Remove the entry.")
_CHECK = N_("Check it; correct it or confirm that it is right.")
_ASK_COURT = N_(
    "Have the court confirm the field and enter it in the settings; it is never left out silently."
)
_DECIDE = N_("Decide it first, or file with a written reason, for instance to stop limitation.")

REMEDIES = {
    **dict.fromkeys(MESSAGES, _CORRECT),
    **dict.fromkeys(
        (
            "missing",
            "legal_form_missing",
            "representative_missing",
            "partner_officer_missing",
            "representative_address_missing",
            "trial_court_missing",
            "property_missing",
            "contract_type_missing",
            "reference_missing",
            "period_missing",
            "consumer_credit_missing",
            "seat_unknown",
            "olg_district_missing",
            "court_number_needed",
        ),
        _ADD,
    ),
    **dict.fromkeys(
        (
            "key_unknown",
            "has_no_field",
            "edaidz_not_ours",
            "procedure_unknown",
            "applicant_given_twice",
            "representative_given_twice",
            "only_for_company_representatives",
            "no_rvg_fields",
            "only_with_catalogue",
            "only_with_free_text",
            "extra_not_possible",
            "country_of_germany",
            "salutation_and_legal_form",
            "joint_debtors_alone",
        ),
        _REMOVE,
    ),
    **dict.fromkeys(
        (
            "kennziffer_not_of_representative",
            "edaid_of_court",
            "several_courts",
            "too_many_applicants",
            "joint_debtors_not_said",
            "legal_form_unknown",
            "representative_perhaps_missing",
            "function_unusual",
            "house_number_missing",
            "remuneration_waived",
            "interest_arrears_with_claim",
            "interest_before_claim",
            "rate_unusual",
            "interest_computed_and_running",
            "agency_and_lawyer",
            "base_rate_unknown",
            "interest_on_interest",
            "limitation_unknown",
            "objection_unknown",
            "default_unknown",
            "notice_unknown",
            "echo_incomplete",
        ),
        _CHECK,
    ),
    "field_unconfirmed": _ASK_COURT,
    **dict.fromkeys(
        ("objection_open", "objection_partly", "objection_genuine", "hold_stands"), _DECIDE
    ),
    "client_must_agree": N_(
        "Ask him on the case's page, under Dealing with the debtor; he answers in his portal."
    ),
    "client_not_agreed": N_("Ask him by phone, or say why it is filed all the same."),
    "hold_leaves_time": N_("Lift the hold first; a reason counts only when limitation is near."),
    **dict.fromkeys(
        ("trial_court_too_high", "trial_court_too_low"),
        N_("Correct the kind of court, or say which law gives the matter to this one."),
    ),
    "fee_step_ahead": N_("Wait for it, or file now and leave the higher fee."),
    "answer_repeats": N_("Enter what is right; only the content changes."),
    "address_unchanged": N_("Enter the address that was found, or say why this one is right."),
    "trial_court_unchecked": N_("Check it yourself, or load a directory under “How we file”."),
    "trial_court_unlisted": N_("Check the court yourself; a newer directory may list it."),
    "trial_court_not_named": N_("Take the court of the directory, or say why it is this one."),
    "trial_court_elsewhere": N_("Check the postcode; an agreed venue needs § 38 ZPO."),
    "too_long": N_("Shorten it yourself; nothing is cut off silently."),
    "character_not_admitted": N_("Write it with the letters of the court's list."),
    "bulk_postcode": N_("Use {wanted}."),
    "court_not_competent": N_("Use {plz}."),
    "partner_company_missing": N_("Put the company's name into the function, without a person."),
    "address_not_servable": N_("Find out the street address first."),
    "publication_needed": N_("Find out the address, or hand the case over for an action."),
    "defendant_abroad": N_("Check venue and service abroad before filing."),
    "not_in_euro": N_("Have the claim assessed in euro, or hand it over for an action."),
    "credit_too_expensive": N_("Hand the case over for an action."),
    "performance_outstanding": N_("Wait for the performance, or hand the case over for an action."),
    "declaration_missing": N_("Ask the creditor; never tick it for him."),
    "declaration_undated": N_("Record when he declared it."),
    "declaration_not_in_application": N_("Enter what the creditor has declared."),
    "letter_missing": N_("Send the demand letter first."),
    "information_missing": N_("Send a letter with the information first."),
    "notice_running": N_("Wait until the period is over."),
    "time_barred": N_("File only with a written reason: the debtor may refuse."),
    "perhaps_time_barred": N_("Let legal confirm the count, and file with a written reason."),
    "limitation_near": N_("File now."),
    "invoices_not_individualised": N_("Enter each invoice by itself, or enclose a list."),
    "balance_not_individualised": N_("Claim each invoice by itself, or enclose a list."),
    "invoice_number_missing": N_("Add the number of the invoice."),
    "credit_missing": N_("State the credited part of the fee."),
    "cost_above_cap": N_("Claim no more than the limit."),
    "reminder_costs_high": N_("Claim about 3 EUR for each reminder."),
    "margin_too_high": N_("Claim the statutory margin."),
    "power_of_attorney_missing": N_("Ask the creditor for it."),
    "reference_long": N_("Use a shorter reference."),
    "reference_repeated": N_("Give every application its own reference."),
}
