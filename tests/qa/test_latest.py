"""Where something has changed, the newest article comes first, and older ones are told as older."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.service import Parts
from qa.records import Answer, Question, SaidDay

NEWS = {
    "bins.md": """---
title: Council of Ellerby votes for fortnightly bins
date: 2026-03-12
---
Bins in Ellerby will be emptied every two weeks instead of every week from June, the town council decided on Wednesday.
Mayor Dorothy Quill said the change would save 310,000 pounds a year.
""",
    "mayor.md": """---
title: Quill steps down as mayor of Ellerby
date: 2026-05-20
---
Dorothy Quill has stepped down as mayor of Ellerby after six years, citing her health.
The council elected Amit Sethi mayor of Ellerby on Tuesday evening by 13 votes to 12.
""",
    "weekly.md": """---
title: Weekly bins return to Ellerby
date: 2026-09-03
---
Ellerby will go back to weekly bin collections in October, four months after they were halved.
The mayor of Ellerby, Amit Sethi, said complaints about smell and rats had risen from 40 to 610 a month.
He apologised for the smell.
""",
    "club.md": """---
title: Harrow Vale sack manager after nine defeats
date: 2026-09-21
---
Harrow Vale sacked their manager Luis Ferrant on Sunday, a day after the ninth defeat in a row.
"Luis is a friend, and that made it harder," chairwoman Oona Bright said on Sunday night.
""",
}


@pytest.fixture(scope="module")
def ask(
    tmp_path_factory: pytest.TempPathFactory, open_parts_in: Callable[[Path, Path], Parts]
) -> Iterator[Callable[[str], Answer]]:
    folder = tmp_path_factory.mktemp("ellerby")
    (folder / "articles").mkdir()
    for file, text in NEWS.items():
        (folder / "articles" / file).write_text(text, encoding="utf-8")
    parts = open_parts_in(folder / "articles", folder / "data")
    parts.sync(lambda _: None)
    yield lambda question: parts.answerer.answer(Question(question))
    parts.close()


def files(answer: Answer) -> list[str]:
    return [one.citations[0].file for one in answer.statements]


def test_who_it_is_now_is_told_from_the_newest_article(ask: Callable[[str], Answer]):
    answer = ask("Who is the mayor of Ellerby now?")
    assert answer.short_answer == "Amit Sethi"
    assert files(answer)[0] == "weekly.md"
    assert answer.note is not None
    assert answer.note.startswith("As of 3 September 2026.")
    assert answer.views == ()


def test_what_older_articles_say_follows_the_newest_first(ask: Callable[[str], Answer]):
    answer = ask("Who is the mayor of Ellerby now?")
    days = [one.citations[0].published for one in answer.statements]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert answer.note == "As of 3 September 2026. What older articles say follows, the newest first."


def test_the_latest_of_a_story_begins_with_its_newest_article(ask: Callable[[str], Answer]):
    answer = ask("What is the latest on the bins in Ellerby?")
    assert answer.statements[0].text.startswith("Ellerby will go back to weekly bin collections")
    assert files(answer)[0] == "weekly.md"
    assert "bins.md" in files(answer)[1:]


def test_what_happened_in_a_month_is_told_by_its_articles(ask: Callable[[str], Answer]):
    answer = ask("What happened in September?")
    assert files(answer) == ["weekly.md", "club.md"]
    assert answer.note == "2 articles here are of September 2026; they begin so."
    assert ask("What happened in September 2025?").status == "not_in_sources"
    assert ask("What happened in July?").status == "not_in_sources"
    assert files(ask("What happened with the bins in March 2026?")) == ["bins.md"]


def test_a_relative_day_is_told_beside_the_quote_which_stays_as_it_is(ask: Callable[[str], Answer]):
    citation = ask("When was Luis Ferrant sacked?").citations[0]
    assert citation.quote.startswith("Harrow Vale sacked their manager Luis Ferrant on Sunday, a day after")
    assert [(one.words, one.day.isoformat()) for one in citation.days] == [("on Sunday", "2026-09-20")]
    assert isinstance(citation.days[0], SaidDay)


def test_of_a_thing_that_somebody_says_nothing_of_nothing_is_shown(ask: Callable[[str], Answer]):
    answer = ask("What did the mayor of Ellerby say about the library?")
    assert (answer.status, answer.unknown_words) == ("not_in_sources", ("library",))


def test_of_a_story_somebodys_words_need_not_repeat_its_words(ask: Callable[[str], Answer]):
    answer = ask("What did Oona Bright say about the sacking?")
    assert [one.text[:18] for one in answer.statements] == ['"Luis is a friend,']


def test_the_one_article_tells_what_it_is_about(tmp_path: Path, open_parts_in: Callable[[Path, Path], Parts]):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "weekly.md").write_text(NEWS["weekly.md"], encoding="utf-8")
    parts = open_parts_in(tmp_path / "articles", tmp_path / "data")
    parts.sync(lambda _: None)
    answer = parts.answerer.answer(Question("What is this article about?"))
    parts.close()
    assert answer.status == "answered"
    assert answer.statements[0].text.startswith("Ellerby will go back")
