"""An official form: what its file declares, and how that file is read.

This room knows the shape that every form has (parts, tables, rows, ties, what
texts claim and must say) and the words that every input has. It holds no word
of any one form and knows no report that uses it.
"""
