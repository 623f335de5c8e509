"""Writes the golden log of a version: `.venv/bin/python tests/office/golden/write.py v2`.

After the release it is never written again. It is a rich day, pressed through `decide`: every type of event is in it.
`v1.jsonl` has one entry a line (seq, mark, body), `v1.expected.json` what a fold of it makes of state and boards.
`tests/office/test_golden_log.py` folds it for ever.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
RELEASED = {"v1"}
"""Versions whose log is final. The log of a newer version is written anew with every new event."""


def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def main(name: str) -> None:
    from server.messages.events import encode

    log = HERE / f"{name}.jsonl"
    if name in RELEASED:
        raise SystemExit(f"{name} was released: offices have logs like it, and its golden log stays as it is")
    room = loaded(HERE / "rich_day.py").rich_day(loaded(HERE.parent / "conftest.py"))
    with log.open("w", encoding="utf-8") as lines:
        for seq, mark, event in room.entries:
            lines.write(
                json.dumps({"seq": seq, "mark": mark, "body": encode(event).decode()}, ensure_ascii=False) + "\n"
            )
    expected = loaded(HERE.parent / "test_golden_log.py").picture(room.state, room.now)
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / f"{name}.expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
