"""The mapping, in the categories that a service has chosen."""

from planforms.models.mapping import NeedsMapping
from planforms.registry import Kind

KIND = Kind(
    NeedsMapping,
    vocabularies={"mapping_category": lambda service: service.document("mapping").categories},
    pages=3,
    for_participant=True,
)
