"""The model files Footnote ships and the scripts that make them.

The run time reads only the `.onnx` and `.bin` files and the tokenizers; the scripts need packages that are not
installed with Footnote and are run by hand when a model changes. `MODEL_CARD.md` says where each file comes from, what
was checked, and how to make it again; `NOTICE` names its authors.
"""
