"""Nothing that we import calls home or leaves anything in the home folder."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from index.embedding import MiniLMEmbedder
MiniLMEmbedder().embed(["A sentence."])
import index.vectors, index.sources, qa.answerer, api.app
"""


def test_the_model_and_all_libraries_leave_the_home_folder_alone(tmp_path: Path):
    # The runtime of the model would keep an identifier there, for the events that it sends.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    subprocess.run([sys.executable, "-c", PROGRAM], env=environment | {"HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []
