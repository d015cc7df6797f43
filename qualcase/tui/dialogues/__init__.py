"""Questions that a screen asks: choosing, typing, filling in, agreeing; none knows the project."""
