"""The data behind the documents, as frozen pydantic models."""
