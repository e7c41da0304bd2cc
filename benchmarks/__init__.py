"""Measurements: run by make, never by the product."""
