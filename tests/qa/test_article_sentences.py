"""Which sentences tell an article's story: no headline, no caption, no furniture."""

from index.sources import SourceFile, SourceReader
from qa.article_sentences import as_passage, telling_sentences


def test_a_caption_tells_no_story_and_what_stands_beside_a_picture_does():
    page = (
        "<title>Walrus stays</title><body><article><h1>Walrus stays</h1>"
        "<p>The walrus has stayed on the slipway of Vellmouth for a second day.</p>"
        "<figure><figcaption>The walrus as it was seen in 2019. Picture: Coastal Ledger</figcaption></figure>"
        "<p>The harbour master has closed the ramp until the tide is in.</p>"
        "<p>It has been given the name of Gerald, and a bucket of herring stands beside it, he said.</p></article>"
    )
    (article,), _ = SourceReader().articles(SourceFile("walrus.html", page.encode()))
    passage = as_passage(article)
    told = [passage.chunk.words(*one) for one in telling_sentences(passage)]
    assert "as it was seen in 2019" in article.text
    assert told == [
        "The walrus has stayed on the slipway of Vellmouth for a second day.",
        "The harbour master has closed the ramp until the tide is in.",
        "It has been given the name of Gerald, and a bucket of herring stands beside it, he said.",
    ]
