"""Numbers for Prometheus: presses, stores, push, the state of offices and devices. For observers, and for this machine."""

import platform
from collections import Counter
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from starlette.responses import Response

from server.histogram import Histogram
from server.messages.boards import WORRIES
from server.messages.rights import DEVICES
from server.messages.terms import LIVING
from server.web.ask import Ask
from server.web.documents import schemas
from server.web.site import Site
from server.web.way import Open, Way

TEXT = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(ask: Ask) -> Response:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Numbers(ask.site))
    return Response(generate_latest(registry), headers={"cache-control": "no-store"}, media_type=TEXT)


class Numbers:
    """A Prometheus collector over a site. It only reads; it counts nothing itself."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def collect(self) -> Iterator[Metric]:
        yield self._build()
        yield from self._presses()
        yield from self._stores()
        yield from self._push()
        yield from self._offices()
        yield from self._waits()
        yield from self._devices()
        yield from self._worries()

    def _build(self) -> Metric:
        labels = {"version": self._site.settings.version, "python": platform.python_version()}
        made = GaugeMetricFamily("aufruf_build_info", "1: this release runs", labels=list(labels))
        made.add_metric(list(labels.values()), 1)
        return made

    def _presses(self) -> Iterator[Metric]:
        counted = CounterMetricFamily(
            "aufruf_commands", "Presses by command; code: why it was refused", labels=["type", "outcome", "code"]
        )
        for (command, code), many in self._site.presses.outcomes.items():
            counted.add_metric([command, "refused" if code else "done", code], many)
        lasted = HistogramMetricFamily(
            "aufruf_command_seconds", "From the press read to its answer", labels=["outcome"]
        )
        for outcome, seconds in self._site.presses.seconds.items():
            _add(lasted, [outcome], seconds)
        lag = HistogramMetricFamily("aufruf_loop_lag_seconds", "By how much the event loop was late")
        _add(lag, [], self._site.awake.lag)
        yield from (counted, lasted, lag)

    def _stores(self) -> Iterator[Metric]:
        appends = HistogramMetricFamily(
            "aufruf_store_append_seconds", "Until the store had a batch durably", labels=["office"]
        )
        behind = GaugeMetricFamily(
            "aufruf_history_behind_entries", "Entries of the log that the history has not read", labels=["office"]
        )
        for office, desk in self._site.desks.items():
            _add(appends, [office], desk.appends)
            if (entries := self._site.worries.behind(office)) is not None:
                behind.add_metric([office], entries)
        faults = CounterMetricFamily(
            "aufruf_database_faults", "Uses of the database that failed", value=self._site.worries.database_faults()
        )
        yield from (appends, behind, faults)

    def _worries(self) -> Iterator[Metric]:
        worry = GaugeMetricFamily("aufruf_worry", "1: weak although it is open", labels=["office", "code"])
        found = {("", one.code) for one in self._site.worries.of_node()}
        found |= {(office, one.code) for office in self._site.desks for one in self._site.own_worries(office)}
        for labels in [(office, code) for office in ("", *self._site.desks) for code in WORRIES]:
            worry.add_metric(labels, float(labels in found))
        restarts = CounterMetricFamily("aufruf_task_restarts", "Tasks that must live, begun again", labels=["task"])
        for name, many in self._site.worries.restarts().items():
            restarts.add_metric([name], many)
        durable = GaugeMetricFamily("aufruf_store_durable", "0: the store may forget what was acknowledged")
        durable.add_metric([], float(not found & {("", "durability"), ("", "one_store")}))
        yield from (worry, restarts, durable)

    def _push(self) -> Iterator[Metric]:
        hub, tally = self._site.hub, self._site.hub.tally
        open_sockets = GaugeMetricFamily("aufruf_sockets", "Open sockets", labels=["office", "board"])
        count: dict[tuple[str, str], int] = {}
        for one in hub.connections():
            count[one.office, one.board] = count.get((one.office, one.board), 0) + 1
        for labels, number in count.items():
            open_sockets.add_metric(list(labels), number)
        yield open_sockets
        for name, text, value in (
            ("aufruf_frames_sent", "Frames handed to sockets", tally.sent),
            ("aufruf_boards_made", "Boards computed", tally.boards),
            ("aufruf_boards_replaced", "Boards replaced in an outbox before they were sent", tally.replaced),
            ("aufruf_sockets_too_slow", "Sockets closed with 4408", tally.too_slow),
            ("aufruf_announcements", "Announcements sent", tally.announced),
            (
                "aufruf_announcements_rendered_late",
                "Announcements whose sound came after their first frame",
                tally.rendered_late,
            ),
            ("aufruf_alarms", "Alarms sent", tally.alarms),
        ):
            yield CounterMetricFamily(name, text, value=value)
        yield self._delays()

    def _delays(self) -> Metric:
        made = HistogramMetricFamily("aufruf_display_delay_seconds", "Append to the report that it is painted")
        _add(made, [], self._site.hub.tally.delays)
        return made

    def _offices(self) -> Iterator[Metric]:
        ready = GaugeMetricFamily("aufruf_office_ready", "1: folded and its store answers", labels=["office"])
        seq = GaugeMetricFamily("aufruf_office_seq", "Newest entry folded", labels=["office"])
        jump = GaugeMetricFamily(
            "aufruf_store_clock_jump_seconds", "By how much the store's clock jumped, not obeyed", labels=["office"]
        )
        waiting = GaugeMetricFamily("aufruf_office_tickets", "Living tickets", labels=["office", "state"])
        ahead = GaugeMetricFamily(
            "aufruf_log_ahead_seconds", "By how much the log's time is ahead of the store's clock", labels=["office"]
        )
        for office, desk in self._site.desks.items():
            ahead.add_metric([office], desk.ahead / 1000)
            ready.add_metric([office], float(desk.health == "ready" and desk.stale_since is None))
            seq.add_metric([office], desk.state.seq)
            jump.add_metric([office], (desk.clock_jump or 0) / 1000)
            living = Counter(ticket.state for ticket in desk.state.living())
            for state in LIVING:  # also of those that nobody is in: a dashboard shows 0, not that it knows nothing
                waiting.add_metric([office, state], living[state])
        yield from (ready, seq, jump, ahead, waiting)

    def _waits(self) -> Iterator[Metric]:
        made = GaugeMetricFamily(
            "aufruf_expected_wait_minutes",
            "Wait of who draws a ticket now; nine of ten are called after low, nine of ten before high",
            labels=["office", "service", "end"],
        )
        for office in self._site.desks:
            for service, wait in self._site.expected(office).items():
                for end, minutes in (("low", wait.low), ("median", wait.median), ("high", wait.high)):
                    made.add_metric([office, service, end], minutes)
        age = GaugeMetricFamily("aufruf_forecast_age_seconds", "Age of the waits that are shown", labels=["office"])
        for office in self._site.desks:
            if (seconds := self._site.forecast_age(office)) is not None:
                age.add_metric([office], seconds)
        yield from (made, age)

    def _devices(self) -> Iterator[Metric]:
        labels = ["office", "device"]
        seen = GaugeMetricFamily("aufruf_device_seen_seconds", "Age of the last word of a device", labels=labels)
        delay = GaugeMetricFamily("aufruf_device_delay_seconds", "Append to painted, last time", labels=labels)
        mute = GaugeMetricFamily("aufruf_device_mute", "1: its sound is blocked or off", labels=labels)
        keeps = GaugeMetricFamily(
            "aufruf_device_keeps", "1: its page survives a reload without the server", labels=labels
        )
        paper = GaugeMetricFamily("aufruf_printer_state", "1: in this state", labels=[*labels, "state"])
        again = CounterMetricFamily("aufruf_device_restarts", "Parts of a device, started again", labels=labels)
        for office, desk in self._site.desks.items():
            for device, report in self._site.hub.reports.seen(office).items():
                names = [office, device]
                if "restarts" in report:
                    again.add_metric(names, report["restarts"])
                if device.partition(":")[0] not in DEVICES:
                    continue  # a terminal counter, which reports nothing else
                seen.add_metric(names, max(0, desk.now() - report["at"]) / 1000)
                if "delay_ms" in report:
                    delay.add_metric(names, report["delay_ms"] / 1000)
                if "sound" in report:
                    mute.add_metric(names, float(report["sound"] in ("blocked", "off")))
                if report.get("keeps"):
                    keeps.add_metric(names, float(report["keeps"] == "ready"))
                if device.startswith("printer:") and report.get("state"):
                    paper.add_metric([*names, str(report["state"])[:40]], 1)
        yield from (seen, delay, mute, keeps, paper, again)


def _add(metric: HistogramMetricFamily, labels: list[str], found: Histogram) -> None:
    metric.add_metric(labels, list(found.buckets()), found.sum)


WAYS = (Way("GET", "/metrics", metrics, Open.METRICS, "Prometheus text", result=schemas.TEXT),)
