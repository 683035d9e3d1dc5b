"""Service and country profiles: what a service decides and a country prescribes, as data."""

from planforms.services.logos import logo_size
from planforms.services.reading import (
    BUILT_IN,
    COUNTRIES,
    INSTRUMENTS,
    list_services,
    load_country,
    load_service,
)

__all__ = [
    "BUILT_IN",
    "COUNTRIES",
    "INSTRUMENTS",
    "list_services",
    "load_country",
    "load_service",
    "logo_size",
]
