"""From a template and path-carrying values to HTML of a closed subset."""
