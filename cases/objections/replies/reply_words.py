"""The sentences of a reply: the frame here, the argument of each reason and verdict as data."""

from collections.abc import Mapping
from functools import cache

from cases.objections.catalogue import read_rows
from cases.objections.models import Objection
from cases.objections.proof import Burden

WORDS = {
    "de": {
        "head": "# Ihr Einwand vom {day}",
        "raised": "Sie haben am {day} gegen die Forderung von {{creditor}} (Aktenzeichen {{case}})"
        " eingewandt: „{words}“",
        "examined": "Wir haben das mit den Unterlagen geprüft, die uns vorliegen.",
        "again": "Auf denselben Einwand haben wir Ihnen am {day} geantwortet. Neue Tatsachen oder"
        " Unterlagen enthält Ihre Nachricht nicht; wir nehmen auf unsere Antwort Bezug.",
        "evidence": "Wir stützen uns auf diese Unterlagen: {names}.",
        "credited": "Ihr Einwand trifft in Höhe von {amount} zu; um diesen Betrag ist die Forderung"
        " verringert.",
        "barred": "Wir fordern {amount} nicht mehr.",
        "costs_off": "Die Kosten sind um {amount} verringert.",
        "waits": "Bis zum {day} fordern wir {amount} nicht an; danach melden wir uns wieder.",
        "paper": "Die Urkunde vom {day} liegt diesem Schreiben bei.",
        "invoice": "Die Rechnung liegt diesem Schreiben bei.",
        "rest": "Im Übrigen besteht die Forderung nach den Unterlagen fort.",
        "stands": "Nach den Unterlagen besteht die Forderung. Dass Sie ihr widersprochen haben,"
        " bleibt in der Akte vermerkt.",
        "different": "Sehen Sie das anders oder haben Sie Unterlagen, die wir nicht kennen, senden"
        " Sie sie uns bitte an {{email}}. Wir prüfen sie.",
        "verifying": "Wir prüfen ihn noch. Sobald das Ergebnis vorliegt, schreiben wir Ihnen. Bis"
        " dahin fordern wir den bestrittenen Teil nicht an.",
        "creditor_asked": "Den Gläubiger haben wir dazu um Auskunft gebeten.",
        "ask": "Damit wir ihn prüfen können, bitten wir Sie bis zum {day} um:",
        "ask_end": "Bis dahin fordern wir den bestrittenen Teil nicht an. Senden Sie die Unterlagen"
        " bitte an {{email}}; eine Kopie genügt.",
        "bye": "Mit freundlichen Grüßen\n{{handler}}",
    },
    "en": {
        "head": "# Your objection of {day}",
        "raised": "On {day} you objected to the claim of {{creditor}} (case number {{case}}):"
        " “{words}”",
        "examined": "We have examined this with the documents that we have.",
        "again": "We answered the same objection on {day}. Your message contains no new facts or"
        " documents; we refer to our answer.",
        "evidence": "We rely on these documents: {names}.",
        "credited": "Your objection is right for {amount}; the claim is reduced by this amount.",
        "barred": "We no longer ask for {amount}.",
        "costs_off": "The costs are reduced by {amount}.",
        "waits": "Until {day} we do not ask for {amount}; after that you will hear from us again.",
        "paper": "The paper of {day} is enclosed with this letter.",
        "invoice": "The invoice is enclosed with this letter.",
        "rest": "For the rest, according to the documents, the claim stands.",
        "stands": "According to the documents the claim stands. That you disputed it stays on"
        " file.",
        "different": "If you see it differently or have documents that we do not know, please send"
        " them to {{email}}. We will examine them.",
        "verifying": "We are still examining it. As soon as the result is there we will write to"
        " you. Until then we do not ask for the disputed part.",
        "creditor_asked": "We have asked the creditor about it.",
        "ask": "So that we can examine it, please send us by {day}:",
        "ask_end": "Until then we do not ask for the disputed part. Please send the documents to"
        " {{email}}; a copy is enough.",
        "bye": "Yours sincerely\n{{handler}}",
    },
}


def argument(objection: Objection, burden: Burden, language: str) -> str:
    """The sentence of this reason and verdict, where the burden of proof has its own that one."""
    verdict = objection.verdict.value if objection.verdict else ""
    key = objection.kind.value, verdict
    found = replies().get((*key, burden.rule.code)) or replies()[(*key, "")]
    law = burden.rule.law_german if language == "de" else burden.rule.law
    return found[language].replace("{law}", law)


@cache
def replies() -> Mapping[tuple[str, str, str], dict[str, str]]:
    """The sentences by reason, verdict and burden of proof; none for a burden: for any."""
    return {
        (row["reason"], row["verdict"], row["burden"]): {"de": row["german"], "en": row["english"]}
        for row in read_rows("replies")
    }
