"""Everything that grows has a bound: columns, and the numbers in lib/limits.py."""

import ast
import io
import tokenize

from django.apps import apps
from django.db import models
from tests.tidy.source import PACKAGE, package

from stoppress.lib import limits

OURS = ("accounts", "newsroom", "liveblogs", "intake", "audience", "push", "websub")
# Columns without a length of their own, and what bounds them.
BOUNDED_ELSEWHERE = {
    "liveblog.writers": "WRITERS_PER_LIVEBLOG names of NAME_CHARS",
    "poll_result.votes": "POLL_OPTIONS numbers, and those of answers that were taken out",
    "post.document": "DOCUMENT_BYTES, by parse_document",
    "post.byline": "BYLINE_NAMES of BYLINE_NAME_CHARS",
    "revision.document": "DOCUMENT_BYTES, by parse_document",
    "revision.byline": "BYLINE_NAMES of BYLINE_NAME_CHARS",
    "media.renditions": "one row per RENDITION_WIDTHS",
    "post_words.words": "a document within DOCUMENT_BYTES, its headline, dateline and byline",
    "kept_answer.body": "an answer of the API that is no list",
    "working_copy.text": "fields that forms/copy.py bounds, a document of DOCUMENT_BYTES",
    "publisher.front_html": "rendered from bounded facts",
    "publisher.foot_html": "rendered from bounded facts",
    "publisher.masthead_html": "rendered from bounded facts",
    "publisher.policies": "names out of lib/policies.py",
    "publisher.security_txt": "MACHINE_TEXT_CHARS, checked by keep_policies",
    "publisher.trust_txt": "MACHINE_TEXT_CHARS, checked by keep_policies",
    "pulse.jobs": "two values for each of the worker's jobs",
    "author.biography": "BIOGRAPHY_CHARS, checked by keep_author",
    "author.portrait": "IMAGE_RENDITIONS files and a text of ALT_CHARS",
    "author.head_html": "rendered from bounded facts",
    "author.html": "rendered from bounded facts",
    "policy.text": "POLICY_TEXT_CHARS, checked by keep_policies",
    "policy.head_html": "rendered from bounded facts",
    "policy.html": "rendered from a text of POLICY_TEXT_CHARS",
    "liveblog.topics": "TOPICS_PER_LIVEBLOG names of TOPIC_CHARS",
    "page_text.title_words": "folded from a headline of HEADLINE_CHARS",
    "page_text.text_words": "folded from a document within TEXT_CHARS",
    "page_text.text": "a document within TEXT_CHARS",
    "page_text.moment_html": "one time",
    "page.lead_html": "rendered from bounded facts",
    "publisher.embed_providers": "names out of lib/providers.py",
    "publisher.theme": "colours and names that lib/theme.py knows",
    "publisher.logo": "one rendition of a picture",
    "page.oembed": "rendered from bounded facts",
    "page_post.head_html": "rendered from bounded facts and DESCRIPTION_CHARS of a document",
    "page_post.oembed": "rendered from bounded facts",
    "presence.writing": "OPEN_POSTS ids of posts",
    "page.head_html": "rendered from bounded facts",
    "page.masthead_html": "rendered from bounded facts",
    "page.foot_html": "rendered from bounded facts",
    "page.card_html": "rendered from bounded facts",
    "page.json_ld": "rendered from bounded facts",
    "page.atom": "rendered from bounded facts",
    "page.rss": "rendered from bounded facts",
    "page.json_feed": "rendered from bounded facts",
    "page.ninjs": "rendered from bounded facts",
    "page_slot.html": "rendered from bounded facts",
    "page_post.html": "rendered from a document within DOCUMENT_BYTES",
    "page_post.json_ld": "rendered from a document within DOCUMENT_BYTES",
    "page_post.atom": "rendered from a document within DOCUMENT_BYTES",
    "page_post.rss": "rendered from a document within DOCUMENT_BYTES",
    "page_post.json_feed": "rendered from a document within DOCUMENT_BYTES",
    "page_post.ninjs": "rendered from a document within DOCUMENT_BYTES",
    "page_post.history_html": "HISTORY_VERSIONS of documents within DOCUMENT_BYTES",
    "page_post.annotations": "HISTORY_VERSIONS of documents within DOCUMENT_BYTES",
    "page_claim.text": "a passage of a document within TEXT_CHARS",
    "page_claim.html": "rendered from a document within DOCUMENT_BYTES",
    "page_correction.html": "a line of CORRECTION_CHARS or REASON_CHARS",
    "page_version.html": "an earlier version of a post, as page_post.html",
    "intake_item.notes": "INTAKE_NOTES sentences of REASON_CHARS",
}


def _columns() -> "list[tuple[str, models.Field[object, object]]]":
    return [
        (f"{model._meta.db_table}.{field.name}", field)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.concrete_fields
    ]


def test_every_text_column_has_a_bound() -> None:
    without = [
        name
        for name, field in _columns()
        if isinstance(field, models.TextField | models.JSONField) and name not in BOUNDED_ELSEWHERE
    ]
    without += [
        name for name, field in _columns() if isinstance(field, models.CharField) and not field.max_length
    ]
    assert not without, (
        f"Give each a length from lib/limits.py, or name what bounds it in this test: {without}"
    )


def test_no_bound_is_named_for_a_column_that_is_gone() -> None:
    assert set(BOUNDED_ELSEWHERE) <= {name for name, _ in _columns()}


def _limits() -> set[str]:
    return {name for name in vars(limits) if name.isupper()}


def test_every_limit_is_used() -> None:
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for module in package()
        if module.path.name != "limits.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    used |= {
        alias.name
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not _limits() - used, "A bound that nothing asks for bounds nothing."


def test_every_limit_has_its_reason_beside_it() -> None:
    text = (PACKAGE / "lib" / "limits.py").read_text()
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    reasoned = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    bare = [
        ast.unparse(node).split(" =")[0]
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and not {node.lineno, node.end_lineno} & reasoned
    ]
    assert not bare, f"Say why this number and not another: {bare}"
