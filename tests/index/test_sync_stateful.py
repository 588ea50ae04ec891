"""Random edits, syncs, kills and questions, against a simple model in memory."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.errors import VectorStoreError
from tests.index.parts import OpenIndex, open_index

NAMES = st.sampled_from(["a.txt", "b.txt", "ü/c.txt", "ü/d e.md", "🌉.txt"])
# Each word is a text of its own, so that a question for a word tells which texts are searchable.
TOPICS = ["harbour", "bridge", "comet", "glacier", "verdict"]
TEXTS = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=5, unique=True).map(
    lambda topics: "\n".join(f"News of the {topic} today: the {topic} is here." for topic in topics)
)
STEPS = st.sampled_from(
    [
        "catalogue.stage",
        "vectors.upsert",
        "catalogue.replace",
        "vectors.delete",
        "catalogue.settled",
        "catalogue.remove",
    ]
)


class Killed(VectorStoreError):
    """Stands for a kill: nothing after it runs."""


class IndexMachine(RuleBasedStateMachine):
    """The model: what the folder holds, what the last completed sync saw, and what a killed one may have seen."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "articles"
        self.folder.mkdir()
        # A folder from which everything vanished is refused; this one stays.
        (self.folder / "always.txt").write_text("The weather.", encoding="utf-8")
        self.synced: dict[str, str] = {}
        self.kill_at: tuple[str, bool] | None = None
        self.index: OpenIndex = self.open()

    def open(self) -> OpenIndex:
        return open_index(
            self.place / "data",
            self.folder,
            before=lambda call: self.maybe_kill(call, after=False),
            after=lambda call: self.maybe_kill(call, after=True),
        )

    def maybe_kill(self, call: str, *, after: bool) -> None:
        if self.kill_at == (call, after):
            raise Killed("killed here")

    def files(self) -> dict[str, str]:
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        if (self.folder / old).exists():
            (self.folder / new).parent.mkdir(exist_ok=True)
            (self.folder / old).rename(self.folder / new)

    @rule()
    def sync(self) -> None:
        self.index.sync()
        self.synced = self.files()
        self.index.assert_whole()

    @rule(step=STEPS, after=st.booleans())
    def sync_and_be_killed(self, step: str, after: bool) -> None:
        self.kill_at = (step, after)
        try:
            self.index.sync()
        except Killed:
            pass
        else:
            self.synced = self.files()
        self.kill_at = None
        self.index.close()
        self.index = self.open()
        self.index.assert_whole()
        # Each article is as the last sync left it, or as the killed one was about to.
        found, present = self.index.indexed(), self.files()
        for file in {*found, *self.synced, *present}:
            assert found.get(file) in {self.synced.get(file), present.get(file)}
        self.synced = found

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = self.open()
        self.index.assert_whole()

    @rule(topic=st.sampled_from(TOPICS))
    def ask(self, topic: str) -> None:
        found = {p.file for p in self.index.retriever.search(topic, top_k=100) if p.lexical_rank}
        assert found == {file for file, text in self.synced.items() if topic in text}

    @invariant()
    def the_index_is_what_was_synced(self) -> None:
        assert self.index.indexed() == self.synced

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.index.close()
            shutil.rmtree(self.place)


TestIndex = IndexMachine.TestCase
# A step opens and closes real databases; a dozen runs of twenty steps take some ten seconds.
TestIndex.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
