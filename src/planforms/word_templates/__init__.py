"""Word templates of offices: ``<language>/<kind>.docx`` in a folder of one's own.

Such a file makes the Word document of a kind. What it may hold says `package`. Its tags are those
of the other templates: `paragraphs` finds them, and `source` puts each part in order as a template.
"""
