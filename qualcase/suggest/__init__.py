"""Proposals with their reasons; never an act."""
