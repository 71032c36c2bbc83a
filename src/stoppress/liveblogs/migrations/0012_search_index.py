"""The index by which readers find posts, over `page_text`, as each database keeps one.

Why, and what a later migration that rebuilds the table must do: docs/decisions/0024-search-index.md.
"""

from django.db import migrations

_SQLITE = (
    """
    CREATE VIRTUAL TABLE page_search USING fts5(
        title_words, text_words, content='page_text', content_rowid='id', prefix='2 3',
        tokenize="unicode61 remove_diacritics 2")
    """,
    """
    CREATE TRIGGER page_text_added AFTER INSERT ON page_text BEGIN
        INSERT INTO page_search (rowid, title_words, text_words) VALUES (new.id, new.title_words, new.text_words);
    END
    """,
    """
    CREATE TRIGGER page_text_gone AFTER DELETE ON page_text BEGIN
        INSERT INTO page_search (page_search, rowid, title_words, text_words)
        VALUES ('delete', old.id, old.title_words, old.text_words);
    END
    """,
    """
    CREATE TRIGGER page_text_changed AFTER UPDATE ON page_text BEGIN
        INSERT INTO page_search (page_search, rowid, title_words, text_words)
        VALUES ('delete', old.id, old.title_words, old.text_words);
        INSERT INTO page_search (rowid, title_words, text_words) VALUES (new.id, new.title_words, new.text_words);
    END
    """,
)
_POSTGRESQL = (
    """
    ALTER TABLE page_text ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', text_words), 'B')
    ) STORED
    """,
    "CREATE INDEX page_text_words ON page_text USING gin (words)",
)
_BACK = {
    "sqlite": (
        "DROP TRIGGER page_text_added",
        "DROP TRIGGER page_text_gone",
        "DROP TRIGGER page_text_changed",
        "DROP TABLE page_search",
    ),
    "postgresql": ("ALTER TABLE page_text DROP COLUMN words",),
}


def make(apps, schema_editor):
    statements = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in _BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("liveblogs", "0011_title_pages"),
    ]

    operations = [migrations.RunPython(make, drop)]
