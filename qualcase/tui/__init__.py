"""The terminal interface: screens and widgets over the project's one door."""
