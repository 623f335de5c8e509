"""A stranger's evening: from the package of the version before to a dashboard, by a lost disk and an update. Whatever is typed
stands in the pages of the package.

On a machine of its own, also its network: the ports and the name are those of the pages. systemd does not run there, so a unit is
started by hand as `tests.deploy.installed` says; a wall, a counter and a table are pages in a real Chromium.
"""

import asyncio
import json
import re
import shutil
import sys
import time
from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.certificates import certificate
from tests.crash.up import ROOT
from tests.deploy.conftest import PREVIOUS_VERSION
from tests.deploy.dashboard import NEEDED, QUERIES, everywhere
from tests.deploy.installed import Running, Served, Unit, done
from tests.deploy.other_machine import Machine, NoMachine, other_machine
from tests.staff_pages.visitor import CHROMIUM

pytestmark = [
    pytest.mark.wheel,
    *(
        pytest.mark.skipif(shutil.which(name, path="/usr/bin:/usr/sbin") is None, reason=f"no {name}: make system")
        for name in ("dpkg-deb", "nginx", "prometheus", "chromium", "update-ca-certificates")
    ),
]
PAGES = "/usr/share/doc/aufruf"
HOST, OFFICE = "warten.example.de", "rathaus"
URL = f"https://{HOST}"
DATA, BACKUPS = "/var/lib/aufruf", "/var/backups/aufruf"
LIMIT_S = 60.0
WARNING = 1
"""As the doctor ends when something is weak."""
STAYS = "1"
"""The counter at which the first number is still called when the disk is lost."""
PASSWORD = "ein Satz, den niemand errät"
SUDO = """#!/bin/sh
[ "$1" = -u ] || exec "$@"
user=$2; shift 2
exec setpriv --reuid="$user" --regid="$user" --init-groups "$@"
"""
"""Where there is none; its two uses that the pages have."""
PRINTER_AT = "192.168.1.50"
PRINTER = f"""
[[printers]]
id = "entrance"
name = "Drucker am Eingang"
address = "tcp://{PRINTER_AT}:9100"
"""
expect.set_options(timeout=LIMIT_S * 1000)


class Evening:
    """The machine, and what the stranger has of it so far."""

    def __init__(self, machine: Machine, browser: Browser, folder: Path) -> None:
        self.machine, self.browser, self.folder = machine, browser, folder
        self.papers = folder / "papers"

    def types(
        self, page: str, line: str, *instead: tuple[str, str], answers: str = "", where: str = "/root", ends: int = 0
    ) -> str:
        """A line of a page, with the stranger's own names `instead` of those of the page."""
        text = " ".join(self.machine.run("cat", f"{PAGES}/{page}").split())
        assert line in text, f"{page} does not say: {line}"
        for said, ours in instead:
            assert said in line
            line = line.replace(said, ours)
        ended = self.machine.tried("sh", "-c", f"cd {where} && {line}", typed=answers)
        assert ended.returncode == ends, f"{line}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def says(self, page: str, line: str) -> None:
        """What is done by hand here stands in that page."""
        assert line in " ".join(self.machine.run("cat", f"{PAGES}/{page}").split())

    def edits(self, file: str, *changes: tuple[str, str]) -> None:
        place = self.machine.root / file.lstrip("/")
        text = place.read_text(encoding="utf-8")
        for said, ours in changes:
            assert said in text, f"{file}: {said}"
            text = text.replace(said, ours)
        place.write_text(text, encoding="utf-8")

    async def opens(self, path: str, page: Page | None = None) -> Page:
        """In a new window for who is nobody; beside `page` for who is signed in there."""
        context = page.context if page else await self.browser.new_context(ignore_https_errors=True, locale="de-DE")
        opened = await context.new_page()
        await opened.goto(f"{URL}{path}")
        return opened

    async def pairs(self, table: Page, code: str, device: str) -> None:
        await table.locator("[data-ask=pair]").click()
        await table.locator("#code").fill(code)
        await table.locator("#device").select_option(device)
        await table.locator("dialog .primary").click()
        await expect(table.locator("dialog")).to_be_hidden()

    def asked(self, query: str) -> list[object]:
        """What Prometheus finds; nothing while it starts."""
        at = f"http://127.0.0.1:9090/api/v1/query?{urlencode({'query': query})}"
        said = self.machine.tried("curl", "--silent", "--fail", at).stdout
        return list(json.loads(said)["data"]["result"]) if said else []


@pytest.fixture
async def evening(package: Path, tmp_path: Path) -> AsyncIterator[Evening]:
    if Path("/opt/aufruf").exists() or Path("/etc/aufruf").exists():
        pytest.skip("Aufruf is installed on this machine")
    try:
        with other_machine(tmp_path / "m", shows=package.parent, network=False) as machine:
            with (machine.root / "etc/hosts").open("a") as names:
                names.write(f"127.0.0.1 localhost {HOST}\n")
            machine.run("ip", "address", "add", f"{PRINTER_AT}/32", "dev", "lo")
            if not machine.has("/usr/bin/sudo"):
                (machine.root / "usr/local/bin/sudo").write_text(SUDO)
                machine.run("chmod", "755", "/usr/local/bin/sudo")
            chromium = machine.reached_by("/usr/bin/chromium", tmp_path / "chromium")
            flags = [*CHROMIUM, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium, args=flags)
                yield Evening(machine, browser, tmp_path)
                await browser.close()
    except NoMachine as why:
        pytest.skip(f"no machine to install it on: {why}")


def installed(evening: Evening, package: Path) -> Served:
    """README.Debian, "A server"."""
    evening.machine.run("dpkg", "--install", str(package))
    assert evening.machine.run("aufruf", "--version").split()[-1] == PREVIOUS_VERSION
    page = "README.Debian"
    three_answers = "Rathaus\nAusweis, Meldung\n2\n"
    evening.types(page, "sudo aufruf new /etc/aufruf/office.toml", answers=three_answers)
    evening.says(page, "sudoedit /etc/aufruf/server.env")
    evening.edits("/etc/aufruf/server.env", ("#AUFRUF_PUBLIC", "AUFRUF_PUBLIC"), ("#AUFRUF_TRUSTED", "AUFRUF_TRUSTED"))
    check = "sudo -u aufruf sh -c 'set -a; . /etc/aufruf/server.env; aufruf up --data /var/lib/aufruf --check'"
    evening.types(page, check)
    evening.says(page, "sudo systemctl enable --now aufruf.service aufruf-backup.timer")
    return Served(evening.machine, evening.folder)


def plugged_in(evening: Evening) -> None:
    """A receipt printer at its address of the network. It keeps what it printed in `papers`."""
    evening.papers.mkdir()
    python = evening.machine.reached_by(sys.executable, evening.folder / "printing")
    at = ("tests.ticket_printer.fake_printer", PRINTER_AT, "9100", str(evening.papers))
    evening.machine.start(["env", "-C", str(ROOT), str(python), "-m", *at], into=evening.folder / "printer.log")


def behind_nginx(evening: Evening) -> None:
    """proxies.md, with a certificate of the city's own, which systemd.md says how a box trusts."""
    chain, key = certificate(evening.folder, HOST, days=90)
    tls = evening.machine.root / "etc/aufruf/tls"
    tls.mkdir()
    shutil.copy(chain, tls / "fullchain.pem")
    shutil.copy(key, tls / "privkey.pem")
    copying = f"sudo install -m 644 {PAGES}/proxies/nginx.conf /etc/aufruf/nginx.conf"
    evening.types("proxies.md", copying)
    evening.types("proxies.md", "sudo nginx -c /etc/aufruf/nginx.conf")
    shutil.copy(chain, evening.machine.root / "usr/local/share/ca-certificates/city.crt")
    evening.types("systemd.md", "sudo update-ca-certificates")


async def signed_in(evening: Evening, served: Served) -> Page:
    """By the link that works once, from the journal; then a password."""
    evening.says("README.Debian", "sudo journalctl -u aufruf -n 40")
    page = await evening.opens(served.says(rf"{URL}(/first/\S+)"))
    await page.get_by_role("button", name="Anmelden und Passwort wählen").click()
    await page.get_by_label("Konto").fill("leitung")
    await page.get_by_label("Neues Passwort").fill(PASSWORD)
    await page.get_by_role("button", name="Passwort setzen").click()
    await expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    return page


async def paired(evening: Evening, served: Served, staff: Page) -> tuple[Page, Running]:
    """A wall and a printer, each by the code that it shows; the office is told of its printer first, while it is open."""
    table = await evening.opens(f"/supervisor/{OFFICE}", staff)
    around_the_clock = "".join(f'{day} = ["00:00-24:00"]\n' for day in ("sat", "sun"))
    evening.edits(
        "/etc/aufruf/office.toml",
        ("revision = 1", "revision = 2"),
        ("08:00-18:00", "00:00-24:00"),
        ("[hours]\n", f"[hours]\n{around_the_clock}"),
    )
    with (evening.machine.root / "etc/aufruf/office.toml").open("a") as office:
        office.write(PRINTER)
    served.process.send_signal(1)  # systemctl reload: ExecReload= of the unit
    await expect(table.locator("[data-device='printer/entrance']")).to_be_visible()

    wall = await evening.opens("/pair")
    await expect(wall.locator("#code")).to_be_visible()
    await evening.pairs(table, await wall.locator("#code").inner_text(), "display/hall")
    await wall.wait_for_url(f"{URL}/display/{OFFICE}/hall", timeout=LIMIT_S * 1000)

    evening.says("README.Debian", "sudo systemctl enable --now aufruf-box")
    box = Running(evening.machine, Unit(evening.machine, "aufruf-box.service"), evening.folder / "box.log")
    code = await asyncio.to_thread(box.says, r"pairing code: (\w{3} \w{3})")
    await evening.pairs(table, code, "printer/entrance")
    assert await asyncio.to_thread(box.says, r"paired as (.+)") == "printer entrance"
    return wall, box


async def called(evening: Evening, staff: Page, wall: Page, at: str) -> str:
    """A touch at the kiosk, paper from the box, two presses at a counter, and the number on the wall."""
    before = {*evening.papers.glob("*.png")}
    kiosk = await evening.opens(f"/kiosk/{OFFICE}/entrance", staff)
    await kiosk.get_by_role("button", name=re.compile("^Ausweis")).click()
    await expect(kiosk.locator("#number")).to_have_text(re.compile(r"^[A-Z]\d{3}$"))
    number = await kiosk.locator("#number").inner_text()
    async with asyncio.timeout(LIMIT_S):
        while not (papers := [*{*evening.papers.glob("*.png")} - before]):
            await asyncio.sleep(0.1)
    (paper,) = papers
    (link,) = zxingcpp.read_barcodes(Image.open(paper).convert("L"))
    assert link.text.startswith(f"{URL}/t/{OFFICE}.")

    counter = await evening.opens(f"/counter/{OFFICE}/{at}", staff)
    await expect(counter.locator("[data-act=open], [data-act=next]").first).to_be_visible()
    if await counter.locator("[data-act=open]").is_visible():
        await counter.locator("[data-act=open]").click()
    await counter.locator("[data-act=next]").click()
    await expect(wall.get_by_text(number, exact=True).first).to_be_visible()
    if at != STAYS:
        await counter.locator("[data-act=arrived]").click()
        await counter.locator("[data-act=finish]").click()
        await expect(counter.locator("[data-act=next]")).to_be_visible()
    await counter.close()
    await kiosk.close()
    return number


async def restored(evening: Evening, served: Served, wall: Page, number: str) -> Served:
    """backup.md: a backup and the key, kept elsewhere; the disk is lost; an empty machine becomes the office again."""
    page = "backup.md"
    evening.types(
        page,
        "aufruf backup first.tar.gz --data /var/lib/aufruf --key-file aufruf.key",
        ("aufruf backup", "sudo -u aufruf aufruf backup"),
        where=BACKUPS,
    )
    done(evening.machine, "aufruf-backup.service")
    (backup,) = re.findall(r"aufruf-\S+\.tar\.gz", evening.machine.run("ls", BACKUPS))
    served.process.kill()
    served.process.wait(LIMIT_S)
    async with asyncio.timeout(LIMIT_S):
        while evening.machine.tried("pgrep", "--uid", "aufruf").returncode == 0:
            await asyncio.sleep(0.1)
    evening.machine.run("rm", "-r", DATA)

    mine = ("aufruf-20261130-031500.tar.gz", backup)
    evening.types(page, "aufruf restore aufruf-20261130-031500.tar.gz --check", mine, where=BACKUPS)
    line = "aufruf restore aufruf-20261130-031500.tar.gz --data /var/lib/aufruf --key-file aufruf.key"
    evening.types(page, line, mine, where=BACKUPS)
    evening.types(page, "chown -R aufruf:aufruf /var/lib/aufruf")
    again = Served(evening.machine, evening.folder)
    await expect(wall.get_by_text(number, exact=True).first).to_be_visible()
    return again


async def updated(evening: Evening, served: Served, package: Path) -> Served:
    """backup.md, "Updating": a backup, this release's package, its check beside the open office, a restart."""
    done(evening.machine, "aufruf-backup.service")
    evening.machine.run("dpkg", "--install", str(package))
    assert evening.machine.run("aufruf", "--version").split()[-1] == version("aufruf")
    check = "sudo -u aufruf sh -c 'set -a; . /etc/aufruf/server.env; aufruf up --data /var/lib/aufruf --check'"
    evening.types("README.Debian", check)
    served.stop()
    return Served(evening.machine, evening.folder)


async def watched(evening: Evening, table: Page) -> None:
    """watching.md: doctor, Prometheus, and every query of the dashboard. Prometheus asks each second instead of every 15."""
    page, machine = "watching.md", evening.machine
    evening.types(page, f"sudo cp {PAGES}/prometheus/* /etc/prometheus/")
    evening.types(
        page,
        "sudo -u aufruf aufruf token --data /var/lib/aufruf --role observer"
        " | sudo install -m 640 -g prometheus /dev/stdin /etc/prometheus/aufruf.token",
    )
    doctor = "aufruf doctor --server https://warten.example.de --token-file observer.token"
    found = evening.types(page, doctor, ("observer.token", "/etc/prometheus/aufruf.token"), ends=WARNING)
    weak = [line for line in found.splitlines() if not line.startswith(("well", " "))]
    assert len(weak) == 1, found
    assert "not in it" in weak[0], "what was told after the backup is lost, and nothing else is weak"
    evening.edits("/etc/prometheus/prometheus.yml", ("15s", "1s"))
    words = ("--config.file=/etc/prometheus/prometheus.yml", "--web.listen-address=127.0.0.1:9090")
    machine.run("install", "-d", "-o", "prometheus", "/srv/series")
    command = machine.command("prometheus", *words, "--storage.tsdb.path=/srv/series", user="prometheus")
    machine.start(command, into=evening.folder / "prometheus.log")
    await expect(table.locator("[data-ask=pair]")).to_be_visible()  # somebody looks, so the forecast runs
    without = [everywhere(query) for query in (*NEEDED, *QUERIES)]
    until = time.monotonic() + LIMIT_S * 2
    while without := [query for query in without if not evening.asked(query)]:
        assert time.monotonic() < until, f"no series: {without}"
        await refused(table)
        await asyncio.sleep(0.5)


async def refused(table: Page) -> None:
    """A press that is refused, for the dashboard shows those too."""
    status = await table.evaluate(
        """async office => (await fetch(`/api/v1/offices/${office}/commands`, {
            method: "POST",
            headers: {"Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID()},
            body: JSON.stringify({type: "call_ticket", ticket: "nobody", counter: "1"}),
        })).status""",
        OFFICE,
    )
    assert status in (404, 409)


async def test_what_the_pages_say_is_an_office_by_the_end_of_the_evening(
    evening: Evening, previous_package: Path, package: Path
) -> None:
    served = installed(evening, previous_package)
    plugged_in(evening)
    behind_nginx(evening)
    staff = await signed_in(evening, served)
    wall, box = await paired(evening, served, staff)
    first = await called(evening, staff, wall, STAYS)
    served = await restored(evening, served, wall, first)
    staff = await by_password(evening)
    second = await called(evening, staff, wall, "2")
    assert second > first
    served = await updated(evening, served, package)
    third = await called(evening, staff, wall, "2")
    assert third > second
    await watched(evening, await evening.opens(f"/supervisor/{OFFICE}", staff))
    box.stop()
    served.stop()


async def by_password(evening: Evening) -> Page:
    """After a restore everybody signs in again."""
    page = await evening.opens("/sign-in")
    await page.get_by_label("Konto").fill("leitung")
    await page.get_by_label("Passwort").fill(PASSWORD)
    await page.get_by_role("button", name="Anmelden", exact=True).click()
    await expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    return page
