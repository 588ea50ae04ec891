"""Write the trained judge as `judge.onnx` and `judge-words.bin`, and check that its scores are those of the network.

    python models/export_judge.py --checkpoint FOLDER/checkpoint.pt --data FOLDER --weights FOLDER [--out FOLDER]

Matrices are 7-bit integers (models/onnx_graph.py), word vectors 8-bit integers with one step width a word, in a file of
their own, so that each file stays below what hosts of git take. Scores are near the network's, not equal: the check
reads development pairs with both, and fails above the tolerances below.

Needs: numpy, onnx, onnxruntime, torch, tokenizers.
"""

import argparse
import os
import random
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx  # type: ignore[import-not-found, unused-ignore]  # not installed with Footnote
import torch
from onnx import TensorProto, helper  # type: ignore[import-not-found, unused-ignore]
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, in an environment without Footnote
from models.judge_data import CHANCES, QUESTIONS, ClaimStream, read_sources
from models.judge_examples import TEXT, Example, batches, claim_examples, reading_examples, tensors
from models.judge_network import (
    EPSILON,
    FIRST_POSITION,
    FUSED,
    HEADS,
    LAYERS,
    SIDES,
    JudgeNetwork,
    position_buckets,
)
from models.onnx_graph import MICROSOFT, Floats, Graph, Weights, finished
from models.reader_data import PairMaker

MODEL_FILE, WORDS_FILE = "judge.onnx", "judge-words.bin"
OUTPUTS = ("spans", "answered", "verdicts")
MOST_TOKENS = 256  # for which relative positions are kept
CHECKED_PAIRS = 300
# What rounding to integers may cost: how often both name the same tokens as start and end, and the same verdicts.
LEAST_SAME_SPANS, LEAST_SAME_ANSWERED, LEAST_SAME_VERDICTS = 0.80, 0.95, 0.93
_STEPS_OF_WORDS = 127


def add_words(graph: Graph, words: Floats) -> str:
    """input_ids [B, S] -> [B, S, H]: the words' vectors, from 8-bit integers with one step width for each word."""
    steps = np.abs(words).max(axis=1) / _STEPS_OF_WORDS + 1e-12
    integers = graph.constant("words.integers", np.rint(words / steps[:, None]).astype(np.int8))
    widths = graph.constant("words.steps", steps.astype(np.float32)[:, None])
    rows = graph.to_float(graph.node("Gather", integers, "input_ids"))
    return graph.node("Mul", rows, graph.node("Gather", widths, "input_ids"))


def add_relative_positions(graph: Graph, relative: Floats, length: str) -> str:
    """[1, A, S, S]: what attention scores gain by the distance between query and key."""
    buckets = position_buckets(MOST_TOKENS)
    by_distance = relative[np.concatenate([buckets[-1, :-1], buckets[0]])]  # key minus query, from -(most - 1) on
    zero, one = graph.constant("zero", np.array(0)), graph.constant("one", np.array(1))
    places = graph.node("Range", zero, graph.node("Squeeze", length), one)
    keys, queries = (graph.node("Unsqueeze", places, graph.integers(axis)) for axis in (0, 1))
    distance = graph.node("Add", graph.node("Sub", keys, queries), graph.constant("middle", np.array(MOST_TOKENS - 1)))
    found = graph.node("Gather", graph.constant("relative", by_distance.astype(np.float32)), distance)
    return graph.node("Unsqueeze", graph.node("Transpose", found, perm=[2, 0, 1]), graph.integers(0))


def add_segments(graph: Graph, segments: Floats) -> str:
    """[B, S] -> [B, S, H]: the vector of each token's side, of another where the other side holds the same token."""

    def pairwise_equal(tensor: str) -> str:
        two = (graph.node("Unsqueeze", tensor, graph.integers(axis)) for axis in (2, 1))
        return graph.node("Equal", *two)

    # Padding needs no mask: its token occurs nowhere else.
    other_side = graph.node("Not", pairwise_equal("sides"))
    same = graph.node("Cast", graph.node("And", pairwise_equal("input_ids"), other_side), to=TensorProto.INT32)
    matched = graph.node("Cast", graph.node("ReduceMax", same, graph.integers(2), keepdims=0), to=TensorProto.INT64)
    number = graph.node("Add", "sides", graph.node("Mul", matched, graph.constant("sides_count", np.array(SIDES))))
    return graph.node("Gather", graph.constant("segments", segments), number)


def add_layer(graph: Graph, hidden: str, mask: str, bias: str, layer: str, weights: Weights) -> str:
    """[B, S, H] -> [B, S, H]: one encoder layer (models/judge_network.py); `bias` is [1, A, S, S]."""
    three = graph.product(hidden, f"{layer}.qkv", weights[f"{layer}.queries_keys_values.weight"])
    three = graph.plus(three, f"{layer}.qkv.bias", weights[f"{layer}.queries_keys_values.bias"])
    parts = [f"{layer}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [three], parts, axis=-1, num_outputs=3))
    mixed = graph.node("MultiHeadAttention", *parts, "", mask, bias, num_heads=HEADS, domain=MICROSOFT)

    def closed(tensor: str, name: str, norm: str, residual: str) -> str:
        tensor = graph.plus(
            graph.product(tensor, name, weights[f"{name}.weight"]), f"{name}.bias", weights[f"{name}.bias"]
        )
        return graph.layer_norm(graph.node("Add", tensor, residual), norm, weights, EPSILON)

    attended = closed(mixed, f"{layer}.attended", f"{layer}.attention_norm", hidden)
    inner = graph.product(attended, f"{layer}.inner", weights[f"{layer}.inner.weight"])
    inner = graph.node(
        "BiasGelu", inner, graph.constant(f"{layer}.inner.bias", weights[f"{layer}.inner.bias"]), domain=MICROSOFT
    )
    return closed(inner, f"{layer}.outer", f"{layer}.output_norm", attended)


def add_heads(graph: Graph, hidden: str, weights: Weights) -> None:
    """Name the three outputs: spans [B, S, 2], answered [B], verdicts [B, 3]."""

    def linear(tensor: str, name: str) -> str:
        product = graph.node("MatMul", tensor, graph.constant(f"{name}.weight", weights[f"{name}.weight"].T))
        return graph.plus(product, f"{name}.bias", weights[f"{name}.bias"])

    first = graph.node("Slice", hidden, graph.integers(0), graph.integers(1), graph.integers(1))
    kept = graph.node("Unsqueeze", graph.to_float("attention_mask"), graph.integers(2))
    total = graph.node("ReduceSum", graph.node("Mul", hidden, kept), graph.integers(1), keepdims=0)
    mean = graph.node("Div", total, graph.node("ReduceSum", kept, graph.integers(1), keepdims=0))
    both = graph.node("Concat", graph.node("Squeeze", first, graph.integers(1)), mean, axis=1)
    gathered = graph.node("Tanh", linear(both, "gathered"))
    graph.named_output(linear(hidden, "span"), "spans")
    graph.named_output(graph.node("Squeeze", linear(gathered, "answered"), graph.integers(1)), "answered")
    graph.named_output(linear(gathered, "verdict"), "verdicts")


def build_model(state: Mapping[str, torch.Tensor]) -> Any:
    """Return the model: input_ids, attention_mask, sides [B, S] -> spans [B, S, 2], answered [B], verdicts [B, 3]."""
    weights = {name: tensor.numpy().astype(np.float32) for name, tensor in state.items()}
    graph = Graph()
    mask = graph.node("Cast", "attention_mask", to=TensorProto.INT32)
    length = graph.node("Shape", "input_ids", start=1, end=2)
    positions = weights["positions.weight"][FIRST_POSITION : FIRST_POSITION + MOST_TOKENS].astype(np.float16)
    stored = graph.to_float(graph.constant("positions", positions))
    here = graph.node("Slice", stored, graph.integers(0), length, graph.integers(0))
    hidden = graph.node("Add", add_words(graph, weights["words.weight"]), here)
    hidden = graph.layer_norm(hidden, "norm", weights, EPSILON)
    bias = add_relative_positions(graph, weights["relative.weight"], length)
    for number in range(LAYERS):
        if number == FUSED:
            hidden = graph.node("Add", hidden, add_segments(graph, weights["segments.weight"]))
        hidden = add_layer(graph, hidden, mask, bias, f"layers.{number}", weights)
    add_heads(graph, hidden, weights)
    shapes: dict[str, list[str | int]] = {
        "spans": ["batch", "sequence", 2],
        "answered": ["batch"],
        "verdicts": ["batch", 3],
    }
    inputs = ["input_ids", "attention_mask", "sides"]
    return finished(graph, "footnote-judge", "footnote models/export_judge.py", inputs, shapes)


def write(model: Any, folder: Path) -> None:
    """Write both files; the words' vectors lie beside the graph."""
    words = next(one for one in model.graph.initializer if one.name == "words.integers")
    (folder / WORDS_FILE).write_bytes(words.raw_data)
    onnx.external_data_helper.set_external_data(words, WORDS_FILE)
    words.ClearField("raw_data")
    words.data_location = TensorProto.EXTERNAL
    (folder / MODEL_FILE).write_bytes(model.SerializeToString(deterministic=True))


def development_examples(data: Path, tokenizer: Tokenizer) -> list[Example]:
    """Return pairs to read and to verify that nothing was trained on, the same ones every time."""
    _, held = read_sources(data)
    chance = random.Random(0)
    pairs = [pair for name in QUESTIONS for pair in PairMaker(held.questions[name], 2).pairs(0.3, CHANCES, chance)]
    made = reading_examples(chance.sample(pairs, CHECKED_PAIRS), tokenizer)
    return made + claim_examples(ClaimStream(held, chance).take(CHECKED_PAIRS), tokenizer)


def check(model: Path, network: JudgeNetwork, data: list[Example]) -> bool:
    """Compare the file with the network, print the figures, and return whether they are within the tolerances."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import, which reads it
    import onnxruntime  # imported here for the line above

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    same: dict[str, list[bool]] = {name: [] for name in OUTPUTS}
    for batch in batches(data, random.Random(0)):
        ids, sides, mask = tensors(batch)
        with torch.no_grad():
            theirs = [tensor.numpy() for tensor in network(ids, sides, mask)]
        feed = {"input_ids": ids, "attention_mask": mask.long(), "sides": sides}
        ours = session.run(list(OUTPUTS), {name: tensor.numpy() for name, tensor in feed.items()})
        hidden = np.where((mask & (sides == TEXT)).numpy(), 0, -1e9)[:, :, None]
        for row, example in enumerate(batch):
            if example.verdict is not None:
                same["verdicts"].append(bool(ours[2][row].argmax() == theirs[2][row].argmax()))
                continue
            same["answered"].append(bool((ours[1][row] > 0) == (theirs[1][row] > 0)))
            if example.answered:
                two = ((ours[0] + hidden)[row].argmax(axis=0), (theirs[0] + hidden)[row].argmax(axis=0))
                same["spans"].append(bool((two[0] == two[1]).all()))
    least = dict(zip(OUTPUTS, (LEAST_SAME_SPANS, LEAST_SAME_ANSWERED, LEAST_SAME_VERDICTS), strict=True))
    for name, found in same.items():
        print(f"same {name:9} {np.mean(found):.3f} of {len(found)}   (allowed {least[name]})")
    return all(np.mean(found) >= least[name] for name, found in same.items())


def main() -> int:
    """Read the command line, build, check and write; 1 when the check fails, and then the files are taken away."""
    parser = argparse.ArgumentParser(description=f"Write {MODEL_FILE} from a checkpoint of train_judge.py.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the folder of datasets that was trained on")
    parser.add_argument("--weights", type=Path, required=True, help="where the published tokenizer.json lies")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)["network"]
    network = JudgeNetwork()
    network.load_state_dict(state)
    network.eval()
    tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    building = options.out / "unchecked"
    building.mkdir(exist_ok=True)
    write(build_model(state), building)
    tokenizer.save(str(building / "judge-tokenizer.json"), pretty=False)
    passed = check(building / MODEL_FILE, network, development_examples(options.data, tokenizer))
    for made in building.iterdir():
        if passed:
            made.replace(options.out / made.name)
    shutil.rmtree(building)
    if not passed:
        print("FAILED: nothing was written", file=sys.stderr)
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
