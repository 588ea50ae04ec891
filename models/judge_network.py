"""The judge as a torch network, for training and for checking the exported file; torch is never needed at run time.

MPNet (Song et al. 2020) of 12 layers, from the weights of all-mpnet-base-v2, with three heads: start and end scores for
every token (Devlin et al. 2019, section 4.2), "this text answers this question", and "this evidence supports /
contradicts / does neither to this statement". It reads `<s> left </s></s> text </s>`, where `left` is a question or a
statement, as MPNet joins two texts.

Between layer FUSED - 1 and layer FUSED a vector is added to each token that tells its side (question, statement, text)
and whether the other side holds the same token: the exact-match feature of Chen et al. 2017 ("Reading Wikipedia to
Answer Open-Domain Questions", section 3.2). It comes in there, and not at the bottom, so that the layers below can stay
as they were published and cost no backward pass in training.

Shapes: B = pairs in a batch, S = tokens in the longest of them, H = 768, A = 12 heads.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

VOCABULARY, LAYERS, WIDTH, HEADS, INNER_WIDTH, POSITIONS = 30527, 12, 768, 12, 3072, 514
HEAD_WIDTH = WIDTH // HEADS
FUSED = 6  # the first layer that is trained, and that knows of sides and same tokens
SIDES = 3  # 0 a question, 1 a statement, 2 the text; `<s>` and the separators are of the left side's
SEGMENTS = 2 * SIDES  # times: does the other side hold the same token?
BUCKETS, FARTHEST = 32, 128  # of relative positions (Raffel et al. 2020, section 2.1)
START, PADDING, SEPARATOR = 0, 1, 2
FIRST_POSITION = 2
VERDICTS = ("supported", "contradicted", "neither")
VERY_NEGATIVE = -1e9  # its softmax weight is exactly zero
EPSILON = 1e-5  # `layer_norm_eps` of the published config.json


def position_buckets(length: int) -> npt.NDArray[np.int64]:
    """[length, length]: the bucket of each key's distance from each query, as MPNet's authors compute it."""
    distance = np.arange(length)[None, :] - np.arange(length)[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = np.abs(distance).clip(min=1)
    scaled = exact + (np.log(far / exact) / math.log(FARTHEST / exact) * (half - exact)).astype(np.int64)
    bucket = np.where(np.abs(distance) < exact, np.abs(distance), np.minimum(scaled, half - 1))
    return np.asarray(bucket + half * (distance > 0), dtype=np.int64)


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

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """`bias` is added to the attention scores: relative positions, and very negative for padding. [B, A, S, S]."""
        batch, length, _ = hidden.shape
        split = self.queries_keys_values(hidden).view(batch, length, 3, HEADS, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        query, key, value = split.reshape(3, batch * HEADS, length, HEAD_WIDTH)
        # Spelt out: torch's fused attention takes twice as long as this on a processor with bfloat16.
        scores = torch.bmm(query * HEAD_WIDTH**-0.5, key.transpose(1, 2)).view(batch, HEADS, length, length)
        shares = torch.softmax(scores + bias, dim=-1).to(value.dtype)
        mixed = torch.bmm(shares.view(batch * HEADS, length, length), value).view(batch, HEADS, length, HEAD_WIDTH)
        hidden = self.attention_norm(hidden + self.attended(mixed.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.output_norm(hidden + self.outer(functional.gelu(self.inner(hidden))))


class JudgeNetwork(nn.Module):  # type: ignore[misc, unused-ignore]  # as above
    """`forward(input_ids, sides, mask)`, three [B, S] tensors -> spans [B, S, 2], answered [B], verdicts [B, 3].

    `sides` is of SIDES; `mask` is True for a token and False for padding. No score is masked here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.relative = nn.Embedding(BUCKETS, HEADS)
        self.segments = nn.Embedding(SEGMENTS, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.span = nn.Linear(WIDTH, 2)
        self.gathered = nn.Linear(2 * WIDTH, WIDTH)
        self.answered = nn.Linear(WIDTH, 1)
        self.verdict = nn.Linear(WIDTH, len(VERDICTS))

    def freeze_below(self, layer: int) -> None:
        """Keep everything below `layer` as it is; the gradient stops there."""
        for part in (self.words, self.positions, self.norm, self.relative, *self.layers[:layer]):
            for parameter in part.parameters():
                parameter.requires_grad = False

    def forward(self, input_ids: Tensor, sides: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        length = input_ids.shape[1]
        buckets = torch.from_numpy(position_buckets(length)).to(input_ids.device)
        bias = self.relative(buckets).permute(2, 0, 1)[None] + torch.where(mask, 0.0, VERY_NEGATIVE)[:, None, None, :]
        hidden = self.words(input_ids) + self.positions.weight[FIRST_POSITION : FIRST_POSITION + length]
        hidden = self.norm(hidden)
        for number, layer in enumerate(self.layers):
            if number == FUSED:
                hidden = hidden + self.segments(segments_of(input_ids, sides, mask))
            hidden = layer(hidden, bias)
        weights = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        gathered = torch.tanh(self.gathered(torch.cat([hidden[:, 0], mean], dim=1)))
        return self.span(hidden).float(), self.answered(gathered).squeeze(1).float(), self.verdict(gathered).float()


def segments_of(input_ids: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
    """[B, S]: a token's side, plus SIDES where the other side holds the same token."""
    same = (input_ids[:, :, None] == input_ids[:, None, :]) & mask[:, None, :]
    matched = (same & (sides[:, :, None] != sides[:, None, :])).any(dim=2)
    return sides + SIDES * matched.long()


def published_names() -> dict[str, str]:
    """Return our name of a part -> its name in the published files; queries, keys and values are apart there."""
    names = {"norm": "embeddings.LayerNorm"}
    for number in range(LAYERS):
        ours, theirs = f"layers.{number}", f"encoder.layer.{number}"
        names |= {
            f"{ours}.attended": f"{theirs}.attention.attn.o",
            f"{ours}.attention_norm": f"{theirs}.attention.LayerNorm",
            f"{ours}.inner": f"{theirs}.intermediate.dense",
            f"{ours}.outer": f"{theirs}.output.dense",
            f"{ours}.output_norm": f"{theirs}.output.LayerNorm",
        }
    return names


def load_published(network: JudgeNetwork, weights: Mapping[str, npt.NDArray[np.float32]]) -> None:
    """Copy the published weights of all-mpnet-base-v2 into `network`; the heads keep their first values."""

    def tensor(name: str) -> Tensor:
        return torch.from_numpy(weights[name].copy())

    found = {
        "words.weight": tensor("embeddings.word_embeddings.weight"),
        "positions.weight": tensor("embeddings.position_embeddings.weight"),
        "relative.weight": tensor("encoder.relative_attention_bias.weight"),
        "segments.weight": torch.zeros(SEGMENTS, WIDTH),
    }
    for part in ("weight", "bias"):
        found |= {f"{ours}.{part}": tensor(f"{theirs}.{part}") for ours, theirs in published_names().items()}
        for number in range(LAYERS):
            three = [tensor(f"encoder.layer.{number}.attention.attn.{name}.{part}") for name in "qkv"]
            found[f"layers.{number}.queries_keys_values.{part}"] = torch.cat(three)
    missing, unexpected = network.load_state_dict(found, strict=False)
    heads = {f"{head}.{part}" for head in ("span", "gathered", "answered", "verdict") for part in ("weight", "bias")}
    if set(missing) != heads or unexpected:
        raise ValueError(f"the weights do not fit the network: missing {missing}, unexpected {unexpected}")
