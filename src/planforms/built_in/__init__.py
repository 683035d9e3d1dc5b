"""The built-in kinds of document, a module for each: its model and its rules, in one place."""
