// What a page of ours never holds: given its HTML it is only parsed, given nothing the open document is judged.
(parsed) => {
  const root = parsed ? new DOMParser().parseFromString(parsed, "text/html") : document;
  const own = (value) => !value || value.startsWith("/static/") || value.startsWith("/media/");
  const here = (value) => new URL(value || "/", "http://own/").host === "own";
  const is = (node, ...names) => names.includes(node.localName);
  const isData = (node) => is(node, "script") && node.type === "application/ld+json";
  const odd = [];
  const note = (node) => odd.push(node.outerHTML.slice(0, 200));
  const isJson = (text) => {
    try {
      return !!JSON.parse(text);
    } catch {
      return false;
    }
  };
  for (const node of root.querySelectorAll("*")) {
    if (is(node, "iframe", "object", "embed", "base", "frame", "style", "math", "marquee", "applet")) note(node);
    if (isData(node) && !isJson(node.textContent)) note(node);
    if (is(node, "script") && !isData(node) && (!own(node.getAttribute("src")) || node.textContent.trim())) note(node);
    if (is(node, "meta") && node.httpEquiv) note(node);
    if (is(node, "link") && node.rel === "stylesheet" && !own(node.getAttribute("href"))) note(node);
    if (is(node, "img", "source", "video", "audio") && !own(node.getAttribute("src"))) note(node);
    if (is(node, "form") && !here(node.getAttribute("action"))) note(node);
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name) || (parsed && name === "style")) note(node);
      const leads = /^(href|src|action|formaction|xlink:href|data|poster|srcset)$/i.test(name);
      if (leads && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text|file|blob)/i.test(value)) note(node);
    }
  }
  return odd;
}
