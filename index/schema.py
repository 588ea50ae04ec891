"""The catalogue's tables: `MIGRATIONS[n]` leads from schema n to n + 1, and 0 is an empty file.

A migration that has been released is never edited; a change of the tables is a new one.
"""

CATALOGUE_FILE = "catalogue.sqlite3"  # its name in a data folder

_FIRST = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        file TEXT NOT NULL UNIQUE,
        title TEXT,
        publisher TEXT,
        published TEXT,             -- YYYY-MM-DD
        text TEXT NOT NULL,
        sha256 TEXT NOT NULL,       -- of the file's bytes
        fingerprint TEXT NOT NULL   -- of all that decides the rows below: the bytes, the reader and the splitter
    )
    """,
    """
    CREATE TABLE chunks (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article_id TEXT NOT NULL REFERENCES articles (id),
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,     -- code points into articles.text
        end INTEGER NOT NULL,       -- exclusive
        text TEXT NOT NULL,
        title TEXT,                 -- title and publisher stand here too, because the word index is built on this table
        publisher TEXT,
        sentences TEXT NOT NULL,    -- JSON: [[start, end], ...]
        vector_key TEXT NOT NULL
    )
    """,
    "CREATE INDEX chunks_by_article ON chunks (article_id, ordinal)",
    "CREATE INDEX chunks_by_vector ON chunks (vector_key)",
    "CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)",
    # Chunks whose presence in the vector store may not match `chunks`: noted before each change there, struck out
    # after it, and made equal again at the next start when a process was killed in between.
    "CREATE TABLE unsettled (chunk_id TEXT PRIMARY KEY) WITHOUT ROWID",
    """
    CREATE VIRTUAL TABLE chunk_words USING fts5 (
        text, title, publisher,
        content = 'chunks', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE chunk_terms USING fts5vocab (chunk_words, row)",
    """
    CREATE TRIGGER chunks_added AFTER INSERT ON chunks BEGIN
        INSERT INTO chunk_words (rowid, text, title, publisher)
        VALUES (new.row, new.text, new.title, new.publisher);
    END
    """,
    """
    CREATE TRIGGER chunks_removed AFTER DELETE ON chunks BEGIN
        INSERT INTO chunk_words (chunk_words, rowid, text, title, publisher)
        VALUES ('delete', old.row, old.text, old.title, old.publisher);
    END
    """,
)

# A file may hold many articles (JSON), so what was read moves to a table of its own; an article whose text was
# extracted (HTML, PDF, ...) says by what.
_SOURCES = (
    "CREATE TABLE sources (file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO sources SELECT file, fingerprint FROM articles",
    "ALTER TABLE articles ADD COLUMN source TEXT NOT NULL DEFAULT ''",
    "UPDATE articles SET source = file",
    "ALTER TABLE articles ADD COLUMN extractor TEXT",
    "ALTER TABLE articles DROP COLUMN fingerprint",
    "CREATE INDEX articles_by_source ON articles (source)",
)

# Names come in several spellings, and questions with slips (see index.spelling).
_SPELLINGS = (
    """
    CREATE TABLE spellings (
        stem TEXT PRIMARY KEY,
        backwards TEXT NOT NULL,    -- its letters from last to first
        consonants TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX spellings_by_backwards ON spellings (backwards)",
    "CREATE INDEX spellings_by_consonants ON spellings (consonants)",
    "CREATE INDEX articles_by_publisher ON articles (publisher)",
)

# Where each stem stands, without SQLite's own scoring: a table that holds nothing itself.
_OCCURRENCES = ("CREATE VIRTUAL TABLE chunk_occurrences USING fts5vocab (chunk_words, instance)",)

# What near copies are known by (see index.copies); for articles that were indexed before, it is made when asked for.
_SKETCHES = ("ALTER TABLE articles ADD COLUMN sketch BLOB",)

# What stretches of a text are beside text, who wrote it, and what heads the cells of a table that began in the chunk
# before. Articles that were indexed before get them when the next sync reads their files again.
_MARKS = (
    "ALTER TABLE articles ADD COLUMN author TEXT",
    "ALTER TABLE articles ADD COLUMN marks TEXT NOT NULL DEFAULT '[]'",  # JSON: [[start, end, kind, label], ...]
    "ALTER TABLE chunks ADD COLUMN marks TEXT NOT NULL DEFAULT '[]'",  # those that overlap the chunk
    "ALTER TABLE chunks ADD COLUMN headings TEXT",
    "DROP TRIGGER chunks_added",
    "DROP TRIGGER chunks_removed",
    "DROP TABLE chunk_terms",
    "DROP TABLE chunk_occurrences",
    "DROP TABLE chunk_words",
    """
    CREATE VIRTUAL TABLE chunk_words USING fts5 (
        text, title, publisher, headings,
        content = 'chunks', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE chunk_terms USING fts5vocab (chunk_words, row)",
    "CREATE VIRTUAL TABLE chunk_occurrences USING fts5vocab (chunk_words, instance)",
    """
    CREATE TRIGGER chunks_added AFTER INSERT ON chunks BEGIN
        INSERT INTO chunk_words (rowid, text, title, publisher, headings)
        VALUES (new.row, new.text, new.title, new.publisher, new.headings);
    END
    """,
    """
    CREATE TRIGGER chunks_removed AFTER DELETE ON chunks BEGIN
        INSERT INTO chunk_words (chunk_words, rowid, text, title, publisher, headings)
        VALUES ('delete', old.row, old.text, old.title, old.publisher, old.headings);
    END
    """,
    "INSERT INTO chunk_words (chunk_words) VALUES ('rebuild')",
)

MIGRATIONS = (_FIRST, _SOURCES, _SPELLINGS, _OCCURRENCES, _SKETCHES, _MARKS)
SCHEMA_VERSION = len(MIGRATIONS)
