"""The closed subset of HTML: what templates may write, and what becomes of it.

:mod:`planforms.markup.subset` holds the tables and the machine that rendering and the check of
templates drive alike; :func:`read` turns what a template has made into the document tree.
"""

from planforms.markup.reading import Given, read

__all__ = ["Given", "read"]
