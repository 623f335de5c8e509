"""From a URL to lines: to one store, or to the shards of a Redis Cluster. Called by the Redis log, the presence, the examiner."""

from server.log.cluster import SCHEMES, Cluster, ClusterLines
from server.log.dial import dialer
from server.log.lines import LIMIT_S, MOST, Lines


def lines_to(url: str, most: int = MOST, limit_s: float = LIMIT_S) -> Lines | ClusterLines:
    """At most `most` connections to each machine. ValueError if the URL is not of a store."""
    if url.startswith(SCHEMES):
        return ClusterLines(Cluster(url), most, limit_s)
    return Lines(dialer(url), most, limit_s)
