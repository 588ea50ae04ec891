"""Small runs of what the load benchmark is made of."""

import sys
from pathlib import Path

import pytest

from bench.http import Reply, for_seconds, main, questions_of_the_cases, report, so_often


def test_a_report_counts_the_questions_answered_in_a_second():
    assert "   2.0 q/s" in report(1, [Reply(0, 200, 0.1)] * 8 + [Reply(0, 503, 0.1)] * 2, 4.0)


def test_a_report_tells_the_shares_and_times_of_answers_and_refusals_apart():
    line = report(1, [Reply(0, 200, 0.2)] * 3 + [Reply(0, 503, 0.001)], 1.0)
    assert "200: 3 (75%), p50 200 p95 200 p99 200" in line
    assert "503: 1 (25%), p50 1 p95 1 p99 1" in line


def test_a_report_names_what_is_neither_an_answer_nor_a_refusal():
    assert "errors: 3 {0: 1, 500: 2}" in report(1, [Reply(0, 500, 0.1)] * 2 + [Reply(0, 0, 0.1)], 1.0)


def test_a_report_tells_of_the_client_that_got_nothing():
    replies = [Reply(0, 503, 0.1), Reply(1, 200, 0.1), *[Reply(2, 200, 0.1)] * 5]
    assert report(3, replies, 1.0).endswith("each client: 0 / 1 / 5")


def test_a_number_of_questions_is_asked_exactly():
    go_on = so_often(3)
    assert [go_on() for _ in range(5)] == [True, True, True, False, False]


def test_a_time_comes_to_its_end():
    assert not for_seconds(0)()


def test_the_questions_come_in_the_same_order_each_time():
    assert questions_of_the_cases() == questions_of_the_cases()


@pytest.mark.slow
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_whole_run_comes_to_its_end_without_an_error(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "questions.txt").write_text("How long was the harbour closed?\nWho mends nets?\n", encoding="utf-8")
    small = "--clients 1 2 --seconds 0.2 --crowd 4 --questions 3".split()
    monkeypatch.setattr(
        sys, "argv", ["http", "--corpus", str(corpus), "--ask", str(tmp_path / "questions.txt"), *small]
    )
    main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("errors: 0") for line in lines] == [1, 1, 1, 1, 0, 1, 0]
