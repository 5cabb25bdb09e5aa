"""Salon: the claims of a report, computed from the record. No verdict is typed in."""
