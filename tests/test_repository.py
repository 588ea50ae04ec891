"""What must stay true of the repository as a whole."""

import calendar
import hashlib
import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "qa", "api", "eval", "cli", "models", "bench")
# The five articles of the first corpus are copied unchanged.
SEEDS = {
    "000_0dc4f64b2f70c8d3.txt": "0cbab2e50f302ec10d2728f90ff608a165dac43487710e81537d6809575d8227",
    "001_4e34403e265db05a.txt": "0e1eb38ceb7bf78807c067c64a0c725809a27dd4797498cf9b9297de658b5138",
    "002_90e20675c10ac602.txt": "31a71660267992380e2e59e1915f79963ca9ae51ea99491b0b7c48c7d5382327",
    "003_463f5c1d11f4367e.txt": "67cb7ca35816e0deb4a7e5cc44a6a900565b9cff283bdb29763e11b55b97c379",
    "004_28f8cdb5c54e66c1.txt": "0c85149292b0e0af7205ee47af87cc1845da020216181d70ec2b9cb7e781e9e9",
}
CALENDAR = {*calendar.month_name, *calendar.day_name}


def sources() -> dict[Path, str]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in {".py", ".js"}]
    return {path: path.read_text(encoding="utf-8") for path in found}


def seeds_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))


def test_the_seeds_are_as_they_were_given():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    assert found == SEEDS


def test_no_name_of_the_seeds_stands_in_the_code():
    """Two capitalised words in a row, such as a person's name; and any capitalised word that begins no sentence."""
    words = re.findall(r"[\w’'-]+|[.!?:“\"\n]", seeds_text())
    names = {
        word for before, word in pairwise(words) if re.match(r"[A-Z][a-z]{3,}$", word) and re.match(r"[a-z]", before)
    }
    common = {word for word in names if re.search(rf"\b{word.lower()}\b", seeds_text())} | CALENDAR
    for path, text in sources().items():
        assert not {word for word in names - common if re.search(rf"\b{word}\b", text)}, path


def test_no_phrase_of_the_seeds_stands_in_the_code():
    words = re.findall(r"\w+", seeds_text().lower())
    phrases = {" ".join(words[start : start + 5]) for start in range(len(words) - 4)}
    for path, text in sources().items():
        spoken = re.findall(r"\w+", text.lower())
        assert not {" ".join(spoken[start : start + 5]) for start in range(len(spoken) - 4)} & phrases, path


def test_the_lock_file_holds_hashes_and_no_addresses():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index-url|--find-links", lock)


def test_nothing_heavy_is_a_dependency():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(torch|transformers|sentence-transformers)==", lock, re.MULTILINE)


def test_modules_stay_small():
    long = {
        str(path.relative_to(ROOT)): count
        for path, text in sources().items()
        if (count := len(text.splitlines())) > 320
    }
    assert long == {}
