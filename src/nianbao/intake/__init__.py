"""Documents come back: a .docx, a web page or pasted text read into a draft input file.

Knows how a document is drawn, by whatever program, and how a form's own words are
found in it; refuses to guess: what is not certain is left blank and quoted, and what
could be placed nowhere is listed. Knows no word of any form, and checks nothing.
"""
