"""Train the reader from the embedder's weights. See MODEL_CARD.md for the mix that the shipped file was trained on.

    python models/train_reader.py --weights FOLDER --data FOLDER --out FOLDER [--epochs 3]

Resumable: a checkpoint is written every few minutes, and the same command goes on from it. The same seed, data and
versions give the same pairs and order; arithmetic in bfloat16 on several threads may differ in the last bits.

Needs: torch, numpy, tokenizers, safetensors.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, in an environment without Footnote
from models.reader_data import CHANCES, MIX, Pair, PairMaker, split
from models.reader_network import ReaderNetwork, load_embedder

MAX_TOKENS, MAX_QUESTION_TOKENS = 208, 40  # longer texts are cut around the answer; the engine reads no longer ones
TOKENS_IN_BATCH = 2048
LEARNING_RATE, WARM_UP, WEIGHT_DECAY = 1.2e-4, 0.06, 0.01
AVERAGING = 0.999  # of the weights, over steps (Polyak): what is exported
CHECKPOINT_SECONDS = 240
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Example:
    """A pair in tokens. `start` and `end` weigh the tokens where marked answers start and end; unanswerable: [CLS]."""

    ids: list[int]
    text_from: int
    start: dict[int, float]
    end: dict[int, float]
    answerable: bool


def examples(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[Example]:
    """Tokenise; pairs whose marked answers are all cut off by the length limit are left out."""
    questions = tokenizer.encode_batch([pair.question for pair in pairs], add_special_tokens=False)
    texts = tokenizer.encode_batch([pair.text for pair in pairs], add_special_tokens=False)
    made = []
    for pair, question, text in zip(pairs, questions, texts, strict=True):
        head = [CLS, *question.ids[:MAX_QUESTION_TOKENS], SEP]
        room = MAX_TOKENS - len(head) - 1
        first = 0
        if len(text.ids) > room and pair.spans:
            reached = next((n for n, (_, end) in enumerate(text.offsets) if end > pair.spans[0][0]), 0)
            first = max(0, min(reached - room // 2, len(text.ids) - room))
        offsets = text.offsets[first : first + room]
        found = []
        for start, end in pair.spans:
            inside = [n for n, (a, b) in enumerate(offsets) if b > start and a < end]
            if inside and offsets[inside[0]][0] <= start and offsets[inside[-1]][1] >= end:
                found.append((len(head) + inside[0], len(head) + inside[-1]))
        if pair.spans and not found:
            continue
        starts: dict[int, float] = {}
        ends: dict[int, float] = {}
        for a, b in found or [(0, 0)]:
            starts[a] = starts.get(a, 0.0) + 1 / max(1, len(found))
            ends[b] = ends.get(b, 0.0) + 1 / max(1, len(found))
        ids = [*head, *text.ids[first : first + room], SEP]
        made.append(Example(ids, len(head), starts, ends, bool(found)))
    return made


def batches(data: list[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of about TOKENS_IN_BATCH tokens, of examples of like length, in random order."""
    shuffled = sorted(data, key=lambda example: len(example.ids) + chance.random() * 8)
    made, batch = [], list[Example]()
    for example in shuffled:
        if batch and (len(batch) + 1) * len(example.ids) > TOKENS_IN_BATCH:
            made.append(batch)
            batch = []
        batch.append(example)
    made.append(batch)
    chance.shuffle(made)
    return made


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors [B, S]; `allowed` is True where a span may start or end: the text's tokens and [CLS]."""

    ids: Tensor
    segments: Tensor
    mask: Tensor
    allowed: Tensor
    starts: Tensor
    ends: Tensor
    answerable: Tensor


def collate(batch: Sequence[Example]) -> Batch:
    """Pad to the longest."""
    length = max(len(example.ids) for example in batch)
    ids = np.zeros((len(batch), length), np.int64)
    segments, mask, allowed = np.zeros_like(ids), np.zeros_like(ids, bool), np.zeros_like(ids, bool)
    starts, ends = np.zeros(ids.shape, np.float32), np.zeros(ids.shape, np.float32)
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, :size], mask[row, :size] = example.ids, True
        segments[row, example.text_from : size] = 1
        allowed[row, example.text_from : size - 1] = allowed[row, 0] = True
        for marks, table in ((example.start, starts), (example.end, ends)):
            table[row, list(marks)] = list(marks.values())
    answerable = torch.tensor([float(example.answerable) for example in batch])
    tensor = torch.from_numpy
    return Batch(tensor(ids), tensor(segments), tensor(mask), tensor(allowed), tensor(starts), tensor(ends), answerable)


def loss_of(network: ReaderNetwork, batch: Batch) -> Tensor:
    """Cross-entropy of start and end over the allowed tokens, and of "answerable"."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        spans, answerable = network(batch.ids, batch.segments, batch.mask)
    logs = spans.masked_fill(~batch.allowed[:, :, None], -1e9).log_softmax(dim=1)
    span_loss = -(logs[:, :, 0] * batch.starts + logs[:, :, 1] * batch.ends).sum(dim=1) / 2
    judged = torch.nn.functional.binary_cross_entropy_with_logits(answerable, batch.answerable)
    return span_loss.mean() + judged


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that an answerable pair scores above an unanswerable one; ties are broken at random, they are rare."""
    order = np.argsort(scores)
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    right = np.asarray(labels)
    count = int(right.sum())
    return float((ranks[right].sum() - count * (count + 1) / 2) / max(1, count * (len(scores) - count)))


def quick_check(network: ReaderNetwork, data: Sequence[Example]) -> str:
    """Return the share of spans exactly right, and the AUC of the answerability score. For watching, not reporting."""
    exact, answerable, scores, labels = 0, 0, [], []
    with torch.no_grad():
        for batch in batches(list(data), random.Random(0)):
            tensors = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                spans, judged = network(tensors.ids, tensors.segments, tensors.mask)
            text_only = tensors.allowed.clone()
            text_only[:, 0] = False
            best = spans.masked_fill(~text_only[:, :, None], -1e9).argmax(dim=1)
            for row, example in enumerate(batch):
                scores.append(judged[row].item())
                labels.append(example.answerable)
                if example.answerable:
                    answerable += 1
                    exact += int(best[row, 0]) in example.start and int(best[row, 1]) in example.end
    return f"exact {exact / max(1, answerable):.3f} of {answerable}, AUC {auc(scores, labels):.3f} of {len(labels)}"


class Training:
    """One run: its network, optimiser, averaged weights and place in the data."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self._network = ReaderNetwork()
        load_embedder(self._network, load_file(options.weights / "model.safetensors"))
        for table in (self._network.words, self._network.positions):
            table.weight.requires_grad = False  # frozen: few of its rows would be seen often enough to improve
        learnt = [p for p in self._network.parameters() if p.requires_grad]
        matrices = [p for p in learnt if p.dim() > 1]
        rest = [p for p in learnt if p.dim() <= 1]
        groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": rest, "weight_decay": 0.0}]
        self._optimiser = torch.optim.AdamW(groups, lr=options.rate, fused=True)
        self._averaged = {name: value.clone() for name, value in self._network.state_dict().items()}
        self._steps = 0
        self._checkpoint = options.out / "checkpoint.pt"

    def run(self) -> None:
        """Train to the end, from the checkpoint if there is one."""
        train, development = split(self._options.data)
        makers = {name: PairMaker(questions) for name, questions in train.items()}
        checks = {
            name: examples(PairMaker(held).pairs(min(1, 400 / len(held)), CHANCES, random.Random(0)), self._tokenizer)
            for name, held in development.items()
        }
        if self._checkpoint.exists():
            self._load()
        done = 0
        began, saved, first = time.monotonic(), time.monotonic(), self._steps
        for epoch in range(self._options.epochs):
            chance = random.Random(self._options.seed * 1000 + epoch)
            pairs = [pair for name, share in MIX.items() for pair in makers[name].pairs(share, CHANCES, chance)]
            epoch_batches = batches(examples(pairs, self._tokenizer), chance)
            total = self._options.epochs * len(epoch_batches)
            losses = []
            for batch in epoch_batches:
                done += 1
                if done <= self._steps:
                    continue
                losses.append(self._step(collate(batch), total))
                if done % 50 == 0:
                    left = (time.monotonic() - began) / (done - first) * (total - done) / 60
                    print(
                        f"epoch {epoch} step {done}/{total} loss {np.mean(losses[-200:]):.3f} {left:.0f} min left",
                        flush=True,
                    )
                if time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self._save()
                    saved = time.monotonic()
            self._save()
            self._report(checks)

    def _step(self, batch: Batch, total: int) -> float:
        progress = self._steps / total
        rate = self._options.rate * min(1.0, progress / WARM_UP, max(0.0, (1 - progress) / (1 - WARM_UP)))
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        loss = loss_of(self._network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._steps += 1
        if self._steps % 4 == 0:
            decay = min(AVERAGING**4, self._steps / (self._steps + 100))
            with torch.no_grad():
                for name, value in self._network.state_dict().items():
                    self._averaged[name].lerp_(value, 1 - decay)
        return float(loss.detach())

    def _report(self, checks: dict[str, list[Example]]) -> None:
        averaged = ReaderNetwork()
        averaged.load_state_dict(self._averaged)
        for name, data in checks.items():
            print(f"  {name}: {quick_check(averaged, data)}", flush=True)

    def _save(self) -> None:
        state = {
            "network": self._network.state_dict(),
            "averaged": self._averaged,
            "optimiser": self._optimiser.state_dict(),
            "steps": self._steps,
        }
        unfinished = self._checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)

    def _load(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._averaged, self._steps = state["averaged"], state["steps"]
        print(f"going on from step {self._steps}", flush=True)


def main() -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Train the reader, from the checkpoint if there is one.")
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors and tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="a folder with the datasets of MIX")
    parser.add_argument("--out", type=Path, required=True, help="where the checkpoint goes")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    Training(options).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
