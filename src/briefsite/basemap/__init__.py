"""The basemap: derived layers made from public packages, and committed with their provenance."""
