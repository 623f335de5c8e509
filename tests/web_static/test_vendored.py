"""Files made by others are unchanged, have their licence beside them, and cover the letters of our languages."""

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parents[2] / "server/web/static"
LETTERS = {
    "German": "AÄÖÜẞaäöüß0123456789–„“→·",
    "Turkish": "ÇĞİÖŞÜçğıiöşü",
    "French": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»",
    "Ukrainian": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Russian": "ЁЪЫЭёъыэ",
}
ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي٠١٢٣٤٥٦٧٨٩؟،"


@pytest.mark.parametrize("folder", ["vendor", "fonts"])
def test_checksums_hold_and_name_every_file(folder: str) -> None:
    lines = (STATIC / folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    said = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / folder).iterdir()
        if path.name != "SHA256SUMS"
    }

    assert found == said


def test_every_vendored_thing_has_its_licence() -> None:
    for path in [*(STATIC / "vendor").glob("*.js"), *(STATIC / "fonts").glob("*.woff2")]:
        name = re.sub(r"-[\d.]+\.(js|woff2)$", "", path.name)
        assert list(path.parent.glob(f"{name}-*.txt")), f"{path.name} has no licence beside it"


def font(pattern: str) -> TTFont:
    (path,) = (STATIC / "fonts").glob(pattern)
    return TTFont(path)


@pytest.mark.parametrize("language", LETTERS)
def test_inter_has_every_letter(language: str) -> None:
    covered = font("inter-*.woff2").getBestCmap()

    assert [letter for letter in LETTERS[language] if ord(letter) not in covered] == []


def test_arabic_has_every_letter_and_joins_them() -> None:
    arabic = font("noto-sans-arabic-*.woff2")
    features = {record.FeatureTag for record in arabic["GSUB"].table.FeatureList.FeatureRecord}

    assert [letter for letter in ARABIC if ord(letter) not in arabic.getBestCmap()] == []
    assert {"init", "medi", "fina"} <= features


def test_inter_keeps_tabular_figures_and_unlike_letters() -> None:
    features = {record.FeatureTag for record in font("inter-*.woff2")["GSUB"].table.FeatureList.FeatureRecord}

    assert {"tnum", "ss04"} <= features


def test_pages_load_what_is_there() -> None:
    """Every import and url() of the kit names a file that exists."""
    named = [
        (source, target)
        for source in [*STATIC.glob("*.js"), *STATIC.glob("*.css")]
        for target in re.findall(r'(?:from|url\()\s*"([^"]+)"', source.read_text(encoding="utf-8"))
    ]
    assert len(named) > 8

    assert [f"{s.name}: {t}" for s, t in named if not (STATIC / t.removeprefix("/static/")).exists()] == []
