"""`aufruf ticket preview`: how an office's paper looks, before it has a printer."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from config.loader import OfficeFileError
from config.office_files import samples
from ticket_printer.preview import preview


@pytest.mark.parametrize("language", [None, "en"])
@pytest.mark.parametrize("width_mm", [58, 80, 105])
@pytest.mark.parametrize("office", samples(), ids=lambda file: file.stem)
def test_every_sample_office_prints(tmp_path: Path, office: Path, width_mm: int, language: str | None) -> None:
    out = preview(office, tmp_path / "new" / "ticket.png", language=language, width_mm=width_mm)

    with Image.open(out) as image:
        assert image.mode == "1"
        assert len(zxingcpp.read_barcodes(image.convert("L"))) == 1


def test_a_faulty_office_file_is_refused_with_its_faults(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text("[office]\nid = 1\n")

    with pytest.raises(OfficeFileError):
        preview(file, tmp_path / "ticket.png")
