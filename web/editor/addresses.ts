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
