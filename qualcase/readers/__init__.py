"""From the bytes of a file to its text, turns and paragraphs: one module a format.

`registry.read_document` is the way in. What text, turn and speaker mean is the same for every format.
"""
