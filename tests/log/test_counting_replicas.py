"""How many replicas count, according to the primary: no store, no clock."""

import pytest

from server.log.replicas import Replicas, Sighted, seen

REDIS = (
    b"# Replication\r\nrole:master\r\nconnected_slaves:3\r\n"
    b"slave0:ip=10.0.0.2,port=6379,state=online,offset=1400,lag=0\r\n"
    b"slave1:ip=10.0.0.3,port=6379,state=wait_bgsave,offset=0,lag=0\r\n"
    b"slave2:ip=10.0.0.4,port=6379,state=online,offset=1386,lag=1\r\n"
    b"master_failover_state:no-failover\r\nmaster_replid:4279782aec5cfce376650df75b319c9412e8fae2\r\n"
    b"master_repl_offset:1414\r\n"
)
VALKEY = REDIS.replace(b"lag=0\r", b"lag=0,type=replica\r").replace(b"lag=1\r", b"lag=1,type=replica\r")
ALONE = b"# Replication\r\nrole:master\r\nconnected_slaves:0\r\nmaster_replid:42\r\nmaster_repl_offset:0\r\n"


class Primary:
    """One reign as a fence sees it: at every question the log's offset is 10 higher."""

    def __init__(self, replicas: Replicas, reign: str = "first") -> None:
        self.replicas, self.reign, self.offset = replicas, reign, 100

    def answers(self, at: float = 0.0, **behind: int) -> tuple[int, int]:
        """How many hold the entry, and how many must. `behind`: how far behind each replica is."""
        before, self.offset = self.replicas.last, self.offset + 10
        now = Sighted(self.reign, self.offset, {name: self.offset - by for name, by in behind.items()})
        said = sum(by == 0 for by in behind.values())
        self.count = self.replicas.heard(before, self.replicas.asked, self.offset, said, now, at)
        return len(self.count.hold), len(self.count.wanted)


@pytest.fixture
def replicas() -> Replicas:
    return Replicas(1)


@pytest.mark.parametrize("info", [REDIS, VALKEY])
def test_replicas_that_still_copy_are_not_seen(info: bytes) -> None:
    acked = {"10.0.0.2:6379/1": 1400, "10.0.0.4:6379/1": 1386}

    assert seen(info) == Sighted("4279782aec5cfce376650df75b319c9412e8fae2", 1414, acked)


def test_two_of_one_address_are_told_apart() -> None:
    """The one that is ahead keeps its name: the other may be an old connection of the same replica."""
    twins = REDIS.replace(b"10.0.0.4", b"10.0.0.2")

    assert seen(twins).acked == {"10.0.0.2:6379/1": 1400, "10.0.0.2:6379/2": 1386}


def test_a_primary_without_replicas(replicas: Replicas) -> None:
    assert seen(ALONE) == Sighted("42", 0, {})
    assert not replicas.heard(Sighted(), 1, 0, 0, seen(ALONE), 0.0).enough


def test_all_that_are_there_are_wanted_from_the_first_answer_on(replicas: Replicas) -> None:
    primary = Primary(replicas)

    assert primary.answers(a=0, b=3) == (1, 2)
    assert primary.count.worth_asking_again
    assert replicas.asked == 2


def test_one_that_joins_is_wanted_once_it_keeps_up(replicas: Replicas) -> None:
    primary = Primary(replicas)

    assert primary.answers(a=0) == (1, 1)
    assert primary.answers(a=0, b=primary.offset + 10) == (1, 1), "it has acknowledged nothing yet"
    assert primary.answers(a=0, b=60) == (1, 1), "it is behind"
    assert primary.answers(a=0, b=2) == (1, 2)


def test_fewer_are_never_wanted_because_fewer_answer(replicas: Replicas) -> None:
    primary = Primary(replicas)
    primary.answers(a=0, b=0)

    for _ in range(3):
        assert primary.answers(a=0) == (1, 2)
        assert not primary.count.enough
        assert not primary.count.worth_asking_again


def test_nobody_stands_in_for_one_that_is_away(replicas: Replicas) -> None:
    """One is promoted in the moment in which another joins: the number is the same, but the replicas are not."""
    primary = Primary(replicas)
    primary.answers(a=0)

    assert primary.answers(b=0) == (1, 2)
    assert not primary.count.enough


def test_one_that_is_away_is_gone_on_without(replicas: Replicas) -> None:
    """As long as it stays away without interruption; it is needed again as soon as it keeps up again."""
    primary = Primary(replicas)
    primary.answers(a=0, b=0)
    primary.answers(at=10.0, a=0, b=50)
    primary.answers(at=12.0, a=0, b=0)
    primary.answers(at=13.0, a=0, b=50)
    primary.answers(at=16.0, a=0, b=60)

    assert replicas.short_for(primary.count, 16.0) == 3.0
    replicas.go_on_with(primary.count)
    assert primary.answers(at=17.0, a=0, b=70) == (1, 1)
    assert replicas.short_for(primary.count, 17.0) == 0.0
    assert primary.answers(at=18.0, a=0, b=2) == (1, 2)


def test_fewer_than_asked_for_is_never_enough(replicas: Replicas) -> None:
    primary = Primary(replicas)
    primary.answers(a=0, b=0)
    primary.answers(at=1.0, a=50, b=50)

    assert replicas.short_for(primary.count, 1000.0) == 0.0
    replicas.go_on_with(primary.count)
    assert primary.answers(a=60, b=60) == (0, 0)
    assert not primary.count.enough


def test_one_store_goes_on_alone_until_a_replica_keeps_up() -> None:
    """Meanwhile nothing waits for anybody; the one that is back is waited for before it counts."""
    replicas = Replicas(1, one_store=True)
    primary = Primary(replicas)
    assert primary.answers(r1=0) == (1, 1)
    primary.answers(at=10.0)
    primary.answers(at=13.0)
    assert not primary.count.enough
    assert replicas.short_for(primary.count, 16.0) == 6.0
    replicas.go_on_with(primary.count)

    assert replicas.asked == 0
    assert primary.answers(at=17.0) == (0, 0)
    assert primary.count.enough
    assert primary.count.alone
    assert primary.answers(r1=5) == (0, 1)
    assert (primary.count.enough, primary.count.worth_asking_again, replicas.asked) == (False, True, 1)
    assert primary.answers(r1=0) == (1, 1)
    assert (primary.count.enough, primary.count.alone) == (True, False)
    primary.answers()
    assert not primary.count.enough, "it is together again, and alone only after the same time"


def test_alone_is_one_reign_and_no_other() -> None:
    replicas = Replicas(1, one_store=True)
    old, new = Primary(replicas), Primary(replicas, "second")
    old.answers()
    replicas.go_on_with(old.count)

    new.answers()
    assert (new.count.enough, new.count.alone) == (False, False)
    old.answers()
    assert (old.count.enough, old.count.alone) == (True, True)


def test_every_reign_is_counted_by_itself_and_remembered(replicas: Replicas) -> None:
    """After a failover nobody waits for the dead replica; when the earlier primary is back, all that was known of it still is."""
    old, new = Primary(replicas), Primary(replicas, "second")
    old.answers(a=0, b=0)

    assert new.answers(b=0) == (1, 1)
    assert new.count.enough
    assert old.answers(b=0) == (1, 2)
