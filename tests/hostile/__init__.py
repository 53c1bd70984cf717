"""What may arrive by mail: packages, forms and inputs that must be read and can do nothing more.

Written from the documents alone, by someone who has not read `src/`. `packages`, `forms` and
`inputs` are registries of hostile things, made when a test asks for them; `honest` holds templates
restyled as Word, WPS and LibreOffice write them, which must pass; `allowed` is a list of what a
report may consist of, kept apart from the tool's own. `outside` runs the command in a process of
its own and measures it.
"""
