"""What a sentence of a narrative says of a form's cells.

This room knows subjects, denials, counts and shares; the words come from the
form. It knows no report: whether what is said is so is for `checks`.
"""
