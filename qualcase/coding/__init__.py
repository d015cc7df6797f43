"""What coding is: acts and their inverses, places in a text, and the coded data that analyses read."""
