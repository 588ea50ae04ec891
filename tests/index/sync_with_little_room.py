"""Run by test_full_disk: sync with a limit on how large any file may grow, as a full disk would have it."""

import resource
import sys
from pathlib import Path

from index.errors import IndexingError
from tests.index.parts import open_index


def main() -> None:
    data, corpus, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        index = open_index(data, corpus)
        index.sync()
        index.close()
    except (IndexingError, OSError) as error:
        print(f"refused: {error}")
        sys.exit(3)


if __name__ == "__main__":
    main()
