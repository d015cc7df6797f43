"""Displays and case reports in every format; a format is a module, and its name is the format's."""
