"""Pictures: nothing but the picture is taken over."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import planforms as pf
from planforms.document import Letterhead
from planforms.pictures import stripped
from tests.reports import ROOT, report_data

SECRET = b"Zyxwvut 59.9,10.7"
SERVICES = ROOT / "src" / "planforms" / "services"


def drawn() -> Image.Image:
    image = Image.new("RGB", (40, 30), "#123456")
    image.paste("#fedcba", (5, 5, 20, 20))
    return image


def telling(format: str, **options: object) -> bytes:
    """A picture that tells more than it shows: EXIF, texts, comments, and what stands behind it."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = SECRET.decode()
    buffer = io.BytesIO()
    more: dict[str, object] = {"exif": exif} if format in ("PNG", "JPEG") else {}
    if format == "PNG":
        info = PngInfo()
        info.add_text("Author", SECRET.decode())
        info.add_itxt("Title", SECRET.decode(), zip=True)
        more["pnginfo"] = info
    if format in ("JPEG", "GIF"):
        more["comment"] = SECRET
    drawn().save(buffer, format, **more, **options)
    return buffer.getvalue() + SECRET + b"\xff\xd9"


PICTURES = {
    "png": telling("PNG"),
    "jpeg": telling("JPEG"),
    "progressive jpeg": telling("JPEG", progressive=True),
    "gif": telling("GIF"),
}


def pixels(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_alone_is_kept_as_it_looked(name: str) -> None:
    content = PICTURES[name]
    assert SECRET in content
    alone = stripped(content)
    assert SECRET not in alone
    assert pixels(alone) == pixels(content)
    assert stripped(alone) == alone
    with Image.open(io.BytesIO(alone)) as image:
        assert not image.getexif()
        assert not {"Author", "Title", "comment"} & set(image.info)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_cut_off_is_none(name: str) -> None:
    whole = stripped(PICTURES[name])
    for end in range(len(whole)):
        with pytest.raises(ValueError, match="picture"):
            stripped(whole[:end])


def test_the_built_in_logos_are_pictures_alone() -> None:
    for path in SERVICES.glob("*.png"):
        assert stripped(path.read_bytes()) == path.read_bytes()


def test_a_logo_goes_into_no_document_with_what_it_tells(tmp_path: Path) -> None:
    shutil.copy(SERVICES / "molde.toml", tmp_path)
    (tmp_path / "molde.png").write_bytes(PICTURES["png"])
    document = pf.render(pf.load(report_data()), services=tmp_path)
    [head] = [block for block in document.blocks if isinstance(block, Letterhead)]
    assert head.logo
    assert head.logo.png == stripped(PICTURES["png"])
    with zipfile.ZipFile(io.BytesIO(pf.to_docx(document))) as word:
        assert not [name for name in word.namelist() if SECRET in word.read(name)]
