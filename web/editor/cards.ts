// A link card: the address of a page with its title, a line about it and the site's name. The server looks at the
// address and fills in what is empty; nothing is loaded from there by the page.
import { siteOf, webAddressOf } from "./addresses.ts";
import { ask } from "./ask.ts";
import { cardWords } from "./unfurl.ts";

export interface Card {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly site: string;
}

/** Ask for a card's values, starting from `given`; null when the reporter changes their mind. */
export async function askCard(given: Readonly<Record<string, string>>): Promise<Card | null> {
  const answers = await ask({
    title: "Link card",
    confirm: given["url"] ? "Change" : "Insert",
    questions: [
      {
        name: "url", label: "Address of the page", value: given["url"] ?? "", required: true,
        check: (value) => (webAddressOf(value) ? "" : "Write the address of a web page, such as https://example.org/story"),
        fills: async (value) => {
          const url = webAddressOf(value);
          return url ? cardWords(url) : null;
        },
      },
      { name: "title", label: "Title", value: given["title"] ?? "", required: true, hint: "As the page itself is titled" },
      { name: "description", label: "A line about it", value: given["description"] ?? "" },
      { name: "site", label: "Name of the site", value: given["site"] ?? "", hint: "Empty: the address speaks" },
    ],
  });
  if (answers === null || answers === "remove") return null;
  const url = webAddressOf(answers["url"] ?? "") ?? "";
  return { url, title: answers["title"] ?? "", description: answers["description"] ?? "", site: answers["site"] || siteOf(url) };
}
