"""From a form that somebody filled in, back to data."""
