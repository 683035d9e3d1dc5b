from tests.conformance.axe import axe
from tests.conformance.conftest import Store

PAGE = """<!DOCTYPE html>
<html lang="nb"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Side</title>{head}</head><body><main><h1>Side</h1>{body}</main></body></html>"""
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


def test_a_good_page_passes(html: str, store: Store) -> None:
    good = store("good.html", html.encode())
    assert axe([good]) == {good: []}


def test_each_fault_is_found(store: Store) -> None:
    faults = {
        "html-has-lang": PAGE.format(head="", body="").replace(' lang="nb"', ""),
        "image-alt": PAGE.format(head="", body='<img src="data:,">'),
        "color-contrast": PAGE.format(head="", body='<p style="color:#bbb">svak</p>'),
        "reflow": PAGE.format(head="", body='<p style="width:700px">bred</p>'),
        "sideways": PAGE.format(
            head="",
            body='<div style="overflow:auto" tabindex="0"><p style="width:700px">bred</p></div>',
        ),
        "request": PAGE.format(head="", body='<img alt="x" src="missing.png">'),
        "Content Security Policy": PAGE.format(head=POLICY, body='<p style="color:red">x</p>'),
        "script": PAGE.format(head="", body="<script>throw new Error('x')</script>"),
    }
    pages = {
        fault: store(f"{number}.html", page.encode())
        for number, (fault, page) in enumerate(faults.items())
    }

    failures = axe([*pages.values()])

    for fault, page in pages.items():
        assert any(fault in failure for failure in failures[page]), fault
