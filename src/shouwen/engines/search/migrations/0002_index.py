"""The index beside the table: FTS5 without content, or a tsvector with GIN."""

from django.db import migrations

FORWARD = {
    # "ascii" takes our tokens as they are: it splits at spaces and folds nothing Chinese.
    "sqlite": [
        "CREATE VIRTUAL TABLE search_index USING fts5(inline, extra, content='', tokenize='ascii')"
    ],
    "postgresql": [
        "ALTER TABLE search_searchdoc ADD COLUMN vec tsvector",
        "CREATE INDEX search_vec ON search_searchdoc USING gin (vec)",
    ],
}
BACKWARD = {
    "sqlite": ["DROP TABLE search_index"],
    "postgresql": ["DROP INDEX search_vec", "ALTER TABLE search_searchdoc DROP COLUMN vec"],
}


def make(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
