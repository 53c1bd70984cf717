"""The Word document: the template it comes from, what is printed, what is read back.

This room knows packages, templates and pages; of a report it prints what it is
given. It reads no input file and makes no check of what a report says.
"""
