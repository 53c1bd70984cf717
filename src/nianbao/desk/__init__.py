"""The office: which files are taken, in which order things are done, what is said.

This room knows commands, folders, screens and the order of the steps. It
decides nothing about forms, sentences or pages.
"""
