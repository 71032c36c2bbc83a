// Newest or oldest first: the address always names what the page shows, and a reader's choice for live blogs that
// have ended is kept on the device. While a live blog goes on, its plain address opens at the newest post for everybody.

import { type Page, isOldestFirst, leafOf, statusOf } from "./page.ts";

const KEY = "stoppress.ended-order";

// The address of this page's neighbour that holds `post`, in the same order.
export function addressOf(page: Page, post: string): string {
  const order = isUsual(page) ? "" : `&order=${orderOf(page)}`;
  return `/live/${page.slug}?from=${post}${order}`;
}

// The status has changed under an open page, which stays as it is: from now on its address says how it is ordered.
export function nameOrder(page: Page): void {
  const address = new URL(location.href);
  if (isUsual(page) || address.searchParams.has("order") || Number.isNaN(leafOf(page))) return;
  address.searchParams.set("order", orderOf(page));
  history.replaceState(history.state, "", address);
}

// Go to the order that this reader chose before; true when the page is being left for it.
export function turnAsChosen(page: Page): boolean {
  if (statusOf(page) !== "closed" || Number.isNaN(leafOf(page)) || "frozen" in page.main.dataset) return false;
  page.main.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("nav.order a:not(.whole)") : null;
    if (link) keep(new URL(link.href).searchParams.get("order") ?? "oldest");
  });
  const address = new URL(location.href);
  if (address.searchParams.has("order") || !isOldestFirst(page) || kept() !== "newest") return false;
  address.searchParams.set("order", "newest");
  location.replace(address);
  return true;
}

function isUsual(page: Page): boolean {
  return isOldestFirst(page) === (statusOf(page) === "closed");
}

function orderOf(page: Page): string {
  return isOldestFirst(page) ? "oldest" : "newest";
}

// Storage may be refused; then every live blog that has ended begins at its beginning.
function keep(order: string): void {
  try {
    localStorage.setItem(KEY, order);
  } catch {
    return;
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
