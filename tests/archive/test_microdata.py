"""schema.org in a page's own tags."""

from tests.archive.shapes import attrs, headlines, newest, page, texts, times, whys

from stoppress.archive.detect import read_file

ARTICLE = """
<article itemscope itemtype="https://schema.org/LiveBlogPosting" itemid="https://news.example/live/surge">
 <meta itemprop="coverageStartTime" content="2026-01-02T08:00:00Z">
 <h1 itemprop="headline">Storm surge reaches the harbour</h1>
 <span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">The Buoy</b></span>
 <div id="p2" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
  <h2 itemprop="headline">Gate 2 is shut</h2>
  <time itemprop="datePublished" datetime="2026-01-02T08:20:00Z">20 minutes ago</time>
  <span itemprop="author" itemscope itemtype="https://schema.org/Person">
   <a itemprop="name" href="/ana">Ana Ruiz</a></span>
  <div itemprop="articleBody"><p>The crew shut <a href="/g2">gate 2</a>.</p><ul><li>It held.</li></ul></div>
  <figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject">
   <img itemprop="contentUrl" src="/g2.jpg" alt="x"><span itemprop="caption">The gate</span></figure>
 </div>
 <div id="p1" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
  <meta itemprop="datePublished" content="2026-01-02T08:10:00Z"><meta itemprop="author" content="Ben Okoro">
  <p itemprop="articleBody">Water in <em>Dock Street</em>.</p>
 </div>
</article>
"""


def test_a_page_in_full() -> None:
    reading = read_file(page(body=ARTICLE))
    assert reading.format == "microdata"
    assert reading.archive.headline == "Storm surge reaches the harbour"
    assert headlines(reading) == ["", "Gate 2 is shut"]
    assert texts(reading)[0] == "Water in Dock Street."
    assert texts(reading)[1].startswith("The crew shut gate 2.\nIt held.")
    assert times(reading) == ["08:10:00", "08:20:00"]
    assert [newest(post).byline for post in reading.archive.posts] == [("Ben Okoro",), ("Ana Ruiz",)]
    assert attrs(reading.archive.posts[1], "image")[0]["caption"] == "The gate"
    assert [post.id for post in reading.archive.posts] == ["p1", "p2"]


def test_posts_that_no_property_ties_to_the_live_blog() -> None:
    loose = ARTICLE.replace('itemprop="liveBlogUpdate" ', "")
    assert headlines(read_file(page(body=loose))) == ["", "Gate 2 is shut"]


def test_properties_named_by_itemref() -> None:
    body = """<div itemscope itemtype="https://schema.org/LiveBlogPosting" itemref="first gone first">
      <span itemprop="headline">Surge</span></div>
      <div id="first" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
      <meta itemprop="datePublished" content="2026-01-02T08:10:00Z"><p itemprop="articleBody">Water.</p></div>"""
    assert texts(read_file(page(body=body))) == ["Water."]


def test_an_update_without_marked_text_keeps_its_words() -> None:
    body = """<div itemscope itemtype="https://schema.org/LiveBlogPosting">
      <div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting">
      <meta itemprop="datePublished" content="2026-01-02T08:10:00Z"><span itemprop="author">Ana Ruiz</span>
      <p>Water in Dock Street.</p></div></div>"""
    assert texts(read_file(page(body=body))) == ["Water in Dock Street."]


def test_the_pages_own_words_fill_what_is_missing() -> None:
    head = """<title>Surge | The Buoy</title><meta property="og:site_name" content="The Buoy">
      <meta property="og:description" content="Gates are shut."><link rel="canonical" href="https://n.example/live/a-b-c">
      <meta property="og:locale" content="uk_UA">"""
    bare = ARTICLE.replace('<h1 itemprop="headline">Storm surge reaches the harbour</h1>', "")
    bare = bare.replace('itemid="https://news.example/live/surge"', "")
    archive = read_file(page(body=bare, head=head, lang="uk")).archive
    assert (archive.headline, archive.standfirst, archive.source_url) == (
        "Surge",
        "Gates are shut.",
        "https://n.example/live/a-b-c",
    )
    assert (archive.language, archive.timezone, archive.slug) == ("uk", "Europe/Kyiv", "a-b-c")


def test_json_ld_with_updates_comes_first_and_microdata_when_it_has_none() -> None:
    head_only = {
        "@type": "LiveBlogPosting",
        "headline": "Another name",
        "url": "https://news.example/live/surge",
    }
    assert read_file(page(head_only, body=ARTICLE)).format == "microdata"
    assert read_file(page(head_only, body=ARTICLE), format="microdata").format == "microdata"


def test_a_page_without_any_language_is_english_and_says_so() -> None:
    reading = read_file(page(body=ARTICLE, lang=""))
    assert reading.archive.language == "en"
    assert "en was set" in whys(reading, "language")
