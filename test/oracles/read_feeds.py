"""Reads feeds with Python's feedparser: a JSON list of documents on stdin, a JSON list of what it finds on stdout."""
import io
import json
import sys

import feedparser

WANTED = (
    "id", "title", "link", "published", "updated", "summary", "authors", "contributors", "rights", "source", "publisher",
    "content", "links", "tags", "enclosures", "tributary_note", "media_content", "dcterms_license",
)


def entry_of(entry):
    return {name: entry[name] for name in WANTED if name in entry}


def feed_of(document):
    parsed = feedparser.parse(io.BytesIO(document.encode("utf-8")))
    feed = {name: parsed.feed[name] for name in ("title", "id", "author", "rights", "license") if name in parsed.feed}
    problem = str(parsed.bozo_exception) if parsed.bozo else None
    return {"problem": problem, "feed": feed, "entries": [entry_of(entry) for entry in parsed.entries]}


json.dump([feed_of(document) for document in json.load(sys.stdin)], sys.stdout, default=str)
