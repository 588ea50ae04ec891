"""The shipped judge points at the words that answer, by exact offsets, and tells what evidence says to a statement."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelFileError
from models import files
from qa.judge import MPNetJudge
from qa.reader import Reading

OVEN = "Its oven was built in 1911 by a potter named Anselm Krug."
TICKET = "A ticket will cost 14 crowns until the end of the summer."
BUILDER, YEAR = "Who built the oven?", "When was the oven built?"

pieces = st.sampled_from([OVEN, TICKET, "🦭", "cafe\u0301", "👨‍👩‍👧", "港は開く。", " ", "\n", "a" * 200, "\ud800"])
texts = st.text(max_size=200) | st.lists(pieces, max_size=8).map(" ".join)


def found(text: str, reading: Reading) -> list[str]:
    return [text[answer.span.start : answer.span.end] for answer in reading.spans]


def read(reader: MPNetJudge, question: str, text: str) -> Reading:
    (reading,) = reader.read(question, [text])
    return reading


class TestFinding:
    @pytest.mark.parametrize(
        ("question", "text", "answer"),
        [
            (BUILDER, OVEN, "Anselm Krug"),
            (YEAR, OVEN, "1911"),
            ("How much does a ticket cost?", TICKET, "14"),
        ],
    )
    def test_the_best_span_holds_the_answer(self, reader: MPNetJudge, question: str, text: str, answer: str) -> None:
        assert answer in found(text, read(reader, question, text))[0]

    def test_a_text_that_answers_beats_one_that_does_not(self, reader: MPNetJudge) -> None:
        answering, other = reader.read(BUILDER, [OVEN, TICKET])

        assert answering.answerable > other.answerable + 1

    def test_a_text_that_answers_one_question_need_not_answer_another(self, reader: MPNetJudge) -> None:
        fitting, unrelated = (read(reader, q, OVEN) for q in (BUILDER, "Who won the chess championship?"))

        assert fitting.answerable > unrelated.answerable + 1

    def test_spans_come_best_first(self, reader: MPNetJudge) -> None:
        scores = [answer.score for answer in read(reader, BUILDER, OVEN).spans]

        assert scores == sorted(scores, reverse=True)

    def test_readings_come_in_the_order_of_the_texts(self, reader: MPNetJudge) -> None:
        several = [TICKET * 4, OVEN, TICKET, f"{TICKET} {OVEN}"]

        readings = reader.read(YEAR, several)

        assert ["1911" in found(text, one)[0] for text, one in zip(several, readings, strict=True)] == [
            False,
            True,
            False,
            True,
        ]


class TestOffsets:
    @pytest.mark.parametrize(
        "before",
        [
            "",
            "🦭 Seals 🦭 came. ",
            "The cafe\u0301 is in Faro\u0308. ",
            "👨‍👩‍👧 A family. ",
            "\ud800 Half a pair. ",
            "\r\n\t\u2028",
            "\ufeff",
            "港は開く。 ",
        ],
    )
    def test_they_are_code_points_whatever_stands_before(self, reader: MPNetJudge, before: str) -> None:
        text = before + OVEN

        assert found(text, read(reader, YEAR, text))[0] == "1911"

    @pytest.mark.parametrize("name", ["Faro\u0308", "Cafe\u0301", "Farö", "Łódź"])
    def test_a_span_does_not_end_within_a_letter(self, reader: MPNetJudge, name: str) -> None:
        text = f"The seals have come back to {name}, as they do each year."

        assert found(text, read(reader, "Where have the seals come back to?", text))[0] == name

    @settings(derandomize=True, deadline=None, database=None, max_examples=15)
    @given(text=texts)
    def test_spans_lie_in_the_text(self, reader: MPNetJudge, text: str) -> None:
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in read(reader, BUILDER, text).spans)

    @settings(derandomize=True, deadline=None, database=None, max_examples=15)
    @given(text=texts)
    def test_spans_do_not_overlap(self, reader: MPNetJudge, text: str) -> None:
        spans = sorted(one.span for one in read(reader, BUILDER, text).spans)

        assert all(one.end <= after.start for one, after in pairwise(spans))


class TestAnyInput:
    def test_no_texts_have_no_readings(self, reader: MPNetJudge) -> None:
        assert reader.read(BUILDER, []) == []

    @pytest.mark.parametrize("text", ["", " \n\t"])
    def test_an_empty_text_has_no_spans(self, reader: MPNetJudge, text: str) -> None:
        assert read(reader, BUILDER, text).spans == ()

    def test_an_empty_text_among_others_changes_nothing_for_them(self, reader: MPNetJudge) -> None:
        assert "1911" in found(OVEN, reader.read(YEAR, ["", OVEN, ""])[1])[0]

    def test_what_stands_behind_the_limit_is_not_read(self, reader: MPNetJudge) -> None:
        text = "word " * 400 + OVEN

        assert all(one.span.end <= len("word " * 210) for one in read(reader, YEAR, text).spans)

    def test_an_answer_before_the_limit_of_a_long_text_is_found(self, reader: MPNetJudge) -> None:
        text = f"{OVEN} " + TICKET * 40

        assert "1911" in found(text, read(reader, YEAR, text))[0]

    def test_the_end_of_a_long_question_is_not_read(self, reader: MPNetJudge) -> None:
        long = "oven " * 64

        assert read(reader, long + YEAR, OVEN) == read(reader, long + BUILDER, OVEN)

    def test_a_long_question_leaves_room_for_the_text(self, reader: MPNetJudge) -> None:
        text = "word " * 120 + OVEN

        assert any(one.span.end > len("word " * 120) for one in read(reader, f"{YEAR} " + "oven " * 500, text).spans)

    @pytest.mark.parametrize("question", ["", "?", "\ud800", "\ud83d\udc4d", "👍" * 100, "a" * 5_000, "\x00"])
    def test_any_question_may_be_asked(self, reader: MPNetJudge, question: str) -> None:
        assert len(reader.read(question, [OVEN, TICKET])) == 2

    @pytest.mark.parametrize("text", [f"{OVEN}\ud800", f"\udfff{OVEN}", OVEN.replace(" ", "\ud800 ")])
    def test_a_text_with_lone_surrogates_is_read(self, reader: MPNetJudge, text: str) -> None:
        assert "1911" in found(text, read(reader, YEAR, text))[0]


class TestVerifying:
    def test_what_stands_there_is_supported(self, reader: MPNetJudge) -> None:
        (verdict,) = reader.verify([("Anselm Krug built the oven in 1911.", OVEN)])

        assert verdict.supported > 0.5

    @pytest.mark.parametrize(
        "statement", ["The oven was not built by Anselm Krug.", "Anselm Krug sold a ticket to the seals of Sundholm."]
    )
    def test_what_is_denied_or_is_not_there_is_not(self, reader: MPNetJudge, statement: str) -> None:
        stated, other = reader.verify([(OVEN, OVEN), (statement, OVEN)])

        assert other.supported < 0.5 < stated.supported

    def test_the_shares_add_up_to_one(self, reader: MPNetJudge) -> None:
        assert sum(reader.verify([(TICKET, OVEN)])[0]) == pytest.approx(1, abs=1e-3)

    @pytest.mark.parametrize(("statement", "evidence"), [("word " * 100 + OVEN, OVEN), (OVEN, OVEN + " word" * 400)])
    def test_what_does_not_fit_is_neither(self, reader: MPNetJudge, statement: str, evidence: str) -> None:
        """What is cut off might decide."""
        assert reader.verify([(statement, evidence)]) == [(0.0, 0.0, 1.0)]

    def test_verdicts_come_in_the_order_of_the_pairs(self, reader: MPNetJudge) -> None:
        pairs = [(OVEN, OVEN), (OVEN, TICKET * 3), ("", ""), (TICKET, TICKET)]
        alone = [reader.verify([pair])[0].supported for pair in pairs]

        assert [one.supported for one in reader.verify(pairs)] == pytest.approx(alone, abs=2e-2)

    def test_no_pairs_have_no_verdicts(self, reader: MPNetJudge) -> None:
        assert reader.verify([]) == []


class TestCompany:
    """What else is read with a text changes neither its verdict nor its spans."""

    OTHERS = ("A.", TICKET * 8, "港は開く。", "", OVEN, f"{TICKET} {OVEN}")

    def test_the_verdict_is_the_same(self, reader: MPNetJudge) -> None:
        alone, among = read(reader, BUILDER, OVEN), reader.read(BUILDER, [*self.OTHERS, OVEN])[-1]

        assert among.answerable == pytest.approx(alone.answerable, abs=1e-2)

    def test_the_spans_are_the_same(self, reader: MPNetJudge) -> None:
        alone, among = read(reader, BUILDER, OVEN), reader.read(BUILDER, [*self.OTHERS, OVEN])[-1]

        assert [one.span for one in among.spans] == [one.span for one in alone.spans]

    def test_the_scores_are_the_same(self, reader: MPNetJudge) -> None:
        alone, among = read(reader, BUILDER, OVEN), reader.read(BUILDER, [*self.OTHERS, OVEN])[-1]

        assert [one.score for one in among.spans] == pytest.approx([one.score for one in alone.spans], abs=1e-2)

    def test_the_same_texts_have_the_same_readings(self, reader: MPNetJudge) -> None:
        assert reader.read(BUILDER, self.OTHERS) == reader.read(BUILDER, self.OTHERS)


class TestFiles:
    def test_a_missing_model_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(ModelFileError):
            MPNetJudge(model=tmp_path / "none.onnx")

    def test_a_damaged_model_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "judge.onnx").write_bytes(b"not a model")

        with pytest.raises(ModelFileError):
            MPNetJudge(model=tmp_path / "judge.onnx")

    def test_missing_words_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "judge.onnx").write_bytes(files.JUDGE.read_bytes())

        with pytest.raises(ModelFileError):
            MPNetJudge(model=tmp_path / "judge.onnx")
