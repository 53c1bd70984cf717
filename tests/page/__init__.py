"""Checks of the printed page and of the file, by tools that are not ours.

They need LibreOffice, poppler, pandoc, the Open XML SDK's validator and the fonts of fonts.conf;
.ci/run sets all of it up. Without them they skip, and say what is missing.
"""
