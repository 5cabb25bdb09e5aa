"""The casebook: one readable file a case, and the registers of states, actors, missions and operations."""
