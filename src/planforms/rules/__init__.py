"""What rules make of the data: facts with a date where one is known, with words, and a source."""
