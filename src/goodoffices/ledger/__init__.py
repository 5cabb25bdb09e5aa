"""The ledger: facts kept with their times, appended and chained, never overwritten."""
