"""Every night: questions to clients whose day has passed; silence is no yes."""

from cases.claims.asking.services import overdue, settle_silent
from cases.core.runs import RunKind

SILENCE = RunKind(keys=overdue, act=settle_silent, step_keys=100)
