"""Pairs to read and to verify, as the judge is given them: tokens, sides, and what is right."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from models.judge_network import PADDING, SEPARATOR, START, VERDICTS
from models.made_claims import Claim
from models.made_words import NOT_SUPPORTED
from models.reader_data import Pair

MAX_TOKENS, MAX_LEFT_TOKENS = 208, 64
TOKENS_IN_BATCH = 1_536
QUESTION, STATEMENT, TEXT = 0, 1, 2
ANY_FALSE = -1


@dataclass(frozen=True, slots=True)
class Example:
    """A pair in tokens. `start` and `end` weigh the tokens where marked answers start and end; none: no answer, `<s>`.

    `verdict` is the place of the label in VERDICTS, ANY_FALSE for NOT_SUPPORTED, None for a pair to read.
    """

    ids: list[int]
    text_from: int
    start: dict[int, float]
    end: dict[int, float]
    answered: bool
    verdict: int | None


def reading_examples(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[Example]:
    """Tokenise; pairs whose marked answers are all cut off by the length limit are left out."""
    questions = tokenizer.encode_batch([pair.question for pair in pairs], add_special_tokens=False)
    texts = tokenizer.encode_batch([pair.text for pair in pairs], add_special_tokens=False)
    made = []
    for pair, question, text in zip(pairs, questions, texts, strict=True):
        head = [START, *question.ids[:MAX_LEFT_TOKENS], SEPARATOR, SEPARATOR]
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
        made.append(
            Example([*head, *text.ids[first : first + room], SEPARATOR], len(head), starts, ends, bool(found), None)
        )
    return made


def claim_examples(claims: Sequence[Claim], tokenizer: Tokenizer) -> list[Example]:
    """Tokenise; claims that do not fit are left out, since what is cut off might decide."""
    statements = tokenizer.encode_batch([one.statement for one in claims], add_special_tokens=False)
    texts = tokenizer.encode_batch([one.evidence for one in claims], add_special_tokens=False)
    made = []
    for claim, statement, text in zip(claims, statements, texts, strict=True):
        head = [START, *statement.ids, SEPARATOR, SEPARATOR]
        if len(head) + len(text.ids) < MAX_TOKENS and len(statement.ids) <= MAX_LEFT_TOKENS:
            verdict = ANY_FALSE if claim.label == NOT_SUPPORTED else VERDICTS.index(claim.label)
            made.append(Example([*head, *text.ids, SEPARATOR], len(head), {}, {}, answered=False, verdict=verdict))
    return made


def batches(data: list[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of about TOKENS_IN_BATCH tokens, of examples of like length, in random order."""
    made, batch = [], list[Example]()
    for example in sorted(data, key=lambda one: len(one.ids) + chance.random() * 8):
        if batch and (len(batch) + 1) * len(example.ids) > TOKENS_IN_BATCH:
            made.append(batch)
            batch = []
        batch.append(example)
    made.append(batch)
    chance.shuffle(made)
    return made


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Return what the network reads: ids, sides, mask [B, S]."""
    longest = max(len(example.ids) for example in batch)
    ids = np.full((len(batch), longest), PADDING, dtype=np.int64)
    sides = np.full((len(batch), longest), TEXT, dtype=np.int64)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = example.ids
        sides[row, : example.text_from] = QUESTION if example.verdict is None else STATEMENT
    return torch.from_numpy(ids), torch.from_numpy(sides), torch.from_numpy(ids != PADDING)
