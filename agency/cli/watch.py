"""`recoup watch`: early warning about a creditor's customers, JSON in and JSON out."""

import click

from agency.cli.law.fields import Question, check_names, day, each
from agency.cli.law.watched import look_of
from cases.watch.advice import ADVICE
from cases.watch.look import Look, Signal
from cases.watch.reliability import measure
from cases.watch.score import Level, combine
from cases.watch.signals import NOTES, WORDS, find_signals, notes_on


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


def _signal(found: Signal) -> Question:
    return {
        "code": found.code,
        "since": found.since.isoformat(),
        "weight": str(found.weight),
        "evidence": list(found.evidence),
        "words": WORDS[found.code],
    }
