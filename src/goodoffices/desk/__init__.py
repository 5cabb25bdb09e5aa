"""The hall: the use cases, one door to the ledger."""
