// The live page as the other modules see it: where its parts are and what they say. Reads the document only.

export interface Page {
  readonly main: HTMLElement;
  readonly slug: string;
}

export function findPage(): Page | null {
  const main = document.querySelector<HTMLElement>("main#live");
  return main?.dataset.live ? { main, slug: main.dataset.live } : null;
}

// The posts' element; a fresh one after a reload, so it is asked for each time.
export function feedOf(page: Page): HTMLElement {
  const feed = page.main.querySelector<HTMLElement>("#posts");
  if (!feed) throw new Error("The page was expected to hold #posts, and does not.");
  return feed;
}

export function postsOf(page: Page): HTMLElement[] {
  return [...feedOf(page).children] as HTMLElement[];
}

// Posts that have arrived and wait to be shown. The server never sends `hidden`: it is this script's mark.
export function heldOf(page: Page): HTMLElement[] {
  return postsOf(page).filter((post) => post.hidden);
}

export function postById(page: Page, id: string): HTMLElement | null {
  return postsOf(page).find((post) => post.dataset.post === id) ?? null;
}

export function slotOf(page: Page, name: string): HTMLElement | null {
  return page.main.querySelector<HTMLElement>(`[data-slot="${CSS.escape(name)}"]`);
}

export function seqOf(page: Page): number {
  return Number(page.main.dataset.seq ?? 0);
}

// 0 = the first page; sealed pages count from 1; NaN on a post's own page, which no new post belongs to.
export function leafOf(page: Page): number {
  return Number(page.main.dataset.leaf ?? Number.NaN);
}

// Whether the oldest post stands first. The server's `order.py`: so does a live blog that has ended.
export function isOldestFirst(page: Page): boolean {
  return page.main.dataset.order === "oldest";
}

// The newest post on the page, shown or not.
export function newestOf(page: Page): HTMLElement | undefined {
  return postsOf(page).at(isOldestFirst(page) ? -1 : 0);
}

export function statusOf(page: Page): string {
  return page.main.dataset.status ?? "";
}

export function tell(name: string, detail: object): void {
  document.dispatchEvent(new CustomEvent(`stoppress:${name}`, { detail }));
}
