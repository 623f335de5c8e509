"""All keys of one office are on one shard, whatever the names of the office and the keys."""

import pytest

from server.log import keys

OFFICE_KEYS = [keys.log, keys.checkpoint, keys.snapshot, keys.fence, keys.devices, keys.device_times]


@pytest.mark.parametrize("office", ["mitte", "a:b", "{x", "büro"])
def test_all_keys_of_an_office_share_its_hash_tag_and_differ(office: str) -> None:
    made = [*(key(office) for key in OFFICE_KEYS), keys.lease(office, "voice:hall"), keys.lease(office, "historian")]

    assert len(set(made)) == len(made)
    assert {key.partition("{")[2].partition("}")[0] for key in made} == {f"o:{office}"}


def test_an_office_is_read_back_from_its_log_key_only() -> None:
    assert keys.office_of(keys.log("mitte")) == "mitte"
    assert keys.office_of(keys.devices("mitte")) is None
    assert keys.office_of("{o:mitte}:log:old") is None
    assert keys.office_of(keys.once("mitte")) is None
