"""Chinese as it is typed and printed: characters, numerals, clauses, words in two scripts.

This room knows the language and nothing of YAML, forms or reports. It says how
two words compare, where a clause ends, what a number in a sentence is worth and
how a line is quoted on a screen; what any of it means is for others.
"""
