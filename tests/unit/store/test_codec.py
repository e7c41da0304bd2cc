"""Holds: what goes into a file comes out of it, and a document of no use is named without its
words.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mailbot.errors import Bug, OperatorError
from mailbot.meeting.model import Series
from mailbot.store.codec import dumps, loads, octets, plain, typed
from mailbot.store.protocol import Entry, History
from mailbot.store.state import Record
from tests.unit.store.people import series
from tests.unit.store.values import some


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(data=some(Series) | some(History) | some(Entry))
def test_every_document_comes_back_equal(data: Any) -> None:
    again = typed(type(data), loads(dumps(data)), "a file")
    assert again == data
    assert dumps(again) == dumps(data)


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(record=some(Record))
def test_a_record_comes_back_equal_down_to_the_bytes_of_its_mails(record: Record) -> None:
    page = loads(dumps(record))
    for mail in page["mails"]:
        mail["raw"] = octets(mail["raw"])
    assert typed(Record, page, "a file") == record


def test_a_field_of_another_version_is_left_out_and_a_missing_one_has_its_default() -> None:
    row = loads(dumps(series(misses=3)))
    del row["misses"]
    assert typed(Series, row | {"mood": "fine"}, "a file") == series(misses=0)


def test_a_document_that_is_no_series_is_named_without_its_words() -> None:
    row = plain(series()) | {"meetings": [{"number": "secret"}]}
    with pytest.raises(
        OperatorError, match=r"^series/a\.json cannot be read \(meetings\.0\.number: int_parsing\)"
    ) as caught:
        typed(Series, row, "series/a.json")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, {1: 2}, 2**64, object(), {3}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(Bug):
        dumps(value)
