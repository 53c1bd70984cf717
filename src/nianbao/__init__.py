"""nianbao (年报): a year's YAML, held against an official form, printed through a Word template."""

__version__ = "0.1.0"
