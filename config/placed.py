"""The paths of sounds that an office brings along: they begin at the folder of the file that names them. Called by the loader."""

from msgspec.structs import replace

from config.findings import Findings
from server.messages.addresses import is_path
from server.messages.office import Office


def placed(office: Office, findings: Findings) -> Office:
    """The office with whole paths: a base file may lie in another folder than the file that extends it."""

    def whole(key: str, name: str) -> str:
        return str((findings.place(key).file or findings.file).parent.absolute() / name)

    voices = {
        language: tuple(whole(f"voices.{language}", name) if is_path(name) else name for name in names)
        for language, names in office.voices.items()
    }
    zones = tuple(
        replace(zone, gong_file=whole(f"zones.{zone.id}.gong_file", zone.gong_file)) if zone.gong_file else zone
        for zone in office.zones
    )
    return replace(office, voices=voices, zones=zones)
