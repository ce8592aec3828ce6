"""Why a strategy waits or ends, what it does and what came of it, in the user's language."""

from flask_babel import gettext

from cases.claims.asking.models import AskedFor
from cases.claims.models import HoldReason
from cases.contacts.models import ContactOutcome
from cases.strategies.planning import Act, Decision
from cases.strategies.steps import WRITTEN, Conditions, Step, StepChannel
from cases.worklist.reasons import REASONS
from legal.findings import N_
from portal.shell.formatting import euro
from portal.wording import word

CHANNELS = {
    StepChannel.LETTER: N_("Letter"),
    StepChannel.EMAIL: N_("Letter by e-mail"),
    StepChannel.CALL: N_("Phone call"),
    StepChannel.VISIT: N_("Visit"),
    StepChannel.COURT: N_("Recommendation to court"),
    StepChannel.REVIEW: N_("A person decides"),
}
ICONS = {
    StepChannel.LETTER: "mail", StepChannel.EMAIL: "send", StepChannel.CALL: "phone",
    StepChannel.VISIT: "map-pin", StepChannel.COURT: "gavel", StepChannel.REVIEW: "user-check",
}  # fmt: skip
_WHY = {
    "due": N_("its day has come"),
    "last": N_("its day has come"),
    "not_due": N_("its day has not come yet"),
    "in_hand": N_("it is being done"),
    "promise": N_("a promise is open"),
    "address": N_("no good address of a debtor is known"),
    "no_working_day": N_("it is no working day"),
    "phase": N_("the case is not worked out of court"),
    "paid": N_("nothing is owed any more"),
    "exhausted": N_("no step is left"),
    "court": N_("recommended to court"),
    "review": N_("a person decides"),
    "weaker": N_("weaker than what has been done"),
    "policy_way": N_("the client does not want this way"),
    "policy_tone": N_("firmer than the client wants"),
    "policy_refused": N_("the client did not agree"),
    "policy": N_("the client's policy has changed"),
    "visitable": N_("no own good address, or somebody speaks for the debtor"),
    "mailbox": N_("no e-mail address that may be used"),
    "sent": N_("sent"),
    "handed": N_("handed over"),
    "reached": N_("debtor reached"),
    "not_reached": N_("debtor not reached"),
    "not_done": N_("not done in time"),
    "released": N_("released"),
    "handed_over": N_("handed to a person"),
    "payment": N_("money came"),
    "obstacle": N_("something came up against it"),
    "opted_out": N_("the debtor does not want it"),
    "too_late": N_("too late in the day"),
    "too_early": N_("too early in the day"),
    "sunday": N_("it is Sunday"),
    "saturday": N_("it is Saturday"),
    "holiday": N_("it is a public holiday where the debtor lives"),
    "too_often": N_("contacted often enough within seven days"),
    "HandlerIncomplete": N_("nobody with a direct number has the case"),
    "LetterLacksDuties": N_("the letter lacks something, or may not go to this debtor"),
    "AddressMissing": N_("no good address of a debtor is known"),
    "EverythingHeld": N_("all of the claim stands still"),
    "NothingOwed": N_("nothing is owed any more"),
    "FirstDemandSent": N_("the first letter has been sent already"),
}
_CONDITIONS = {
    "amount_from_cents": N_("from %(value)s"),
    "amount_below_cents": N_("below %(value)s"),
    "purpose": N_("kind of claim: %(value)s"),
    "debtor_kind": N_("kind of debtor: %(value)s"),
    "language": N_("language: %(value)s"),
    "phone_known": N_("phone number known"),
    "reminded": N_("reminded by the creditor: %(value)s"),
    "organisation": N_("organisation: %(value)s"),
    "payer_type": N_("payer type: %(value)s"),
    "size": N_("size: %(value)s"),
    "risk": N_("risk: %(value)s"),
}
LANGUAGES = {"de": "Deutsch", "en": "English"}


def why_words(why: str) -> str:
    """A reason as a phrase."""
    kind, _, detail = why.partition(":")
    if (told := _told(kind, detail)) is not None:
        return told
    if kind == "contact":
        known = detail in set(ContactOutcome)
        return str(word(ContactOutcome(detail)) if known else gettext("done"))
    if kind in {"rule", "refused"}:
        kind = detail
    if kind in _WHY:
        return str(gettext(_WHY[kind]))
    if kind in _CONDITIONS:
        return str(gettext("a condition is not met"))
    return str(gettext("something came up against it"))


def _told(kind: str, detail: str) -> str | None:
    """What stands against a step and has a name of its own."""
    if kind == "hold" and detail in set(HoldReason):
        return str(gettext("dunning stands still: %(why)s", why=word(HoldReason(detail))))
    if kind == "client" and detail in set(AskedFor):
        return str(gettext("the client is asked: %(what)s", what=word(AskedFor(detail))))
    if kind == "matter" and detail in REASONS:
        return str(gettext("first to be done: %(what)s", what=gettext(REASONS[detail].title)))
    return None


def channel_words(channel: str) -> str:
    """What a step is."""
    return str(gettext(CHANNELS[StepChannel(channel)])) if channel else "–"


def step_words(step: Step) -> str:
    """A step as a noun: its letter, or its channel."""
    from cases.letters.models import LetterKind

    if step.channel in WRITTEN and step.template in set(LetterKind):
        letter = str(word(LetterKind(step.template)))
        by_mail = step.channel is StepChannel.EMAIL
        return str(gettext("%(letter)s by e-mail", letter=letter)) if by_mail else letter
    return channel_words(step.channel)


def decision_words(decision: Decision | None) -> str:
    """What happens to a case."""
    if decision is None:
        return str(gettext("nothing: no strategy"))
    if decision.act is Act.DO and decision.step is not None:
        return step_words(decision.step)
    if decision.act is Act.WAIT:
        return str(gettext("waits"))
    return str(gettext("ends"))


def condition_words(only: Conditions) -> list[str]:
    """The conditions, one phrase each."""
    from cases.claims.models import Purpose
    from cases.parties.debtor_models import DebtorRisk, DebtorSize, Organisation, PayerType
    from cases.parties.models import DebtorKind

    kinds = {
        "purpose": Purpose, "debtor_kind": DebtorKind, "organisation": Organisation,
        "payer_type": PayerType, "size": DebtorSize, "risk": DebtorRisk,
    }  # fmt: skip
    said = []
    for name, sentence in _CONDITIONS.items():
        value = getattr(only, name)
        if value is None or (name == "phone_known" and not value):
            continue
        if name.endswith("_cents"):
            value = euro(value)
        elif name in kinds:
            value = word(kinds[name](value))
        elif name == "language":
            value = LANGUAGES.get(value, value)
        elif name == "reminded":
            value = gettext("yes") if value else gettext("no")
        said.append(str(gettext(sentence, value=value)))
    return said
