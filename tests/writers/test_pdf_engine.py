"""What holds for WeasyPrint alone, which could read addresses."""

from __future__ import annotations

import pytest

from planforms.document import TEXT_SIZE
from planforms.errors import TemplateError
from planforms.writers._pdf_engine import print_page


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://eksempel.test/x.png"]
)
def test_no_address_but_data_is_ever_read(address: str) -> None:
    with pytest.raises(TemplateError, match=r"pdf\.layout"):
        print_page(f'<html lang="nb"><main><img src="{address}" alt="x"></main></html>', TEXT_SIZE)
