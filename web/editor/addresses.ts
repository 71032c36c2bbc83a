// Addresses as people type them. The server checks again (document/addresses.py); here the reporter is told at once.
import { isLinkAddress } from "../shared/schema.ts";

/** `typed` as a full address, or null when it cannot be one a post may link to. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) && !/^(https?|mailto):/i.test(text)) return null;
  const full = /^(https?:\/\/|mailto:)/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(full);
    const address = url.protocol === "mailto:" ? full : url.href;
    const named = url.protocol === "mailto:" || url.hostname.includes(".") || url.hostname === "localhost";
    return named && isLinkAddress(address) ? address : null;
  } catch {
    return null;
  }
}

/** The same for a web page only. */
export function webAddressOf(typed: string): string | null {
  const address = addressOf(typed);
  return address?.startsWith("http") ? address : null;
}

/** "example.org" of "https://www.example.org/a". */
export function siteOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, "");
}

/** Whether the whole of `text` is one web address, as pasted from an address bar. */
export function isLoneAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text.trim()) && webAddressOf(text) !== null;
}

// What newsletters, networks and search engines add to an address to follow whoever opens it.
const FOLLOWS = /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|ref_src|ref_url|__twitter_impression)$/i;
/** Sites that stand between a link and where it leads, and the field in which they say where. */
const BETWEEN: readonly (readonly [host: RegExp, path: string, field: string])[] = [
  [/^www\.google\.[a-z.]+$/, "/url", "q"],
  [/^lm?\.facebook\.com$/, "/l.php", "u"],
  [/\.safelinks\.protection\.outlook\.com$/, "/", "url"],
];

/** `href` without what only follows the reader; anything that is no web address stays as it is. The server agrees
 * (document/tracking.py). */
export function plainAddress(href: string): string {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return href;
  const url = new URL(href);
  const between = BETWEEN.find(([host, path]) => host.test(url.hostname) && url.pathname === path);
  const there = between ? url.searchParams.get(between[2]) : null;
  if (there !== null && /^https?:/i.test(there) && URL.canParse(there)) return plainAddress(there);
  const isX = /^(www\.)?(x|twitter)\.com$/.test(url.hostname);
  const start = href.indexOf("?");
  const hash = href.indexOf("#");
  if (start < 0 || (hash >= 0 && hash < start)) return href;
  const end = hash < 0 ? href.length : hash;
  const fields = href.slice(start + 1, end).split("&");
  const kept = fields.filter((field) => {
    const name = field.split("=")[0] ?? "";
    return !FOLLOWS.test(name) && !(isX && /^(s|t|src)$/.test(name));
  });
  if (kept.length === fields.length) return href;
  return href.slice(0, start) + (kept.length > 0 ? `?${kept.join("&")}` : "") + href.slice(end);
}
