"""Does what a Containerfile says, without a container engine: each step in an empty Debian that Debian's own packages make.

Knows the instructions that ours uses; another one raises.
"""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.other_machine import Machine


@dataclass
class Image:
    """What the steps left to say about a container: how it is run, asked how it is, and stopped."""

    base: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    stop: str = "SIGTERM"


def steps(file: Path) -> list[tuple[str, str]]:
    """Instructions and their arguments; a line that ends with a backslash goes on."""
    text = re.sub(r"(?m)^\s*#.*\n", "", file.read_text(encoding="utf-8")).replace("\\\n", "")
    lines = [line.strip().partition(" ") for line in text.splitlines() if line.strip()]
    return [(name, rest.strip()) for name, _, rest in lines]


def build(machine: Machine, context: Path) -> Image:
    """`machine`: the empty Debian, which sees `context`."""
    image = Image()
    for name, said in steps(context / "Containerfile"):
        match name:
            case "FROM":
                image.base = said
            case "COPY":
                files, _, place = said.rpartition(" ")
                machine.run("sh", "-c", f"mkdir -p {place} && cd {shlex.quote(str(context))} && cp -r {files} {place}")
            case "RUN":
                machine.run("sh", "-c", said, more=image.environment)
            case "ENV":
                image.environment |= dict(word.split("=", 1) for word in shlex.split(said))
            case "USER":
                image.user = said
            case "VOLUME":
                image.volumes.append(said)
            case "EXPOSE":
                image.ports.append(int(said))
            case "HEALTHCHECK":
                image.health = json.loads(said.partition("CMD ")[2])
            case "STOPSIGNAL":
                image.stop = said
            case "CMD":
                image.command = json.loads(said)
            case _:
                raise ValueError(f"{name} is not known here")
    return image
