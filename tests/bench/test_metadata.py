"""The bench of titles, publishers and dates counts what is right, missing and wrong."""

from pathlib import Path

import pytest

from bench.metadata import main, verdict


@pytest.mark.parametrize(
    ("stated", "read", "expected"),
    [
        ("The Argus", "THE  ARGUS", "right"),
        ("", None, "right"),
        ("The Argus", None, "missing"),
        ("The Argus", "The Ledger", "wrong"),
        ("", "The Ledger", "wrong"),
    ],
)
def test_a_field_is_judged(stated: str, read: str | None, expected: str):
    assert verdict(stated, read) == expected


def test_each_field_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Walrus keeps the slipway\n4 May 2026\n\nThe walrus slept.\n", encoding="utf-8")
    truth = tmp_path / "truth.csv"
    truth.write_text(
        "file,title,publisher,published\na.txt,Walrus keeps the slipway,Herald,2026-05-05\n", encoding="utf-8"
    )
    monkeypatch.setattr("sys.argv", ["metadata", str(folder), str(truth)])
    main()
    printed = capsys.readouterr().out
    assert [line.split()[1::2] for line in printed.splitlines()[-3:]] == [
        ["1", "0", "0"],
        ["0", "1", "0"],
        ["0", "0", "1"],
    ]
