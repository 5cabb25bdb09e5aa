"""Advice for a mission: what its own rules and experience suggest on the facts of a day, and what they leave open."""
