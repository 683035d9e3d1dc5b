"""Tools for those who translate and review words: copies, comparison, what is outdated."""
