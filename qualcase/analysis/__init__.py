"""One small module a question: coded data in, a Display out."""
