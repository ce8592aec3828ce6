"""Visits: planned in a case, the route of a day, the page on the phone, cash until paid in."""
