"""Ground floor: frozen values of the field. Nothing here reads a clock, a database or the network."""
