"""All that a worker needs, loaded once: the processes of a pool are forked from one that has imported this.

They share its memory, a million names of the user's too. Nothing that goes on may be begun here, such as a thread: a
forked process would find it half alive.
"""
import os
from contextlib import suppress
from pathlib import Path

from extract import schema, shard, table

TEXT = "Norvik Motors sold 300 cars for €5 million in May 2025, 5% more than a year ago."

with suppress(schema.SchemaError):      # the first process tells of it
    schema.add_names(Path(path) if (path := os.environ.get(schema.FILE_OF_NAMES)) else None)
shard.work(table.batch("documents", [{"doc_id": "d0", "source": "", "item": 0, "lang": "en", "text": TEXT}]))
