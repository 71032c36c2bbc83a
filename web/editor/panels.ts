// On a phone the three columns are three panels with a bar to choose one. Without this script they stand one below the
// other, and the bar's links jump to them.

export function panels(root: HTMLElement): (name: string) => void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-panel-link]"));
  function choose(name: string): void {
    root.dataset["panel"] = name;
    for (const link of links) {
      if (link.dataset["panelLink"] === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset["panelLink"] ?? "write");
      window.scrollTo({ top: 0 });
    });
  }
  choose("write");
  return choose;
}
