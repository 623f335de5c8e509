"""Runs the sample office in a temporary folder, makes a morning of presses, and takes a picture of every page."""

import re
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
]  # fmt: skip
SIZES = {"1920x1080": (1920, 1080), "3840x2160": (3840, 2160), "1080x1920": (1080, 1920), "390x844": (390, 844)}

STATION = """
[[stations]]
id = "photo"
label = "Fotoautomat"
zone = "hall"
"""
"""What the sample office lacks: a station, at which somebody waits."""

ENGLISH = {
    "kiosk": "1080x1920", "phone": "390x844", "counter": "1920x1080", "supervisor": "1920x1080",
}  # fmt: skip
"""Pages on which a wait stands are pictured in English too, in the size of their German picture. (A wall says both at once.)"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Office:
    """A running `aufruf up`, and a client that sends commands."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        file = data / "mitte.toml"
        file.write_text(f'extends = "{Path("config/offices/mitte.toml").resolve()}"\n{STATION}', encoding="utf-8")
        self.base = f"http://localhost:{self.port}"
        self.process = subprocess.Popen(
            [
                ".venv/bin/aufruf", "up", "--office", str(file), "--data", str(data), "--port", str(self.port),
                "--public-url", self.base,
            ],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.sign_in = self._sign_in_link()
        made = subprocess.run(
            [".venv/bin/aufruf", "token", "--data", str(data), "--role", "admin"],
            capture_output=True,
            text=True,
            check=True,
        )
        self.http = httpx.Client(
            base_url=self.base, headers={"Authorization": f"Bearer {made.stdout.strip()}"}, timeout=20
        )

    def _sign_in_link(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            found = re.search(r"(http://\S+/first/\S+)", line)
            if found:
                return found[1]
        raise SystemExit("aufruf up printed no sign-in link")

    def press(self, type: str, **fields: Any) -> dict[str, Any]:
        answer = self.http.post(
            "/api/v1/offices/mitte/commands",
            json={"type": type, **fields},
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )
        return dict(answer.json())

    def ready(self) -> None:
        for _ in range(300):
            try:
                if self.http.get("/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise SystemExit("the office did not open")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(15)


def populate(office: Office) -> str:
    """A morning: people wait, some are called, one is served, one was missed. Returns a waiting ticket's secret."""
    names = {"A": "ausweis", "M": "meldung", "K": "kfz", "U": "urkunden", "S": "soziales"}
    for service in (names[letter] for letter in "AMKAUAMKSAKM"):
        office.press("issue_ticket", services=[service])
    office.press("issue_ticket", services=["ausweis"], category="priority", needs=["step_free"])
    last = office.press("issue_ticket", services=["ausweis", "meldung"], language="en")
    for counter in "124567":
        office.press("open_counter", counter=counter)
    office.press("pause_counter", counter="7", reason="pause")
    for counter in "254":
        office.press("call_next", counter=counter)
    office.press("start_service", counter="5")
    office.press("start_service", counter="2")
    office.press("send_to_station", counter="5", station="photo")
    office.press("assign_counter", counter="4", services=["meldung", "kfz"], reason="personal")
    office.press("close_service", service="soziales", reason="personal")
    office.press("post_message", text={"de": "Ausweise bitte bereithalten.", "en": "Please have your ID ready."})
    office.press("call_next", counter="1")
    return str(last["result"]["ticket"]["secret"])


def shoot(
    page: Page, folder: Path, name: str, address: str, sizes: dict[str, tuple[int, int]], wait: str = "body"
) -> None:
    for size, (width, height) in sizes.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.wait_for_selector(wait, timeout=15_000)
        if name == "kiosk-en":  # whoever stands there chooses the language
            page.get_by_role("button", name="English").click()
        page.wait_for_timeout(1_500)
        page.screenshot(path=folder / f"{name}-{size}.png")


def serve(page: Page, office: Office) -> None:
    """At counter 3: open it, call, and somebody arrives."""
    page.goto(f"{office.base}/counter/mitte/3")
    for act in ("open", "next", "arrived"):
        page.locator(f"[data-act={act}]").click()
        page.wait_for_timeout(700)


def photograph(browser: Browser, office: Office, secret: str, folder: Path) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(office.sign_in)
    page.locator("main form button").click()
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "first-sign-in.png")
    pages = {
        "launch": "/", "wall": "/display/mitte/hall", "kiosk": "/kiosk/mitte/entrance", "counter": "/counter/mitte/3",
        "desk": "/desk/mitte", "phone-desk": "/desk", "phone-desk-slots": "/desk?q=ausweis", "station": "/station/mitte/photo",
        "supervisor": "/supervisor/mitte", "offices": "/supervisor", "report": "/report/mitte",
        "appointments": "/appointments/mitte", "evaluation": "/evaluation/mitte",
        "phone": f"/t/{secret}?lang=de", "sign-in": "/sign-in",
        "booking": "/book/mitte?services=ausweis", "draw": "/draw/mitte", "embed": "/embed/mitte", "help": "/help", "api": "/api",
    }  # fmt: skip
    serve(page, office)
    for name, path in pages.items():
        attempt(page, folder, name, office.base + path, SIZES)
    english = browser.new_context(locale="en-GB", storage_state=context.storage_state()).new_page()
    for name, size in ENGLISH.items():
        path, _, _ = pages[name].partition("?")
        attempt(english, folder, f"{name}-en", f"{office.base}{path}?lang=en", {size: SIZES[size]})


def attempt(page: Page, folder: Path, name: str, address: str, sizes: dict[str, tuple[int, int]]) -> None:
    """A page that cannot be pictured does not keep the others from it."""
    try:
        shoot(page, folder, name, address, sizes)
    except Exception as fault:
        print(f"{name}: {fault}", file=sys.stderr)


def tickets(folder: Path) -> None:
    for language, width in (("de", 80), ("en", 80), ("de", 58)):
        out = folder / f"ticket-{language}-{width}mm.png"
        subprocess.run(
            [".venv/bin/aufruf", "ticket", "preview", "--language", language, "--width", str(width), "--out", str(out)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        office = Office(Path(data))
        try:
            office.ready()
            secret = populate(office)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            photograph(browser, office, secret, folder)
            browser.close()
        finally:
            office.close()
    tickets(folder)


if __name__ == "__main__":
    main()
