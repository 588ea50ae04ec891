"""BERT encoders as ONNX graphs, written node by node, with matrices of 7-bit integers.

The exporters that ship with torch need gigabytes of packages and write a graph that changes from version to version.
Here the same weights always give the same bytes. A layer is that of Devlin et al. 2019 (section 3; Vaswani et al. 2017,
section 3).

How a product x W is computed in integers: each row of x is divided by its largest magnitude, so that no row's precision
depends on another's (nor a text's vector on its batch), and rounded to 127 steps either side of zero; each output
column of W is rounded to 63 steps either side of its zero. With 127 steps, processors older than about 2019 would
overflow the 16 bits in which they add two products; with 63 none does. Everything else is 32-bit floating point.

Shapes in this file: B = texts in a batch, S = tokens in the longest of them, H = width, A = heads, D = H / A,
F = inner width of the feed-forward part.

Needs: numpy, onnx.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

# Not installed with Footnote, so mypy does not always find them; where it does, it uses their types.
import onnx  # type: ignore[import-not-found, unused-ignore]
from onnx import TensorProto, helper, numpy_helper  # type: ignore[import-not-found, unused-ignore]

LAYERS, WIDTH, HEADS, HEAD_WIDTH = 6, 384, 12, 32  # of all-MiniLM-L6-v2
LAYER_NORM_EPSILON = 1e-12  # `layer_norm_eps` of the model's config.json
OPSET, IR_VERSION = 20, 9  # the operators' version and the file format of its time
MICROSOFT = "com.microsoft"  # ONNX Runtime's own operators: integer products, biased GELU, attention with a mask
_STEPS_OF_INPUT, _STEPS_OF_WEIGHT = 127, 63
_LEAST_MAGNITUDE = 1e-6  # of a row, so that an empty one is not divided by zero

Floats = npt.NDArray[np.float32]
Weights = dict[str, Floats]


class Graph:
    """Collects nodes and initialisers; every method returns the name of the tensor it made."""

    def __init__(self) -> None:
        """Start empty."""
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add one operator and return the name of its single output."""
        output = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def named_output(self, tensor: str, name: str) -> None:
        """Give a tensor the name under which the model returns it."""
        self.nodes.append(helper.make_node("Identity", [tensor], [name]))

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Store an array under `name`, once, as it is."""
        if all(tensor.name != name for tensor in self.initialisers):
            self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """Store a 1-D int64 constant: a shape, axes or bounds."""
        return self.constant("int64_" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value: float) -> str:
        """Store a float32 scalar."""
        return self.constant(f"float32_{value:g}", np.array(value, np.float32))

    def to_float(self, tensor: str) -> str:
        """Cast to float32."""
        return self.node("Cast", tensor, to=TensorProto.FLOAT)

    def product(self, tensor: str, name: str, weight: Floats) -> str:
        """[..., in] -> [..., out]: x W^T in integers, as the head of this file says. `weight` is [out, in]."""
        magnitude = self.node("ReduceMax", self.node("Abs", tensor), self.integers(-1), keepdims=1)
        magnitude = self.node("Max", magnitude, self.number(_LEAST_MAGNITUDE))
        step = self.number(1 / _STEPS_OF_INPUT)
        middle = self.constant("uint8_128", np.array(128, np.uint8))
        rounded = self.node("QuantizeLinear", self.node("Div", tensor, magnitude), step, middle)
        steps = np.abs(weight).max(axis=1) / _STEPS_OF_WEIGHT
        integers = np.rint(weight / steps[:, None]).astype(np.int8)
        product = self.node(
            "MatMulIntegerToFloat",
            rounded,
            self.constant(f"{name}.integers", integers.T),
            step,
            self.constant(f"{name}.steps", steps.astype(np.float32)),
            middle,
            domain=MICROSOFT,
        )
        return self.node("Mul", product, magnitude)

    def plus(self, tensor: str, name: str, value: Floats) -> str:
        """Add a stored vector to every row."""
        return self.node("Add", tensor, self.constant(name, value))

    def layer_norm(self, tensor: str, name: str, weights: Weights, epsilon: float = LAYER_NORM_EPSILON) -> str:
        """[B, S, H] -> [B, S, H]: layer normalisation over the width."""
        scale, shift = (self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", tensor, scale, shift, axis=-1, epsilon=epsilon)


def add_embeddings(graph: Graph, weights: Weights) -> str:
    """input_ids [B, S] -> [B, S, H]: the sum of word, position and segment vectors, normalised (BERT, figure 2).

    Every token is of segment 0.
    """
    # Rows are looked up as float16 and only they are cast: the table (23 MB) is never expanded in memory.
    words = weights["embeddings.word_embeddings.weight"].astype(np.float16)
    total = graph.to_float(graph.node("Gather", graph.constant("word_embeddings", words), "input_ids"))
    of_segment = weights["embeddings.token_type_embeddings.weight"][0]
    positions = weights["embeddings.position_embeddings.weight"] + of_segment
    stored = graph.to_float(graph.constant("positions", positions.astype(np.float16)))
    length = graph.node("Shape", "input_ids", start=1, end=2)
    here = graph.node("Slice", stored, graph.integers(0), length, graph.integers(0))
    return graph.layer_norm(graph.node("Add", total, here), "embeddings.LayerNorm", weights)


def add_layer(graph: Graph, hidden: str, mask: str, layer: str, weights: Weights) -> str:
    """[B, S, H] -> [B, S, H]: one encoder layer: attention, then feed-forward, each with residual and layer norm.

    `mask` is int32 [B, S], 1 for a token and 0 for padding.
    """
    names = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    three = graph.product(hidden, f"{layer}.qkv", np.concatenate([weights[f"{name}.weight"] for name in names]))
    three = graph.plus(three, f"{layer}.qkv.bias", np.concatenate([weights[f"{name}.bias"] for name in names]))
    parts = [f"{layer}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [three], parts, axis=-1, num_outputs=3))
    mixed = graph.node("MultiHeadAttention", *parts, "", mask, num_heads=HEADS, domain=MICROSOFT)

    def closed(tensor: str, name: str, residual: str) -> str:
        tensor = graph.product(tensor, f"{name}.dense", weights[f"{name}.dense.weight"])
        tensor = graph.plus(tensor, f"{name}.dense.bias", weights[f"{name}.dense.bias"])
        return graph.layer_norm(graph.node("Add", tensor, residual), f"{name}.LayerNorm", weights)

    attended = closed(mixed, f"{layer}.attention.output", hidden)
    inner = graph.product(attended, f"{layer}.intermediate", weights[f"{layer}.intermediate.dense.weight"])
    bias = graph.constant(f"{layer}.intermediate.bias", weights[f"{layer}.intermediate.dense.bias"])
    inner = graph.node("BiasGelu", inner, bias, domain=MICROSOFT)  # [B, S, F]; the exact form with erf
    return closed(inner, f"{layer}.output", attended)


def add_encoder(graph: Graph, weights: Weights) -> str:
    """input_ids, attention_mask (int64 [B, S]) -> [B, S, H]: the state of every token after the last layer."""
    mask = graph.node("Cast", "attention_mask", to=TensorProto.INT32)
    hidden = add_embeddings(graph, weights)
    for number in range(LAYERS):
        hidden = add_layer(graph, hidden, mask, f"encoder.layer.{number}", weights)
    return hidden


def finished(graph: Graph, name: str, producer: str, inputs: list[str], outputs: dict[str, list[str | int]]) -> Any:
    """Return the model: int64 inputs [batch, sequence], float32 outputs of these shapes."""
    axes = ["batch", "sequence"]
    made = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info(one, TensorProto.INT64, axes) for one in inputs],
        [helper.make_tensor_value_info(one, TensorProto.FLOAT, shape) for one, shape in outputs.items()],
        graph.initialisers,
    )
    operators = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(made, producer_name=producer, opset_imports=operators, ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model
