// Brings an open front page to what a fresh one has. A card that the server sends as before is the very same element
// afterwards, with the times it shows; focus and the place on the page stay where the reader has them.

export interface Cards {
  take(fresh: HTMLElement): boolean; // whether anything differed
}

// `main` as the server sent it: called before times are written anew. `dress` is given each new card.
export function makeCards(main: HTMLElement, dress: (root: ParentNode) => void): Cards {
  let whole = main.innerHTML;
  let sent = new Map([...cardsIn(main)].map((card) => [card, card.outerHTML]));

  function take(fresh: HTMLElement): boolean {
    if (fresh.innerHTML === whole) return false;
    whole = fresh.innerHTML;
    const known = new Map([...sent].map(([card, html]) => [html, card]));
    const came = document.importNode(fresh, true);
    const news: Element[] = [];
    sent = new Map();
    for (const card of [...cardsIn(came)]) {
      const html = card.outerHTML;
      const mine = known.get(html);
      if (mine) sent.set(mine, html);
      else sent.set(card, html), news.push(card);
    }
    const place = placeOf(main);
    const focused = focusIn(main);
    for (const card of [...cardsIn(came)]) {
      const mine = known.get(card.outerHTML);
      if (mine) card.replaceWith(mine);
    }
    main.replaceChildren(...came.childNodes);
    news.forEach((card) => dress(card));
    focused();
    place();
    return true;
  }

  return { take };
}

function cardsIn(root: ParentNode): NodeListOf<Element> {
  return root.querySelectorAll("[data-card]");
}

// Puts the card that the reader looks at back where it was in the window; a reader at the top stays at the top.
function placeOf(main: HTMLElement): () => void {
  const seen = [...cardsIn(main)].find((card) => card.getBoundingClientRect().bottom > 0);
  const slug = seen?.getAttribute("data-card");
  const top = seen?.getBoundingClientRect().top ?? 0;
  if (!slug || window.scrollY === 0) return () => undefined;
  return () => {
    const now = [...cardsIn(main)].find((card) => card.getAttribute("data-card") === slug);
    if (now) window.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
  };
}

function focusIn(main: HTMLElement): () => void {
  const active = document.activeElement;
  const href = active && main.contains(active) ? active.getAttribute("href") : null;
  if (!href) return () => undefined;
  return () => [...main.querySelectorAll<HTMLElement>("a")].find((link) => link.getAttribute("href") === href)?.focus({ preventScroll: true });
}
