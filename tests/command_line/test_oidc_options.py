"""The options of single sign-on: what is missing or cannot be meant is said in one line, before anything starts."""

from pathlib import Path

import pytest

from server import option_checks
from server.options import Options, WrongUse

ISSUER = {"oidc_issuer": "https://login.example.de", "oidc_client": "aufruf"}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text("of the client\n")
    return file


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"oidc_client": "aufruf"}, "need --oidc-issuer"),
        ({"oidc_groups": ("a=clerk",)}, "need --oidc-issuer"),
        ({"oidc_issuer": "login.example.de"}, "--oidc-issuer: say the address"),
        ({"oidc_issuer": "https://"}, "--oidc-issuer: say the address"),
        ({"oidc_issuer": "https://a.example/?x=1"}, "--oidc-issuer: say the address"),
        ({"oidc_issuer": "http://login.example.de"}, "needs https"),
        ({"oidc_issuer": "https://login.example.de"}, "needs --oidc-client"),
        ({**ISSUER, "oidc_groups": ("Schalter=clerk",)}, "--oidc-secret-file"),
        ({**ISSUER, "oidc_groups": ("Schalter=clerk",), "oidc_secret_file": Path("nope")}, "--oidc-secret-file: nope"),
        ({**ISSUER, "oidc_groups": ("Schalter",), "oidc_secret_file": Path("nope")}, "--oidc-group: 'Schalter'"),
        (
            {**ISSUER, "oidc_groups": ("a=kiosk:mitte",), "oidc_secret_file": Path("nope")},
            "--oidc-group: 'a=kiosk:mitte'",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said_in_one_line(given: dict[str, object], says: str) -> None:
    with pytest.raises(WrongUse) as told:
        option_checks.oidc(Options(**given))  # type: ignore[arg-type]

    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_groups_name_pairs_and_may_contain_an_equals_sign(secret: Path) -> None:
    groups = ("CN=Aufsicht,OU=Amt=supervisor:mitte", "Schalter=clerk")
    found = option_checks.oidc(Options(**ISSUER, oidc_secret_file=secret, oidc_groups=groups))  # type: ignore[arg-type]

    assert found is not None
    assert found["groups"] == {"CN=Aufsicht,OU=Amt": ("supervisor", "mitte"), "Schalter": ("clerk", "")}
    assert found["secret"] == "of the client"
    assert option_checks.oidc(Options()) is None
