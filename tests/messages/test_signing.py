"""The secret of a webhook is taken in one form only."""

import base64

import pytest

from server.messages.signing import webhook_secret


@pytest.mark.parametrize("size", [24, 64])
def test_a_secret_as_standard_webhooks_writes_it(size: int) -> None:
    key = bytes(range(size))

    assert webhook_secret(f" whsec_{base64.b64encode(key).decode()}\n") == key


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_!", f"whsec_{'QUJD' * 5}", f"whsec_{'QUJD' * 30}", "QUJD" * 10, "whsec_ü"]
)
def test_what_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="must be whsec_ and 24 to 64 bytes as base64"):
        webhook_secret(text)
