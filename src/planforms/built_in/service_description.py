"""The description of a service, printed from its profile."""

from planforms.models.service_description import ServiceDescription
from planforms.registry import Kind
from planforms.rules.preprinted import description_values

KIND = Kind(
    ServiceDescription,
    for_participant=True,
    preprinted=description_values,
    pages=2,
)
