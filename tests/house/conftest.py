"""The casebook's ledger and a desk over it, for every test here."""

from record import casebook_ledger, desk, ledger_file

__all__ = ["casebook_ledger", "desk", "ledger_file"]
