"""JSON files become articles with exactly their text; each object that cannot is named with its reason."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article_lists import FieldMap, ListedArticle, read_list, stated_date, stated_name
from index.errors import UnreadableArticle
from index.headers import Header

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=60)
TEXT = "The council met on Monday."


def read(content: Any, fields: str = "", file: str = "news.json") -> tuple[list[ListedArticle], dict[str, str]]:
    encoded = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_list(file, encoded, FieldMap.parse(fields))


def texts(content: Any, fields: str = "", file: str = "news.json") -> list[str]:
    return [article.text for article in read(content, fields, file)[0]]


def header(**fields: Any) -> Header:
    return read([{"text": TEXT, **fields}])[0][0].header


def refusal(content: Any, fields: str = "", file: str = "news.json") -> UnreadableArticle:
    with pytest.raises(UnreadableArticle) as caught:
        read(content, fields, file)
    return caught.value


class TestShapes:
    def test_a_list_holds_articles_numbered_from_one(self):
        found, faults = read([{"text": "One."}, {"text": "Two."}])
        assert [(one.number, one.text) for one in found] == [(1, "One."), (2, "Two.")]
        assert faults == {}

    @pytest.mark.parametrize(
        "shape",
        [
            {"text": TEXT},
            {"status": "ok", "totalResults": 1, "articles": [{"text": TEXT}]},
            {"response": {"status": "ok", "docs": [{"text": TEXT}]}},
            {"data": {"news": {"items": [{"text": TEXT}]}}},
            {"a1": {"text": TEXT}, "count": 1},
        ],
    )
    def test_the_articles_of_an_object_are_found(self, shape: dict[str, Any]):
        assert texts(shape) == [TEXT]

    def test_an_article_with_a_list_of_objects_is_one_article(self):
        assert texts({"text": TEXT, "comments": [{"text": "Well said."}]}) == [TEXT]

    def test_a_list_of_other_objects_is_passed_over(self):
        assert texts({"authors": [{"name": "A"}], "stories": [{"text": TEXT}]}) == [TEXT]

    def test_two_lists_of_articles_are_named_rather_than_one_chosen(self):
        assert (
            "stories, old.stories" in refusal({"stories": [{"text": "A"}], "old": {"stories": [{"text": "B"}]}}).reason
        )

    def test_equal_objects_are_articles_of_their_own(self):
        assert texts([{"text": TEXT}, {"text": TEXT}]) == [TEXT, TEXT]

    def test_lines_under_the_suffix_json_are_read_as_lines(self):
        assert texts(b'{"text": "One."}\n{"text": "Two."}\n') == ["One.", "Two."]

    @pytest.mark.parametrize("depth", [100_000, 900])
    def test_deep_nesting_is_refused(self, depth: int):
        assert refusal(b'{"a":' * depth + b"1" + b"}" * depth).file == "news.json"

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b"not JSON", "it is not JSON (Expecting value"),
            (b'{"text": "cut', "it is not JSON (Unterminated string"),
            (b'{"text": "Wa\xb3\xeasa"}', "UTF-8"),
            (b"PK\x03\x04\x00\x00", "binary"),
            (b"[]", "its list is empty"),
            (b"{}", "no text"),
            (b"17", "not a JSON object"),
            (b'["a", "b"]', "not a JSON object"),
            (b"[" + b"1" * 5000 + b"]", "it is not JSON"),
        ],
    )
    def test_what_holds_no_article_is_refused_with_the_reason(self, content: bytes, reason: str):
        assert reason in refusal(content).reason


class TestLines:
    def test_a_bad_line_is_named_and_the_rest_is_read(self):
        found, faults = read(b'{"text": "One."}\n{"text": \n{"text": "Three."}', file="a/news.jsonl")
        assert [(one.number, one.text) for one in found] == [(1, "One."), (3, "Three.")]
        assert list(faults) == ["a/news.jsonl#2"]
        assert "not JSON" in faults["a/news.jsonl#2"]

    def test_a_line_nested_too_deeply_costs_only_itself(self):
        found, faults = read(b"[" * 100_000 + b'\n{"text": "Two."}', file="news.JSONL")
        assert ([one.number for one in found], list(faults)) == ([2], ["news.JSONL#1"])

    def test_a_mark_windows_line_ends_and_blank_lines_do_not_matter(self):
        content = b'\xef\xbb\xbf{"text": "One."}\r\n\r\n   \r\n{"text": "Two."}\r\n'
        assert [(one.number, one.text) for one in read(content, file="N.JSONL")[0]] == [(1, "One."), (2, "Two.")]

    def test_line_ends_of_unicode_belong_to_the_text(self):
        assert texts('{"text": "One\u2028two\x85three"}'.encode(), file="news.jsonl") == ["One\u2028two\x85three"]

    def test_twenty_thousand_lines_are_read(self):
        content = b"".join(b'{"text": "Story %d.\\nMore."}\n' % number for number in range(20_000))
        assert texts(content, file="news.jsonl")[-1] == "Story 19999.\nMore."

    def test_a_file_of_bad_lines_is_refused_with_the_first_reason(self):
        assert "not JSON (Expecting value" in refusal(b"x\ny", file="news.jsonl").reason


class TestText:
    @repeatable
    @given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).filter(str.strip))
    def test_it_is_stored_as_it_stands(self, text: str):
        assert texts([{"text": text}]) == [text]

    @pytest.mark.parametrize("mark", ["\\ud83d", "\\u0000"])
    def test_what_cannot_be_stored_costs_only_its_article(self, mark: str):
        found, faults = read(f'[{{"text": "Bad {mark} text"}}, {{"text": "{TEXT}"}}]'.encode())
        assert ([one.text for one in found], list(faults)) == ([TEXT], ["news.json#1"])

    def test_a_pair_of_surrogates_is_a_character(self):
        assert texts(b'[{"text": "A seal \\ud83e\\uddad."}]') == ["A seal 🦭."]

    @pytest.mark.parametrize("value", [None, "", " \n", 17, float("nan"), ["A", "B"], {"raw": "A"}])
    def test_an_object_without_one_is_named_with_the_fields_tried(self, value: object):
        assert "text or body or content" in refusal([{"text": value}]).reason

    def test_the_first_field_that_holds_text_is_taken(self):
        assert texts([{"text": {"raw": 1}, "body": " ", "content": TEXT}]) == [TEXT]


class TestFields:
    def test_a_mapped_field_replaces_the_usual_ones(self):
        assert texts([{"text": "Teaser", "story": TEXT}], "text=story") == [TEXT]

    @pytest.mark.parametrize("shape", [{"story": {"body": TEXT}}, {"story.body": TEXT}])
    def test_dots_lead_into_objects_and_may_be_part_of_the_name(self, shape: dict[str, Any]):
        assert texts([shape], "text=story.body") == [TEXT]

    def test_a_mapped_field_finds_the_list(self):
        assert texts({"features": [{"properties": {"words": TEXT}}]}, "text = properties.words,") == [TEXT]

    def test_all_four_can_be_mapped(self):
        story = {"b": TEXT, "h": "A head", "o": "A paper", "d": "2024-03-05"}
        [found], _ = read([story], "text=b,title=h,publisher=o,published=d")
        assert found == ListedArticle(1, TEXT, Header("A head", "A paper", date(2024, 3, 5)))

    @pytest.mark.parametrize(
        ("described", "fault"),
        [
            ("title=a, body", '"body" is not NAME=FIELD'),
            ("text=", '"text=" is not NAME=FIELD'),
            ("words=body", '"words=body" is not NAME=FIELD'),
            ("=body", '"=body" is not NAME=FIELD'),
            ("text=a,text=b", '"text" is given twice'),
        ],
    )
    def test_a_bad_map_is_refused_with_the_part_at_fault(self, described: str, fault: str):
        with pytest.raises(ValueError, match=fault):
            FieldMap.parse(described)

    def test_nothing_described_means_the_usual_names(self):
        assert FieldMap.parse(" , ") == FieldMap()


class TestHeader:
    def test_it_holds_what_the_object_states(self):
        found = header(title="A title", source={"id": "p", "name": "A paper"}, publishedAt="2025-10-22T09:00:00Z")
        assert found == Header("A title", "A paper", date(2025, 10, 22))

    def test_what_is_not_stated_is_none(self):
        assert header(url="https://example.com/2024/03/05/story", created="2024-03-05") == Header()

    @pytest.mark.parametrize(
        ("value", "name"),
        [
            (1984, "1984"),
            ("  Two\n lines ", "Two lines"),
            ("Half \ud83d a seal", "Half a seal"),
            ("A\x00B", "A B"),
            (["A paper"], "A paper"),
            ({"name": "A paper"}, "A paper"),
            (["A", "B"], None),
            (True, None),
            (float("nan"), None),
            ({}, None),
            (" ", None),
            (None, None),
        ],
    )
    def test_a_name_is_one_line_of_text(self, value: object, name: str | None):
        assert stated_name(value) == name

    @pytest.mark.parametrize(
        "value",
        [
            "2025-10-22",
            "2025-10-22T09:00:00Z",
            "2025-10-22T23:30:00-05:00",
            "2025-10-22T09:00:00.000+0000",
            "2025-10-22 09:00:00 UTC",
            "2025/10/22",
            "20251022",
            20251022,
            "Wed, 22 Oct 2025 09:00:00 GMT",
            "October 22, 2025",
            "22 Oct 2025",
            "22/10/2025",
            1761123600,
            1761123600.5,
            "1761123600000",
        ],
    )
    def test_a_date_is_the_day_that_is_written(self, value: object):
        assert stated_date(value) == date(2025, 10, 22)

    @pytest.mark.parametrize(
        "value",
        [
            *("05/03/2024", "yesterday", "2025", "2025-10", "2025-13-45", "0001-01-01T00:00:00", "9999-12-31", ""),
            *(2025, 0, 17, -1, 99999999, 176112360, float("nan"), float("inf"), 1e300, True, None, [], {}),
            "Oct 22, 2025\nOct 23, 2025",
        ],
    )
    def test_a_date_that_is_not_certain_is_none(self, value: object):
        assert stated_date(value) is None

    @repeatable
    @given(value=st.one_of(st.text(), st.integers(), st.floats(), st.dates().map(str), st.datetimes().map(str)))
    def test_no_value_breaks_a_date(self, value: object):
        found = stated_date(value)
        assert found is None or found.year in range(1600, 2101)


@repeatable
@given(content=st.one_of(st.binary(max_size=60), st.text('[]{}":, a1\n\\').map(str.encode)))
def test_whatever_a_file_holds_only_our_error_comes_out(content: bytes):
    found: list[ListedArticle] = []
    with suppress(UnreadableArticle):
        found, _ = read_list("news.json", content, FieldMap())
    assert all(one.text.strip() for one in found)


class TestWriters:
    @pytest.mark.parametrize(
        ("stated", "writers"),
        [
            ("Ada Lind", "Ada Lind"),
            ("By Ada Lind", "Ada Lind"),
            (["Ada Lind", {"name": "Per Lund"}, "Ada Lind"], "Ada Lind, Per Lund"),
            ("https://example.org/ada", None),
            ("ada@example.org", None),
            (["A"] * 3 + [str(n) for n in range(20)], None),
            ("x" * 200, None),
            (7.5, None),
            ([], None),
        ],
    )
    def test_names_are_joined_and_addresses_name_nobody(self, stated: object, writers: str | None):
        assert header(author=stated).author == writers

    def test_the_first_field_that_names_somebody_counts(self):
        assert header(author=None, byline="By Ada Lind").author == "Ada Lind"
