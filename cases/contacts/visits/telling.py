"""What the timeline says of a visit."""

from cases.contacts.visits.models import Visit
from cases.core import clock


def told(visit: Visit) -> dict[str, object]:
    """Neither names nor notes."""
    return {
        "visit_id": visit.id,
        "due_on": clock.local(visit.begins_at).date(),
        "due_at": visit.begins_at.isoformat(),
        "visitor_id": visit.visitor_id,
    }
