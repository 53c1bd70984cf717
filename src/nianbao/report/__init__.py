"""One year's report: its numbers, paragraphs and answers, each with its place.

This room knows the contract of the input file and turns what was typed into a
report. It knows the form's shape, not its words, and neither checks nor prints.
"""
