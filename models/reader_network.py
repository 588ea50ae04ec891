"""The reader as a torch network, for training and for checking the exported file; torch is never needed at run time.

A BERT encoder (Devlin et al. 2019) that starts from the weights of all-MiniLM-L6-v2 and reads `[CLS] question [SEP]
text [SEP]`. Two heads: start and end scores for every token (Devlin et al. 2019, section 4.2), and one score for "this
text answers this question", from the state at [CLS].

The encoder's two segment vectors (question, text) become four: a token is also told whether the other side holds the
same token. That is the exact-match feature of Chen et al. 2017 ("Reading Wikipedia to Answer Open-Domain Questions",
section 3.2), which a small model with little training otherwise has to discover.

Shapes: B = pairs in a batch, S = tokens in the longest of them, H = 384.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

VOCABULARY, LAYERS, WIDTH, HEADS, INNER_WIDTH, POSITIONS = 30522, 6, 384, 12, 1536, 512
_ATTENTION = ("query", "key", "value")
SEGMENTS = 4  # question or text, times: does the other side hold the same token?
HEAD_WIDTH = WIDTH // HEADS
VERY_NEGATIVE = -1e9  # its softmax weight is exactly zero
EPSILON = 1e-12  # `layer_norm_eps` of the embedder's config.json


class Layer(nn.Module):  # type: ignore[misc, unused-ignore]  # torch is not installed with Footnote
    """One encoder layer: self-attention and feed-forward, each with a residual and a layer norm. [B, S, H] -> same."""

    def __init__(self) -> None:
        super().__init__()
        self.queries_keys_values = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.inner = nn.Linear(WIDTH, INNER_WIDTH)
        self.outer = nn.Linear(INNER_WIDTH, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, hidden: Tensor, padding: Tensor) -> Tensor:
        """`padding` is 0 for a token and very negative for padding: [B, 1, 1, S], added to the attention scores."""
        batch, length, _ = hidden.shape
        split = self.queries_keys_values(hidden).view(batch, length, 3, HEADS, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        query, key, value = split.reshape(3, batch * HEADS, length, HEAD_WIDTH)
        # Spelt out: torch's fused attention takes twice as long as this on a processor with bfloat16.
        scores = torch.bmm(query * HEAD_WIDTH**-0.5, key.transpose(1, 2)).view(batch, HEADS, length, length)
        shares = torch.softmax(scores + padding.to(scores.dtype), dim=-1).to(value.dtype)
        mixed = torch.bmm(shares.view(batch * HEADS, length, length), value).view(batch, HEADS, length, HEAD_WIDTH)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.attention_norm(hidden + self.attended(mixed))
        return self.output_norm(hidden + self.outer(functional.gelu(self.inner(hidden))))


class ReaderNetwork(nn.Module):  # type: ignore[misc, unused-ignore]  # as above
    """`forward(input_ids, segments, mask)`, three [B, S] tensors -> span scores [B, S, 2] and answerability [B].

    `segments` is 0 for the question's tokens ([CLS] and the first [SEP] too) and 1 for the text's; `mask` is True
    for a token and False for padding. No score is masked here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(SEGMENTS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.span = nn.Linear(WIDTH, 2)
        self.judge = nn.Linear(WIDTH, WIDTH)
        self.answerable = nn.Linear(WIDTH, 1)

    def forward(self, input_ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        same = (input_ids[:, :, None] == input_ids[:, None, :]) & mask[:, None, :]
        matched = (same & (segments[:, :, None] != segments[:, None, :])).any(dim=2)
        positions = self.positions.weight[: input_ids.shape[1]]
        hidden = self.norm(self.words(input_ids) + positions + self.segments(segments + 2 * matched))
        padding = torch.where(mask, 0.0, VERY_NEGATIVE)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, padding)
        judged = torch.tanh(self.judge(hidden[:, 0]))
        return self.span(hidden).float(), self.answerable(judged).squeeze(1).float()


def published_names() -> dict[str, str]:
    """Return our name of a layer -> its name in the published BERT files; queries, keys and values are apart there."""
    names = {"norm": "embeddings.LayerNorm"}
    for number in range(LAYERS):
        ours, theirs = f"layers.{number}", f"encoder.layer.{number}"
        names |= {
            f"{ours}.attended": f"{theirs}.attention.output.dense",
            f"{ours}.attention_norm": f"{theirs}.attention.output.LayerNorm",
            f"{ours}.inner": f"{theirs}.intermediate.dense",
            f"{ours}.outer": f"{theirs}.output.dense",
            f"{ours}.output_norm": f"{theirs}.output.LayerNorm",
        }
    return names


def attention_names(number: int, part: str) -> tuple[str, list[str]]:
    """Return our name of one layer's joined queries, keys and values, and the three published ones."""
    theirs = f"encoder.layer.{number}.attention.self"
    return f"layers.{number}.queries_keys_values.{part}", [f"{theirs}.{name}.{part}" for name in _ATTENTION]


def load_embedder(network: ReaderNetwork, weights: Mapping[str, npt.NDArray[np.float32]]) -> None:
    """Copy the published weights of all-MiniLM-L6-v2 into `network`; the heads keep their first values."""

    def tensor(name: str) -> Tensor:
        return torch.from_numpy(weights[name].copy())

    found = {
        "words.weight": tensor("embeddings.word_embeddings.weight"),
        "positions.weight": tensor("embeddings.position_embeddings.weight"),
        "segments.weight": tensor("embeddings.token_type_embeddings.weight")[:1].repeat(SEGMENTS, 1),
    }
    for part in ("weight", "bias"):
        found |= {f"{ours}.{part}": tensor(f"{theirs}.{part}") for ours, theirs in published_names().items()}
        for number in range(LAYERS):
            joined, three = attention_names(number, part)
            found[joined] = torch.cat([tensor(name) for name in three])
    missing, unexpected = network.load_state_dict(found, strict=False)
    heads = {f"{head}.{part}" for head in ("span", "judge", "answerable") for part in ("weight", "bias")}
    if set(missing) != heads or unexpected:
        raise ValueError(f"the weights do not fit the network: missing {missing}, unexpected {unexpected}")
