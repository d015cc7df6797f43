"""What a text is made of: words, sentences, places of quotes, and the dates it speaks of."""
