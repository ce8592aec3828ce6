"""What the next step is called in a letter that announces it. Pure."""

from cases.letters.announced import announcements
from cases.strategies.steps import StepChannel

ANNOUNCED = {
    StepChannel.LETTER: announcements.REMINDER,
    StepChannel.EMAIL: announcements.REMINDER,
    StepChannel.CALL: announcements.CALL,
    StepChannel.VISIT: announcements.VISIT,
    StepChannel.COURT: announcements.COURT,
    StepChannel.REVIEW: announcements.REVIEW,
}
