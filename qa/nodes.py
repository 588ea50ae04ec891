"""Citations as LlamaIndex knows sources."""

from llama_index.core.schema import NodeWithScore, TextNode

from qa.records import Citation


def source_node(citation: Citation) -> NodeWithScore:
    """Return the cited span as a node, whose offsets are code points into its article."""
    node = TextNode(
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "number": citation.number,
            "article_id": citation.article_id,
            "file": citation.file,
            "title": citation.title,
            "publisher": citation.publisher,
            "published": citation.published.isoformat() if citation.published else None,
        },
    )
    return NodeWithScore(node=node, score=None)
