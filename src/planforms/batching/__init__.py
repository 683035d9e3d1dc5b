"""Many documents in one go: most urgent first, nothing lost, nothing done twice."""
