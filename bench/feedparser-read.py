"""Reads feeds with feedparser for bench/read-corpus.ts: path and address on each line of stdin, one JSON object a line on stdout.

Values are those that feedparser stored, without the fallbacks of its dictionaries (`updated` for `published` and the like).
"""
import calendar
import json
import sys

import feedparser


def stored(data, key):
    return dict.get(data, key)


def text(data, key):
    """A text construct: its value and its media type, where feedparser says one."""
    value = stored(data, key)
    if not isinstance(value, str) or not value:
        return None
    return {"value": value, "type": (stored(data, key + "_detail") or {}).get("type", "text/plain")}


def instant(data, key):
    value = stored(data, key)
    return None if value is None else calendar.timegm(value) * 1000


def people(data, key):
    found = [
        {"name": person.get("name"), "email": person.get("email"), "uri": person.get("href")}
        for person in stored(data, key + "s") or []
        if person
    ]
    detail = stored(data, key + "_detail") or {}
    if not found and detail:
        found = [{"name": detail.get("name"), "email": detail.get("email"), "uri": detail.get("href")}]
    return found


def links(data, *rels):
    return [link["href"] for link in stored(data, "links") or [] if link.get("rel") in rels and link.get("href")]


def files(data):
    found = [link for link in stored(data, "links") or [] if link.get("rel") == "enclosure"]
    return [
        {"url": each.get("href") or each.get("url"), "type": each.get("type"), "length": each.get("length")}
        for each in found
    ] + [
        {"url": each.get("url"), "type": each.get("type"), "length": each.get("filesize")}
        for each in stored(data, "media_content") or []
    ]


def common(data):
    return {
        "title": text(data, "title"),
        "id": stored(data, "id"),
        "link": stored(data, "link"),
        "published": instant(data, "published_parsed"),
        "created": instant(data, "created_parsed"),
        "updated": instant(data, "updated_parsed"),
        "authors": people(data, "author"),
        "contributors": people(data, "contributor"),
        "tags": [
            {"term": tag.get("term"), "scheme": tag.get("scheme"), "label": tag.get("label")}
            for tag in stored(data, "tags") or []
            if tag.get("term") or tag.get("label")
        ],
        "rights": text(data, "rights"),
        "licenses": links(data, "license"),
    }


def read_feed(feed):
    generator = stored(feed, "generator_detail") or {}
    image = stored(feed, "image") or {}
    return {
        **common(feed),
        "subtitle": text(feed, "subtitle"),
        "language": stored(feed, "language"),
        "generator": [stored(feed, "generator"), generator.get("version"), generator.get("href")],
        "images": [url for url in (image.get("href"), stored(feed, "logo"), stored(feed, "icon")) if url],
        "publishers": people(feed, "publisher"),
    }


def read_entry(entry):
    source = stored(entry, "source")
    texts = [content for content in stored(entry, "content") or [] if content.get("value")]
    details = [stored(entry, "title_detail"), stored(entry, "summary_detail"), *texts]
    return {
        **common(entry),
        "contents": [{"value": each["value"], "type": each.get("type", "text/html")} for each in texts],
        "summary": text(entry, "summary"),
        "enclosures": files(entry),
        "source": source
        and {
            "title": stored(source, "title"),
            "id": stored(source, "id"),
            "url": stored(source, "href") or (links(source, "self") or [None])[0],
        },
        "language": stored(entry, "language"),
        "languages": [detail["language"] for detail in details if detail and detail.get("language")],
        "comments": stored(entry, "comments"),
    }


for line in sys.stdin:
    path, address = line.rstrip("\n").split("\t")
    with open(path, "rb") as file:
        body = file.read()
    parsed = feedparser.parse(body, response_headers={"content-location": address}, sanitize_html=False)
    lost = parsed.version == "" and not parsed.entries
    print(
        json.dumps(
            {"lost": lost, "feed": read_feed(parsed.feed), "items": [read_entry(entry) for entry in parsed.entries]}
        ),
        flush=True,
    )
