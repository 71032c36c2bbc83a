// The list of posts that wait for an editor: pressing one shows it where it stands in the timeline, to be read and
// decided there. Without this script the same link opens the post's own page.

export function queue(root: HTMLElement, choosePanel: (name: string) => void): void {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-show]") : null;
    const card = link && document.getElementById(`post-${link.dataset["show"] ?? ""}`);
    if (!card) return;
    event.preventDefault();
    choosePanel("write");
    card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  });
}
