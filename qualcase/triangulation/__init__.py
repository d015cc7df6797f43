"""Researchers check each other: agreement between coders, and where they disagree."""
