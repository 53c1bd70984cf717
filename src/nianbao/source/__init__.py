"""What stands typed in an input or form file, with the place of every character.

This room knows bytes, lines and YAML, and what a Chinese keyboard puts where
YAML wants ASCII. It knows no form: the names by which a key is told from a line
of text are brought by whoever asks. What is typed is kept as typed.
"""
