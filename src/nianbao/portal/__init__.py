"""The portal edition: the same report as one web page, complete in itself.

This room knows HTML and of a report what is printed (`report.page`). It knows no
template and no Word, reads no input file and makes no check of what a report
says; what it has written it reads back before anyone else does.
"""
