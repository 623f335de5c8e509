"""Places that an office file names are read whole, or not at all."""

import pytest

from server.messages.addresses import DeviceAt, device_of, folder_of, ipp_of, is_path


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("usb:/dev/usb/lp0", DeviceAt("/dev/usb/lp0", None, "none")),
        ("serial:/dev/ttyS0", DeviceAt("/dev/ttyS0", 19200, "rts")),
        ("serial:/dev/ttyS0?baud=9600&flow=xon", DeviceAt("/dev/ttyS0", 9600, "xon")),
        ("serial:/dev/ttyS0?flow=none", DeviceAt("/dev/ttyS0", 19200, "none")),
        ("usb:/dev/usb/lp0?baud=9600", None),
        ("usb:/tmp/lp0", None),
        ("usb:/dev/../etc/passwd", None),
        ("tcp:/dev/usb/lp0", None),
        ("serial:/dev/ttyS0?baud=300", None),
        ("serial:/dev/ttyS0?flow=dtr", None),
        ("serial:/dev/ttyS0?parity=even", None),
    ],
)
def test_a_device_file_with_its_speed(address: str, found: DeviceAt | None) -> None:
    assert device_of(address) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ipp://printer.local/ipp/print", "ipp://printer.local:631/ipp/print"),
        ("ipps://10.0.0.9:8631", "ipps://10.0.0.9:8631/"),
        ("ipp://[fd00::9]/ipp/print", "ipp://[fd00::9]:631/ipp/print"),
        ("ipp://[fd00::9/ipp/print", None),
        ("ipp://printer.local:70000/", None),
        ("ipp://printer.local:0/", None),
        ("ipp:///ipp/print", None),
        ("ipp://anna@printer.local/", None),
        ("ipp://printer.local/?x=1", None),
        ("http://printer.local/", None),
    ],
)
def test_a_print_queue_with_its_port(address: str, found: str | None) -> None:
    assert ipp_of(address) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("file:tickets", "tickets"),
        ("file:/var/spool/gr%C3%BCn", "/var/spool/grün"),
        ("file:", None),
        ("tcp://10.0.0.9", None),
        ("file://[half", None),
        ("file:a%00b", None),
        (f"file:{'a' * 256}", None),
    ],
)
def test_a_folder_that_could_exist(address: str, found: str | None) -> None:
    assert folder_of(address) == found


def test_a_sound_of_the_offices_own_has_a_path() -> None:
    assert is_path("./gong.wav")
    assert not is_path("calm")
