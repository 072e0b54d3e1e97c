"""Reads feeds with feedparser for bench/read-corpus.ts: one path a line on stdin, one JSON object a line on stdout."""
import calendar
import json
import sys

import feedparser


def instant(value):
    return None if value is None else calendar.timegm(value) * 1000


def read_entry(entry):
    contents = [content.get("value") for content in entry.get("content", []) if content.get("value")]
    authors = [author.get("name") or author.get("email") for author in entry.get("authors", []) if author]
    return {
        "title": entry.get("title"),
        "id": entry.get("id"),
        "link": entry.get("link"),
        "dates": [
            instant(entry.get(key))
            for key in ("published_parsed", "updated_parsed", "created_parsed")
            if entry.get(key) is not None
        ],
        "authors": [author for author in authors if author] or ([entry["author"]] if entry.get("author") else []),
        "bodies": contents + ([entry["summary"]] if entry.get("summary") else []),
        "enclosures": [enclosure.get("href") for enclosure in entry.get("enclosures", [])],
        "categories": [tag.get("term") for tag in entry.get("tags", []) if tag.get("term")],
        "rights": entry.get("rights"),
        "license": entry.get("license"),
        "source": entry.get("source", {}).get("title") if entry.get("source") else None,
        "language": entry.get("language") or entry.get("title_detail", {}).get("language"),
    }


for line in sys.stdin:
    path, address = line.rstrip("\n").split("\t")
    with open(path, "rb") as file:
        body = file.read()
    parsed = feedparser.parse(body, response_headers={"content-location": address}, sanitize_html=False)
    if parsed.version == "" and not parsed.entries:
        print(json.dumps({"lost": True, "items": []}), flush=True)
    else:
        print(json.dumps({"lost": False, "items": [read_entry(entry) for entry in parsed.entries]}), flush=True)
