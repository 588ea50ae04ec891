"""Train the judge: reading and verifying in one run, from the published weights or from a file made before.

    python models/train_judge.py --weights FOLDER --data FOLDER --out FOLDER --minutes 120

Resumable: a checkpoint is written every few minutes, and the same command goes on from it. The rate falls to zero over
the minutes of training that are given, so that a run ends when it must, whatever else the machine does. `--bfloat16`
multiplies in 16 bits and keeps the weights in 32: three times as fast on a processor whose `lscpu` lists avx512_bf16
or amx_bf16, at half the speed on one without.

Needs: torch, numpy, tokenizers, safetensors.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, in an environment without Footnote
from models.judge_data import CHANCES, ClaimStream, Sources, read_sources, reading_pairs
from models.judge_examples import ANY_FALSE, TEXT, Example, batches, claim_examples, reading_examples, tensors
from models.judge_network import FUSED, JudgeNetwork, load_published
from models.reader_data import PairMaker
from models.shipped_judge import trained_weights
from models.thesaurus import Thesaurus

RATE, HEAD_RATE, WARM_UP, WEIGHT_DECAY = 6e-5, 4e-4, 0.05, 0.01
AROUND = 2  # sentences before and after those that answer
PAIRS_AT_ONCE = 1_500
READING_SHARE = 0.42  # of the pairs
CHECKPOINT_SECONDS, REPORT_SECONDS = 600, 1_500


def loss_of(network: JudgeNetwork, batch: Sequence[Example]) -> Tensor:
    """Cross-entropy of start and end over the text's tokens and `<s>`, of "answered", and of the verdict."""
    ids, sides, mask = tensors(batch)
    spans, answered, verdicts = network(ids, sides, mask)
    losses = []
    reading = [row for row, example in enumerate(batch) if example.verdict is None]
    if reading:
        allowed = mask[reading] & (sides[reading] == TEXT)
        allowed[:, 0] = True
        logs = spans[reading].masked_fill(~allowed[:, :, None], -1e9).log_softmax(dim=1)
        wanted = torch.zeros_like(logs)
        for place, row in enumerate(reading):
            for end, weights in enumerate((batch[row].start, batch[row].end)):
                for token, weight in weights.items():
                    wanted[place, token, end] = weight
        losses.append(-(logs * wanted).sum(dim=(1, 2)) / 2)
        right = torch.tensor([float(batch[row].answered) for row in reading])
        losses.append(functional.binary_cross_entropy_with_logits(answered[reading], right, reduction="none"))
    judged = [row for row, example in enumerate(batch) if example.verdict is not None]
    if judged:
        logs = verdicts[judged].log_softmax(dim=1)
        labels = torch.tensor([batch[row].verdict for row in judged])
        exact = -logs.gather(1, labels.clamp(min=0)[:, None]).squeeze(1)
        either = -torch.logsumexp(logs[:, 1:], dim=1)
        losses.append(torch.where(labels == ANY_FALSE, either, exact))
    return torch.cat(losses).sum() / len(batch)


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a pair that is labelled scores above one that isn't; ties are broken at random, they are rare."""
    order = np.argsort(scores)
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    right = np.asarray(labels)
    count = int(right.sum())
    return float((ranks[right].sum() - count * (count + 1) / 2) / max(1, count * (len(scores) - count)))


def check_reading(network: JudgeNetwork, data: list[Example]) -> str:
    """Return the share of spans exactly right, and the AUC of "answered". For watching, not reporting."""
    exact, scores, labels = list[bool](), list[float](), list[bool]()
    with torch.no_grad():
        for batch in batches(data, random.Random(0)):
            ids, sides, mask = tensors(batch)
            spans, answered, _ = network(ids, sides, mask)
            best = spans.masked_fill(~(mask & (sides == TEXT))[:, :, None], -1e9).argmax(dim=1)
            for row, example in enumerate(batch):
                scores.append(answered[row].item())
                labels.append(example.answered)
                if example.answered:
                    exact.append(int(best[row, 0]) in example.start and int(best[row, 1]) in example.end)
    return f"exact {np.mean(exact):.3f} of {len(exact)}, AUC {auc(scores, labels):.3f} of {len(labels)}"


def check_claims(network: JudgeNetwork, data: list[Example]) -> str:
    """Return the accuracy of "supported", with the AUC, and of the three verdicts where they are known."""
    scores, labels, three = list[float](), list[bool](), list[bool]()
    with torch.no_grad():
        for batch in batches(data, random.Random(0)):
            verdicts = network(*tensors(batch))[2].softmax(dim=1)
            for row, example in enumerate(batch):
                scores.append(verdicts[row, 0].item())
                labels.append(example.verdict == 0)
                if example.verdict != ANY_FALSE:
                    three.append(int(verdicts[row].argmax()) == example.verdict)
    right = np.mean((np.asarray(scores) > 0.5) == np.asarray(labels))
    of_three = f"three {np.mean(three):.3f} of {len(three)}" if three else "three unknown"
    return f"supported {right:.3f}, AUC {auc(scores, labels):.3f} of {len(labels)}; {of_three}"


class Training:
    """One run: its network, optimiser, time and place in the data."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self.network = JudgeNetwork()
        load_published(self.network, load_file(options.weights / "model.safetensors"))
        if options.start and options.start.suffix == ".onnx":
            trained = {name: torch.from_numpy(value) for name, value in trained_weights(options.start).items()}
            self.network.load_state_dict(trained, strict=False)
        elif options.start:
            self.network.load_state_dict(torch.load(options.start, weights_only=True)["network"])
        self.network.freeze_below(options.frozen)
        new = {"segments", "span", "gathered", "answered", "verdict"}
        named = [(name, one) for name, one in self.network.named_parameters() if one.requires_grad]
        heads = [one for name, one in named if name.split(".")[0] in new]
        matrices = [one for name, one in named if name.split(".")[0] not in new and one.dim() > 1]
        rest = [one for name, one in named if name.split(".")[0] not in new and one.dim() <= 1]
        groups = [
            {"params": heads, "weight_decay": WEIGHT_DECAY, "rate": options.head_rate},
            {"params": matrices, "weight_decay": WEIGHT_DECAY, "rate": options.rate},
            {"params": rest, "weight_decay": 0.0, "rate": options.rate},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=options.rate, fused=True)
        self._steps, self._seconds, self._tokens = 0, 0.0, 0
        self._checkpoint = options.out / "checkpoint.pt"

    def run(self) -> None:
        """Train to the end of the time, from the checkpoint if there is one."""
        train, development = read_sources(self._options.data)
        if self._checkpoint.exists():
            self._load()
        checks = self._checks(development)
        saved = reported = self._seconds
        for batch in self._batches(train):
            begun = time.monotonic()
            loss = self._step(batch)
            self._seconds += time.monotonic() - begun
            if self._steps % 25 == 0:
                speed = self._tokens / max(1.0, self._seconds)
                place = f"step {self._steps}, {self._seconds / 60:.1f} min"
                print(f"{place}: loss {loss:.3f}, {self._tokens:,} tokens, {speed:.0f} a second", flush=True)
            if self._seconds - saved > CHECKPOINT_SECONDS:
                self._save()
                saved = self._seconds
            if self._seconds - reported > REPORT_SECONDS:
                self._report(checks)
                reported = self._seconds
            if self._seconds > self._options.minutes * 60:
                break
        self._save()
        self._report(checks)

    def _batches(self, train: Sources) -> Iterator[list[Example]]:
        chance = random.Random(self._options.seed * 1000 + self._steps)
        makers = {name: PairMaker(questions, AROUND) for name, questions in train.questions.items()}
        sizes = {name: len(questions) for name, questions in train.questions.items()}
        claims = ClaimStream(train, chance)
        thesaurus = Thesaurus(self._options.wordnet) if self._options.wordnet else None
        while True:
            drawn = int(PAIRS_AT_ONCE * READING_SHARE / (1 + sum(CHANCES.values())))
            pairs = reading_pairs(makers, sizes, drawn, chance)
            if thesaurus:
                pairs = [replace(one, question=thesaurus.asked_otherwise(one.question, chance)) for one in pairs]
            data = reading_examples(pairs, self._tokenizer)
            data += claim_examples(claims.take(int(PAIRS_AT_ONCE * (1 - READING_SHARE))), self._tokenizer)
            yield from batches(data, chance)

    def _checks(self, development: Sources) -> dict[str, list[Example]]:
        chance = random.Random(0)
        checks = {}
        for name in ("squad2_dev_half", "train/squad11_train_5pct", "qamr"):
            held = development.questions[name]
            pairs = PairMaker(held, AROUND).pairs(min(1.0, 200 / max(1, len(held))), CHANCES, chance)
            checks[name] = reading_examples(pairs, self._tokenizer)
        claims = [one for name in ("lingnli_train", "mnli_taxinli") for one in development.claims[name]]
        checks["nli"] = claim_examples(chance.sample(claims, 400), self._tokenizer)
        others = [one for name, ones in development.claims.items() for one in ones if "nli" not in name]
        checks["claims"] = claim_examples(chance.sample(others, 400), self._tokenizer)
        made = ClaimStream(Sources(development.questions, {}), chance).take(500)
        checks["made"] = claim_examples(made, self._tokenizer)
        return checks

    def _step(self, batch: Sequence[Example]) -> float:
        progress = self._seconds / (self._options.minutes * 60)
        share = min(1.0, progress / WARM_UP + 0.01, max(0.0, (1 - progress) / (1 - WARM_UP)))
        for group in self._optimiser.param_groups:
            group["lr"] = group["rate"] * share
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._options.bfloat16):
            loss = loss_of(self.network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._steps += 1
        self._tokens += sum(len(example.ids) for example in batch)
        return float(loss.detach())

    def _report(self, checks: dict[str, list[Example]]) -> None:
        for name, data in checks.items():
            found = (check_reading if data[0].verdict is None else check_claims)(self.network, data)
            print(f"  {self._tokens:,} tokens, {name}: {found}", flush=True)

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "place": [self._steps, self._seconds, self._tokens],
        }
        unfinished = self._checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)

    def _load(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._steps, self._seconds, self._tokens = state["place"]
        print(f"going on from step {self._steps}", flush=True)


def main() -> int:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description="Train the judge, from the checkpoint if there is one.")
    parser.add_argument("--weights", type=Path, required=True, help="model.safetensors and tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="the folder of datasets")
    parser.add_argument("--wordnet", type=Path, help="WordNet's files, as Debian's wordnet-base lays them out")
    parser.add_argument("--out", type=Path, required=True, help="where the checkpoint goes")
    parser.add_argument("--start", type=Path, help="a checkpoint, or judge.onnx, to go on from with a new schedule")
    parser.add_argument("--minutes", type=float, required=True, help="of training, over all runs")
    parser.add_argument("--frozen", type=int, default=FUSED, help="layers below this one stay as they are")
    parser.add_argument("--bfloat16", action="store_true", help="multiply in 16 bits, on processors that can")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    Training(options).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
