"""`recoup watch`: early warning about a creditor's customers, JSON in and JSON out."""

import click

from agency.cli.law.fields import Question, check_names, choice, day, each, text_of
from agency.cli.law.watched import LONGEST_WINDOW, look_of, texts
from cases.formats.gate import MESSAGES as GATE
from cases.formats.gate import Refused
from cases.formats.xml import MESSAGES as XML
from cases.watch.advice import ADVICE
from cases.watch.digests import Frequency, digests
from cases.watch.feeds import MESSAGES as FEED
from cases.watch.feeds import match, read_feed
from cases.watch.look import Look, Signal
from cases.watch.reliability import measure
from cases.watch.score import Level, combine
from cases.watch.signals import NOTES, WORDS, find_signals, notes_on
from legal.errors import InputInvalid

MESSAGES = {**GATE, **XML, **FEED}


@click.group()
def command() -> None:
    """Early warning about a creditor's customers."""


@command.command("signals")
def signals() -> None:
    """Signals, score and level; JSON on standard input, see docs/commands.md."""
    from agency.cli.answers import answer

    answer(calculate)


@command.command("advice")
def advice() -> None:
    """What to do about each signal, and words to begin the talk with."""
    from agency.cli.answers import answer

    answer(advise)


@command.command("reliability")
def reliability() -> None:
    """How often each signal was nothing, looking back on customers."""
    from agency.cli.answers import answer

    answer(look_back)


@command.command("feed")
def feed() -> None:
    """The entries of a feed (RSS or Atom) that speak of somebody who is watched."""
    from agency.cli.answers import answer

    answer(read_news)


@command.command("digests")
def sending_days() -> None:
    """On which days digests leave, and which days each covers."""
    from agency.cli.answers import answer

    answer(list_digests)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands_figures.md."""
    look = look_of(question)
    found = find_signals(look)
    score = combine(found, look.parameters)
    may_cite = score.level is Level.WARN and "termination" in look.customer.clauses
    notes = [NOTES[code].format(least=look.parameters.paid_invoices) for code in notes_on(look)]
    if score.level is Level.WARN and not may_cite:
        notes.append(NOTES["uncertainty"])
    return {
        "signals": [_signal(each) for each in found],
        "score": str(score.value),
        "contributions": {code: str(part) for code, part in score.contributions.items()},
        "level": score.level.value,
        "cite_termination": may_cite,
        "notes": notes,
    }


def advise(question: Question) -> Question:
    """The same question as `signals`; for each signal the next step and words for the talk."""
    found = [(each.code, ADVICE[each.code]) for each in find_signals(look_of(question))]
    return {
        "advice": [
            {"code": code, "step": advice.step, "wording": advice.wording} for code, advice in found
        ]
    }


def look_back(question: Question) -> Question:
    """Looks of the past, judged by what has become of the customers by a later day."""
    check_names(question, {"looks", "until"})
    looks: list[Look] = each(question, "looks", look_of)
    return {
        "signals": {
            code: {"fired": found.fired, "nothing": found.nothing, "healthy": found.healthy}
            for code, found in measure(looks, day(question, "until")).items()
        }
    }


def read_news(question: Question) -> Question:
    """A feed as text, the terms to look for, and the keys of what is known already."""
    check_names(question, {"feed", "terms", "known"})
    terms, known = texts(question, "terms"), texts(question, "known")
    try:
        name, entries = read_feed(text_of(question, "feed").encode())
    except Refused as refused:
        raise InputInvalid(refused.finding.message(MESSAGES), field="feed") from None
    return {
        "feed": name,
        "entries": len(entries),
        "matches": [
            {
                "term": found.term,
                "title": found.entry.title,
                "link": found.entry.link,
                "on": found.entry.on.isoformat() if found.entry.on else None,
                "key": found.entry.key,
            }
            for found in match(entries, terms, known)
        ],
    }


def list_digests(question: Question) -> Question:
    """For somebody who subscribes on the first day, up to the last one."""
    check_names(question, {"frequency", "since", "until"})
    since, until = day(question, "since"), day(question, "until")
    if (until - since).days > LONGEST_WINDOW:
        raise InputInvalid("until must lie within ten years.", field="until")
    return {
        "digests": [
            {
                "on": on.isoformat(),
                "first_day": days.first_day.isoformat(),
                "last_day": days.last_day.isoformat(),
            }
            for on, days in digests(choice(question, "frequency", Frequency), since, until)
        ]
    }


def _signal(found: Signal) -> Question:
    return {
        "code": found.code,
        "since": found.since.isoformat(),
        "weight": str(found.weight),
        "evidence": list(found.evidence),
        "words": WORDS[found.code],
    }
