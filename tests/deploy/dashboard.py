"""What the dashboard asks Prometheus."""

import json

from tests.crash.up import ROOT

DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "aufruf.json").read_text(encoding="utf-8"))
RARE = {"aufruf_task_restarts_total"}
"""Series that a server has only after something failed; that they exist at all is tested with the metrics."""
NEEDED = ('rate(aufruf_commands_total{outcome="refused"}[5m]) > 0', "aufruf_expected_wait_minutes")
"""What takes longest to be there: a rate needs two samples, a forecast its first run."""
EVERY = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
QUERIES = [query for query in EVERY if not any(name in query for name in RARE)]


def everywhere(query: str) -> str:
    """For all offices, as the dashboard asks before somebody chooses one."""
    return query.replace("$office|", ".*").replace("$office", ".*")
