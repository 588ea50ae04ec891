"""Run by test_kill: open the index, sync it, and write each step to standard output as it begins and ends."""

import os
import sys
from pathlib import Path

from tests.index.parts import open_index


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    data, corpus = map(Path, sys.argv[1:])
    say("start")
    index = open_index(data, corpus, before=lambda call: say(f"in {call}"), after=lambda call: say(f"past {call}"))
    say("opened")
    index.sync()
    say("acknowledged")
    index.close()


if __name__ == "__main__":
    main()
