"""The translator's check: everything that is wrong with words and templates."""
