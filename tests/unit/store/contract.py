"""What every store does. A subclass brings the store; nothing in here knows which one it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbot.errors import Bug, Temporary
from mailbot.meeting.model import ActionItem, ActionState, Role
from mailbot.store.protocol import (
    CLAIMED,
    JOURNAL,
    NEXT_DUE,
    NEXT_TRY,
    OUTBOX,
    REVISION,
    Change,
    CommitResult,
    Count,
    Key,
    OutboxState,
    Sent,
    Store,
    Stored,
    Tally,
    cursor_key,
    history_key,
    mapping,
    number,
    ready_key,
    tally_key,
)
from mailbot.store.update import update
from tests.unit.store.people import (
    ANA,
    BEN,
    HOUR,
    NOW,
    claim,
    entry,
    keep,
    mail,
    meeting,
    series,
    settle,
)

COMMITTED, DUPLICATE, STALE = CommitResult.COMMITTED, CommitResult.DUPLICATE, CommitResult.STALE
FAR = NOW + 100 * HOUR
SENDING, ACCEPTED, FAILED = OutboxState.SENDING, OutboxState.ACCEPTED, OutboxState.FAILED
DEFERRED, UNCERTAIN, QUEUED = OutboxState.DEFERRED, OutboxState.UNCERTAIN, OutboxState.QUEUED


POLL: Key[dict[str, Any]] = Key("poll", mapping)
BUSY: Key[bool] = Key("busy", bool)
COUNT: Key[int] = Key("count", number)


def waiting(store: Store, now: datetime = NOW) -> list[tuple[str, str, int]]:
    return [
        (pending.mail.id.partition("@")[0], pending.state.value, pending.tries)
        for pending in store.recall(ready_key(now))
    ]


def loaded(store: Store) -> Stored:
    stored = store.load("aaaaaaaa")
    assert stored is not None
    return stored


def sent(store: Store) -> list[int]:
    return [row.serial for row in loaded(store).sent]


class StoreContract:
    """Tests of the nine verbs, each as a small transcript."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    # ---- load and commit ----

    def test_what_was_committed_is_loaded(self, store: Store) -> None:
        assert store.load("aaaaaaaa") is None
        assert store.commit(Change("c1", series(), mails=(mail(1),))) is COMMITTED
        assert (loaded(store).series, loaded(store).rev) == (series(), 1)
        assert store.commit(Change("c2", series(misses=2), rev=1)) is COMMITTED
        assert (loaded(store).series.misses, loaded(store).rev) == (2, 2)

    @pytest.mark.parametrize(
        ("cause", "rev", "outcome"),
        [
            ("c3", 2, COMMITTED),
            ("c1", 2, DUPLICATE),
            ("c1", 1, DUPLICATE),  # the cause counts before the revision: the mail was dealt with
            ("c3", 1, STALE),
            ("c3", 0, STALE),
            ("c3", 3, STALE),
            ("", 2, COMMITTED),  # of time: never a duplicate
            ("", 1, STALE),
        ],
    )
    def test_a_commit_is_refused_without_a_trace(
        self, store: Store, cause: str, rev: int, outcome: CommitResult
    ) -> None:
        store.commit(Change("c1", series()))
        store.commit(Change("", series(), rev=1))
        before = store.load("aaaaaaaa")
        assert (
            store.commit(Change(cause, series(misses=9, next_due=None), rev, (mail(1, 0),)))
            is outcome
        )
        if outcome is not COMMITTED:
            assert store.load("aaaaaaaa") == before
            assert store.recall(ready_key(NOW)) == ()
            assert store.due(NOW) == ("aaaaaaaa",)

    def test_causes_belong_to_their_series_and_the_newest_500_are_known(self, store: Store) -> None:
        for rev in range(502):
            store.commit(Change(f"c{rev}", series(), rev))
        assert store.commit(Change("c2", series(), 502)) is DUPLICATE
        assert store.commit(Change("c501", series("bbbbbbbb"))) is COMMITTED
        assert store.commit(Change("c1", series(), 502)) is COMMITTED

    @pytest.mark.parametrize(
        "change",
        [
            Change("c", series(misses=1), 1, (mail(1), mail(1))),
            Change("c", series(misses=1), 1, (mail(9),)),
            Change("c", series(misses=1), 1, values={POLL.name: 1}),
            Change("c", series(carried=("\udc80",)), 1),
            Change("c", None, closed=(meeting(1),)),
            Change("c", None, values={POLL.name: object()}),
        ],
        ids=[
            "one Message-ID twice",
            "a Message-ID that waits",
            "values of a series",
            "half a character",
            "no history",
            "no JSON",
        ],
    )
    def test_what_no_store_can_hold_is_refused_loudly_and_whole(
        self, store: Store, change: Change
    ) -> None:
        store.commit(Change("c0", series(), mails=(mail(9),)))
        before = store.load("aaaaaaaa"), store.recall(ready_key(NOW))
        with pytest.raises(Bug):
            store.commit(change)
        assert (store.load("aaaaaaaa"), store.recall(ready_key(NOW))) == before
        assert store.commit(Change("c", series(misses=1), 1)) is COMMITTED

    def test_a_series_that_contradicts_itself_is_stopped_at_the_border(self, store: Store) -> None:
        twice = series("aaaaaaaa", 1, 1)
        naive = series(next_due=NOW.replace(tzinfo=None))
        item = ActionItem(1, Role.REPORT, "Send the numbers", NOW.date())
        for wrong in (twice, naive, series(actions=(item, item))):
            with pytest.raises(AssertionError, match="aaaaaaaa: "):
                store.commit(Change("c", wrong))
        assert store.load("aaaaaaaa") is None

    # ---- who takes part, who is due ----

    def test_series_are_found_by_address_and_alias(self, store: Store) -> None:
        cy = replace(BEN, address="cy@corp.example", name="Cy Roe")
        store.commit(Change("", series("bbbbbbbb")))
        store.commit(Change("", series("aaaaaaaa", manager=cy)))
        assert store.find() == ("aaaaaaaa", "bbbbbbbb")
        assert store.find("ana@home.example") == store.find(ANA.address) == ("aaaaaaaa", "bbbbbbbb")
        assert store.find(BEN.address) == ("bbbbbbbb",)
        assert store.find("stranger@corp.example") == store.find("") == ()
        store.commit(
            Change("", series("aaaaaaaa", report=replace(ANA, aliases=()), manager=cy), rev=1)
        )
        assert store.find("ana@home.example") == ("bbbbbbbb",)

    def test_due_is_earliest_first_and_includes_the_instant(self, store: Store) -> None:
        for id_, hours in (("cccccccc", 2), ("aaaaaaaa", 1), ("bbbbbbbb", 1), ("dddddddd", 0)):
            store.commit(Change("", series(id_, next_due=NOW + hours * HOUR)))
        store.commit(Change("", series("eeeeeeee", next_due=None)))
        assert store.due(NOW - HOUR) == ()
        assert store.due(NOW) == ("dddddddd",)
        assert (
            store.due(NOW + HOUR)
            == store.due(NOW + 1.5 * HOUR)
            == ("dddddddd", "aaaaaaaa", "bbbbbbbb")
        )
        store.commit(Change("", series("dddddddd", next_due=NOW + 3 * HOUR), rev=1))
        store.commit(Change("", series("aaaaaaaa", next_due=None), rev=1))
        assert store.due(NOW + 9 * HOUR) == ("bbbbbbbb", "cccccccc", "dddddddd")

    def test_it_knows_when_the_first_series_is_due(self, store: Store) -> None:
        assert store.recall(NEXT_DUE) is None
        store.commit(Change("", series("bbbbbbbb", next_due=NOW + 2 * HOUR)))
        store.commit(Change("", series("aaaaaaaa", next_due=NOW + HOUR)))
        assert store.recall(NEXT_DUE) == NOW + HOUR
        store.commit(Change("", series("aaaaaaaa", next_due=None), rev=1))
        assert store.recall(NEXT_DUE) == NOW + 2 * HOUR

    # ---- the outbox ----

    def test_mails_leave_in_the_order_they_were_committed(self, store: Store) -> None:
        store.commit(Change("", series("bbbbbbbb"), mails=(mail(1, of="b"), mail(2, of="b"))))
        store.commit(Change("", series("aaaaaaaa"), mails=(mail(1),)))
        store.commit(Change("", None, mails=(mail(1, 0, None, of="none"),)))
        store.commit(Change("", series("bbbbbbbb"), 1, (mail(3, of="b"),)))
        assert [pending.series for pending in store.recall(ready_key(NOW))] == [
            "bbbbbbbb",
            "bbbbbbbb",
            "aaaaaaaa",
            "",
            "bbbbbbbb",
        ]
        assert waiting(store) == [(id_, "queued", 0) for id_ in ("b1", "b2", "a1", "none1", "b3")]
        assert store.recall(ready_key(NOW))[2].mail == mail(1)

    def test_a_mail_stays_byte_for_byte(self, store: Store) -> None:
        every_octet = bytes(range(256)) * 2
        letter = replace(mail(1, raw=every_octet), not_after=NOW + HOUR, text="Olá 👋\r\n\x00")
        store.commit(Change("", series(), mails=(letter,)))
        assert store.recall(ready_key(NOW))[0].mail == letter
        store.commit(Change("", series(), 1))
        assert store.recall(ready_key(NOW))[0].mail == letter

    @pytest.mark.parametrize(
        ("steps", "standing"),
        [
            ([], ("queued", 0)),
            ([(SENDING, None)], None),
            ([(SENDING, None), (ACCEPTED, None)], None),
            ([(SENDING, None), (FAILED, None)], None),
            ([(FAILED, None)], ("queued", 0)),  # nobody had claimed it
            ([(SENDING, None), (UNCERTAIN, None)], ("uncertain", 1)),
            ([(SENDING, None), (UNCERTAIN, HOUR)], None),
            ([(SENDING, None), (DEFERRED, timedelta())], ("deferred", 1)),
            ([(SENDING, None), (DEFERRED, HOUR)], None),
            (
                [(SENDING, None), (DEFERRED, HOUR), (SENDING, None), (DEFERRED, -HOUR)],
                ("deferred", 2),
            ),
            ([(SENDING, None), (QUEUED, None)], ("queued", 0)),  # a try that is not counted
            (
                [(SENDING, None), (ACCEPTED, None), (DEFERRED, None)],
                None,
            ),  # what has left does not come back
        ],
    )
    def test_a_mail_is_pending_while_it_may_be_tried(
        self,
        store: Store,
        steps: list[tuple[OutboxState, timedelta | None]],
        standing: tuple[str, int] | None,
    ) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        for state, delay in steps:
            if state is SENDING:
                claim(store, FAR)
            else:
                settle(store, "a1", state, None if delay is None else NOW + delay)
        expected = [] if standing is None else [("a1", *standing)]
        assert waiting(store) == expected
        store.commit(Change("", series(), 1))
        assert waiting(store) == expected

    def test_a_deferred_mail_comes_back_when_its_time_has_come(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1), mail(2))))
        claim(store, at_most=1)
        settle(store, "a1", DEFERRED, NOW + HOUR)
        assert waiting(store) == [("a2", "queued", 0)]
        assert waiting(store, NOW + HOUR) == [
            ("a2", "queued", 0),
            ("a1", "deferred", 1),
        ]  # trouble comes last
        assert waiting(store) == [
            ("a2", "queued", 0)
        ]  # asking changed nothing, also with a clock that went back
        assert store.recall(ready_key(NOW + HOUR))[1].next_try == NOW + HOUR
        assert store.recall(OUTBOX) == {"deferred": 1, "queued": 1}

    def test_it_knows_when_the_first_deferred_mail_may_be_tried(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1), mail(2))))
        assert store.recall(NEXT_TRY) is None, "they may be tried at once"
        claim(store)
        assert store.recall(NEXT_TRY) is None, "the end of a lease is no time that is waited for"
        settle(store, "a1", DEFERRED, NOW + 2 * HOUR)
        settle(store, "a2", DEFERRED, NOW + HOUR)
        assert store.recall(NEXT_TRY) == NOW + HOUR
        claim(store, NOW + HOUR)
        settle(store, "a2", ACCEPTED)
        assert store.recall(NEXT_TRY) == NOW + 2 * HOUR

    def test_what_left_without_an_answer_is_never_forgotten(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        for state in (UNCERTAIN, DEFERRED, QUEUED):
            claim(store)
            settle(store, "a1", state)
        assert [(each.tries, each.blind) for each in store.recall(ready_key(NOW))] == [(2, 1)]
        store.commit(Change("", series(), 1))
        assert [each.blind for each in store.recall(ready_key(NOW))] == [1]

    def test_a_settled_mail_is_no_longer_counted(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1), mail(2))))
        claim(store, at_most=1)
        settle(store, "a1", ACCEPTED)
        settle(store, "nobody", ACCEPTED)
        assert store.recall(OUTBOX) == {"queued": 1}
        claim(store)
        settle(store, "a2", FAILED)
        assert store.recall(OUTBOX) == {}

    def test_a_claim_hands_out_500_at_a_time(self, store: Store) -> None:
        store.commit(Change("", None, mails=tuple(mail(n, 0, None) for n in range(501))))
        assert len(claim(store)) == 500
        assert waiting(store) == [("a500", "queued", 0)]

    def test_a_mail_is_claimed_by_one_worker_until_its_lease_ends(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1), mail(2))))
        (first,) = store.claim(NOW, "w1", HOUR, 1)
        assert (first.mail.id, first.state, first.tries) == ("a1@corp.example", QUEUED, 0)
        assert claim(store, worker="w2") == ["a2"]
        almost = NOW + HOUR - timedelta(seconds=1)
        assert claim(store, almost, worker="w2") == []
        (again,) = store.claim(NOW + HOUR, "w2", HOUR)
        assert (again.mail.id, again.state, again.tries) == ("a1@corp.example", UNCERTAIN, 1)
        assert again.blind == 0, "most of these never left"

    def test_a_worker_that_lost_its_lease_settles_nothing(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        store.claim(NOW, "w1", HOUR)
        store.claim(NOW + HOUR, "w2", HOUR)
        assert not store.settle("a1@corp.example", ACCEPTED, worker="w1", now=NOW)
        assert not store.settle("a1@corp.example", SENDING, NOW + 9 * HOUR, worker="w1", now=NOW)
        assert store.recall(OUTBOX) == {"sending": 1}
        assert store.settle("a1@corp.example", ACCEPTED, worker="w2", now=NOW)
        assert not store.settle("a1@corp.example", ACCEPTED, worker="w2", now=NOW), "it has left"
        assert store.recall(OUTBOX) == {}

    def test_a_late_word_counts_as_long_as_nobody_else_has_the_mail(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        store.claim(NOW, "w1", HOUR)
        assert waiting(store, NOW + HOUR) == [("a1", "uncertain", 1)]
        assert store.settle("a1@corp.example", ACCEPTED, worker="w1", now=NOW)
        assert waiting(store, NOW + HOUR) == []

    def test_a_lease_is_made_longer_by_its_worker(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        store.claim(NOW, "w1", HOUR)
        assert store.settle("a1@corp.example", SENDING, NOW + 2 * HOUR, worker="w1", now=NOW)
        assert waiting(store, NOW + HOUR) == []
        assert waiting(store, NOW + 2 * HOUR) == [("a1", "uncertain", 1)]

    def test_a_lease_survives_a_commit_of_its_series(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        store.claim(NOW, "w1", HOUR)
        store.commit(Change("", series(), 1, mails=(mail(2),)))
        assert claim(store, worker="w2") == ["a2"]
        assert store.settle("a1@corp.example", ACCEPTED, worker="w1", now=NOW)

    def test_looking_at_what_is_ready_claims_nothing(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1),)))
        assert waiting(store) == waiting(store) == [("a1", "queued", 0)]

    # ---- what is counted ----

    def test_what_is_counted_is_told_by_time(self, store: Store) -> None:
        store.commit(Change("c", series(), counts=(Count("answer", NOW, 3),)))
        store.commit(Change("", None, counts=(Count("answer", NOW + HOUR),)))
        both = tally_key("answer", NOW - HOUR, NOW + HOUR)
        assert store.recall(both) == Tally(4, NOW)
        assert store.recall(tally_key("answer", NOW, NOW + HOUR)) == Tally(1, NOW + HOUR)
        assert store.recall(tally_key("answer", NOW - HOUR, NOW)) == Tally(3, NOW)
        assert store.recall(tally_key("other", NOW - HOUR, NOW)) == Tally()
        assert store.commit(Change("c", series(), 1, counts=(Count("answer", NOW),))) is DUPLICATE
        assert store.recall(both).number == 4

    def test_counts_of_two_days_are_kept(self, store: Store) -> None:
        for day in range(4):
            at = NOW + timedelta(days=day)
            keep(store, {}, counts=(Count("a/b", at),))
        ever = tally_key("a/b", NOW - HOUR, NOW + timedelta(days=9))
        assert store.recall(ever) == Tally(3, NOW + timedelta(days=1))

    def test_mails_are_counted_as_they_are_claimed_and_accepted(self, store: Store) -> None:
        store.commit(Change("", series(), mails=(mail(1), mail(2), mail(3))))
        claim(store, at_most=2)
        settle(store, "a1", ACCEPTED)
        settle(store, "a2", FAILED)
        numbers = [
            store.recall(tally_key(name, NOW - HOUR, NOW)).number for name in (CLAIMED, "accepted")
        ]
        assert numbers == [2, 1]

    # ---- what was sent ----

    def test_sent_text_is_kept_as_the_two_read_it(self, store: Store) -> None:
        letters = mail(1), mail(2, 0, Role.MANAGER), mail(3, 1, None)
        store.commit(Change("", series("aaaaaaaa", 1), mails=letters))
        first, second = letters[:2]
        assert loaded(store).sent == (
            Sent(1, 1, Role.REPORT, first.purpose, "Hello 1"),
            Sent(2, 0, Role.MANAGER, second.purpose, "Hello 2"),
        )

    def test_sent_text_goes_with_its_meeting_but_one_meeting_later(self, store: Store) -> None:
        store.commit(Change("", series("aaaaaaaa", 1, 2), 0, (mail(1, 1), mail(2, 2), mail(3, 0))))
        store.commit(Change("", series("aaaaaaaa", 2, 3), 1, (mail(4, 3),), (meeting(1),)))
        assert sent(store) == [1, 2, 3, 4]  # a late reply to meeting 1 still finds what it answers
        store.commit(Change("", series("aaaaaaaa", 3), 2, (), (meeting(2),)))
        assert sent(store) == [2, 3, 4]
        store.commit(Change("", series("aaaaaaaa", 4), 3, (), (meeting(3),)))
        assert sent(store) == [3, 4]

    def test_sent_text_of_the_series_itself_is_kept_for_the_newest_eight(
        self, store: Store
    ) -> None:
        store.commit(
            Change(
                "", series("aaaaaaaa", 1), 0, (mail(100, 1), *(mail(n, 0) for n in range(1, 11)))
            )
        )
        assert sent(store) == [100, *range(3, 11)]
        store.commit(
            Change("", series("aaaaaaaa", 1), 1, tuple(mail(n, 1) for n in range(101, 141)))
        )
        assert sent(store) == [*range(3, 11), *range(101, 141)]

    # ---- history ----

    def test_history_grows_by_number_and_holds_nothing_in_play(self, store: Store) -> None:
        promise = ActionItem(
            1,
            Role.REPORT,
            "Send the numbers",
            NOW.date(),
            state=ActionState.DONE,
            closed_on=NOW.date(),
        )
        store.commit(Change("", series("aaaaaaaa", 1, 2)))
        assert (
            store.recall(history_key("aaaaaaaa")).meetings
            == store.recall(history_key("bbbbbbbb")).meetings
            == ()
        )
        store.commit(Change("", series("aaaaaaaa", 2), 1, (), (meeting(1),), (promise,)))
        store.commit(
            Change("", series("aaaaaaaa", 3), 2, (), (meeting(2, 45), meeting(1, 50), meeting(3)))
        )
        history = store.recall(history_key("aaaaaaaa"))
        assert history.meetings == (meeting(1, 50), meeting(2, 45))
        assert history.actions == (promise,)
        store.commit(
            Change(
                "", series("aaaaaaaa", 3, actions=(replace(promise, state=ActionState.OPEN),)), 3
            )
        )
        assert store.recall(history_key("aaaaaaaa")).actions == ()  # reopened

    # ---- what belongs to no series ----

    def test_values_are_replaced_by_name_and_handed_out_as_copies(self, store: Store) -> None:
        assert store.recall(POLL) == {}
        keep(store, {POLL.name: {"at": [1, 2]}, BUSY.name: True})
        keep(store, {POLL.name: {"at": (3,)}})
        assert (store.recall(POLL), store.recall(BUSY)) == ({"at": [3]}, True)
        store.recall(POLL)["at"].append(4)
        assert store.recall(POLL) == {"at": [3]}
        keep(store, {POLL.name: None})
        assert (store.recall(POLL), store.recall(BUSY)) == ({}, True)

    def test_a_change_of_no_series_has_a_revision_and_a_cause_too(self, store: Store) -> None:
        assert store.recall(REVISION) == 0
        assert store.commit(Change("c1", None, 0, (mail(1, 0, None),))) is COMMITTED
        assert store.recall(REVISION) == 1
        assert store.commit(Change("c1", None, 0, (mail(2, 0, None),))) is DUPLICATE
        assert store.commit(Change("c2", None, 0, (mail(2, 0, None),))) is STALE
        assert store.commit(Change("c2", None, 1)) is COMMITTED
        assert waiting(store) == [("a1", "queued", 0)]
        assert store.find() == store.due(NOW) == ()
        assert store.load("") is None

    def test_of_two_who_read_the_same_values_the_second_is_stale(self, store: Store) -> None:
        rev = store.recall(REVISION)
        first = Change("", None, rev, values={POLL.name: {"by": "w1"}})
        second = Change("", None, rev, values={BUSY.name: True})
        assert [store.commit(first), store.commit(second)] == [COMMITTED, STALE]
        assert (store.recall(POLL), store.recall(BUSY)) == ({"by": "w1"}, False)

    def test_an_update_is_made_again_until_it_is_not_stale(self, store: Store) -> None:
        others = iter([1, 2])

        def add_one() -> Change:
            count = store.recall(COUNT)
            for other in others:  # another worker commits between our reading and our commit
                keep(store, {COUNT.name: 10 * other})
                break
            return Change("", values={COUNT.name: count + 1})

        assert update(store, add_one) is COMMITTED
        assert store.recall(COUNT) == 21
        assert update(store, lambda: None) is COMMITTED

    def test_an_update_that_is_always_too_late_is_told(self, store: Store) -> None:
        def overtaken() -> Change:
            keep(store, {BUSY.name: True})
            return Change("", values={COUNT.name: 1})

        with pytest.raises(Temporary, match="changed by others all the time"):
            update(store, overtaken)
        assert store.recall(COUNT) == 0

    @pytest.mark.parametrize("id_", ["", "../desk", "a/b", "x" * 300, "a\n"])
    def test_an_id_never_leads_elsewhere(self, store: Store, id_: str) -> None:
        assert store.load(id_) is None

    # ---- inbound mails ----

    def test_a_mail_that_is_begun_again_in_one_run_killed_nobody(self, store: Store) -> None:
        key = entry(1).key
        assert [store.begin(key), store.begin("lmtp/ff"), store.begin(key), store.begin(key)] == [
            0,
            0,
            0,
            0,
        ]
        store.journal(entry(1))
        assert [store.begin(key), store.begin("lmtp/ff")] == [0, 0]

    def test_the_journal_is_recalled_newest_last(self, store: Store) -> None:
        entries = tuple(entry(n, at=NOW + n * timedelta(days=20)) for n in range(4))
        for one in entries:
            store.journal(one)
        assert store.recall(JOURNAL) == entries
        assert store.recall(JOURNAL)[0].at.astimezone(UTC) == NOW

    def test_the_cursor_is_the_last_uid_of_the_newest_validity(self, store: Store) -> None:
        assert store.recall(cursor_key("imap/INBOX")) is None
        for uid in (4, 9, 5):
            store.journal(entry(uid))
        store.journal(entry(3, inbox="imap/Team/1on1", validity=2))
        store.journal(replace(entry(1), key="lmtp/0123"))
        assert store.recall(cursor_key("imap/INBOX")) == (7, 9)
        assert store.recall(cursor_key("imap/Team/1on1")) == (2, 3)
        assert store.recall(cursor_key("imap/Team")) is None
        store.journal(entry(2, validity=8))
        assert store.recall(cursor_key("imap/INBOX")) == (8, 2)
