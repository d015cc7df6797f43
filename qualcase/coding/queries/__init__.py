"""Questions to the coded text: what people write, what it means, and what answers to it."""
