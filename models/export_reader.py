"""Write the trained reader as `reader.onnx`, and check that its scores are those of the torch network.

    python models/export_reader.py --checkpoint FOLDER/checkpoint.pt --pairs FOLDER [--out FOLDER]

The file's matrices are 7-bit integers (models/onnx_graph.py), so its scores are near the network's, not equal: the
check reads development questions of `--pairs` (the data that train_reader.py read) with both, and fails above the
tolerances below.

Needs: numpy, onnx, onnxruntime, torch, tokenizers.
"""

import argparse
import os
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import TensorProto
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, in an environment without Footnote
from models.build_embedder import write
from models.onnx_graph import LAYERS, Floats, Graph, Weights, add_encoder, finished
from models.reader_data import CHANCES, PairMaker, split
from models.reader_network import SEGMENTS, ReaderNetwork, attention_names, published_names
from models.train_reader import Batch, Example, batches, collate, examples

MODEL_FILE = "reader.onnx"
SPANS, ANSWERABLE = "spans", "answerable"
CHECKED_PAIRS = 600
# What rounding to integers may cost: the mean distance of scores that spread over about 20, and how often both name the
# same tokens as start and end, and the same verdict at zero.
LARGEST_MEAN_DISTANCE, LEAST_SAME_SPANS, LEAST_SAME_VERDICTS = 0.35, 0.93, 0.96


def published_weights(state: Mapping[str, torch.Tensor]) -> Weights:
    """Return the encoder's weights under the names of the published BERT files, which models/onnx_graph.py reads."""
    own = {name: tensor.numpy().astype(np.float32) for name, tensor in state.items()}
    found: dict[str, Floats] = {
        "embeddings.word_embeddings.weight": own["words.weight"],
        "embeddings.position_embeddings.weight": own["positions.weight"],
        "embeddings.token_type_embeddings.weight": own["segments.weight"],
    }
    for part in ("weight", "bias"):
        found |= {f"{theirs}.{part}": own[f"{ours}.{part}"] for ours, theirs in published_names().items()}
        for number in range(LAYERS):
            joined, three = attention_names(number, part)
            found |= zip(three, np.split(own[joined], 3), strict=True)
    return found


def add_segments(graph: Graph) -> str:
    """Turn segments [B, S] (0 question, 1 text) into 0 to 3: plus 2 where the other side holds the same token."""

    def pairwise_equal(tensor: str) -> str:
        return graph.node(
            "Equal",
            graph.node("Unsqueeze", tensor, graph.integers(2)),
            graph.node("Unsqueeze", tensor, graph.integers(1)),
        )

    # Padding needs no mask: its token occurs nowhere else.
    other_side = graph.node("Not", pairwise_equal("segments"))
    same = graph.node("Cast", graph.node("And", pairwise_equal("input_ids"), other_side), to=TensorProto.INT32)
    matched = graph.node("Cast", graph.node("ReduceMax", same, graph.integers(2), keepdims=0), to=TensorProto.INT64)
    return graph.node(
        "Add", "segments", graph.node("Mul", matched, graph.constant("int64_two", np.array(SEGMENTS // 2)))
    )


def build_model(state: Mapping[str, torch.Tensor]) -> Any:
    """Return the model: input_ids, attention_mask, segments [B, S] -> spans [B, S, 2], answerable [B]."""
    graph = Graph()
    hidden = add_encoder(graph, published_weights(state), add_segments(graph))

    def linear(tensor: str, name: str) -> str:
        weight, bias = (state[f"{name}.{part}"].numpy() for part in ("weight", "bias"))
        return graph.plus(
            graph.node("MatMul", tensor, graph.constant(f"{name}.weight", weight.T)), f"{name}.bias", bias
        )

    graph.named_output(linear(hidden, "span"), SPANS)
    first = graph.node(
        "Squeeze",
        graph.node("Slice", hidden, graph.integers(0), graph.integers(1), graph.integers(1)),
        graph.integers(1),
    )
    judged = linear(graph.node("Tanh", linear(first, "judge")), "answerable")
    graph.named_output(graph.node("Squeeze", judged, graph.integers(1)), ANSWERABLE)
    outputs: dict[str, list[str | int]] = {SPANS: ["batch", "sequence", 2], ANSWERABLE: ["batch"]}
    inputs = ["input_ids", "attention_mask", "segments"]
    return finished(graph, "footnote-reader", "footnote models/export_reader.py", inputs, outputs)


def development_examples(data: Path, tokenizer: Tokenizer) -> list[Example]:
    """Return pairs that no training mix holds, the same ones every time."""
    _, development = split(data)
    made = [
        example
        for held in development.values()
        for example in examples(PairMaker(held).pairs(1, CHANCES, random.Random(0)), tokenizer)
    ]
    return random.Random(0).sample(made, min(CHECKED_PAIRS, len(made)))


def scores_of(session: Any, batch: Batch) -> tuple[Floats, Floats]:
    """Run the exported file on a batch."""
    feed = {"input_ids": batch.ids, "attention_mask": batch.mask.long(), "segments": batch.segments}
    spans, answerable = session.run([SPANS, ANSWERABLE], {name: tensor.numpy() for name, tensor in feed.items()})
    return spans, answerable


def check(model: bytes, network: ReaderNetwork, data: list[Example]) -> bool:
    """Compare the file with the network, print the figures, and return whether they are within the tolerances."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import, which reads it
    import onnxruntime  # imported here for the line above

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    distances, same_spans, same_verdicts = [], [], []
    for batch in map(collate, batches(data, random.Random(0))):
        with torch.no_grad():
            spans, answerable = (tensor.numpy() for tensor in network(batch.ids, batch.segments, batch.mask))
        ours, judged = scores_of(session, batch)
        allowed = batch.allowed.numpy()[:, :, None]
        distances += [
            np.abs(np.where(allowed, ours - spans, 0)).sum() / (2 * allowed.sum()),
            np.abs(judged - answerable).mean(),
        ]
        hidden = np.where(allowed, 0, -1e9)
        same_spans += ((ours + hidden).argmax(axis=1) == (spans + hidden).argmax(axis=1)).all(axis=1).tolist()
        same_verdicts += ((judged > 0) == (answerable > 0)).tolist()
    found = float(np.mean(distances)), float(np.mean(same_spans)), float(np.mean(same_verdicts))
    print(f"pairs                    {len(data)}")
    print(f"mean distance of scores  {found[0]:.3f}   (allowed {LARGEST_MEAN_DISTANCE})")
    print(f"same start and end       {found[1]:.3f}   (allowed {LEAST_SAME_SPANS})")
    print(f"same verdict             {found[2]:.3f}   (allowed {LEAST_SAME_VERDICTS})")
    return found[0] <= LARGEST_MEAN_DISTANCE and found[1] >= LEAST_SAME_SPANS and found[2] >= LEAST_SAME_VERDICTS


def main() -> int:
    """Read the command line, build, check and write; 1 when the check fails, and then nothing is written."""
    parser = argparse.ArgumentParser(description=f"Write {MODEL_FILE} from a checkpoint of train_reader.py.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True, help="the folder of datasets that was trained on")
    parser.add_argument("--tokenizer", type=Path, default=Path(__file__).parent / "tokenizer.json")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)["averaged"]
    network = ReaderNetwork()
    network.load_state_dict(state)
    network.eval()
    model = build_model(state).SerializeToString(deterministic=True)
    if not check(model, network, development_examples(options.pairs, Tokenizer.from_file(str(options.tokenizer)))):
        print("FAILED: nothing was written", file=sys.stderr)
        return 1
    write(options.out / MODEL_FILE, model)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
