"""Measurements: a publication of any size, and how long the tool takes over it."""
