// The toolbar's pictures: strokes on a 20 by 20 grid, drawn for this desk. Each stands beside its name in words
// (aria-label and tooltip); none is understood by its shape alone.

const STROKES = {
  undo: "M7.5 5.5 4 9l3.5 3.5M4 9h7a4.5 4.5 0 0 1 0 9H8.5",
  redo: "M12.5 5.5 16 9l-3.5 3.5M16 9H9a4.5 4.5 0 0 0 0 9h2.5",
  heading: "M5.500 4v12M14.500 4v12M5.500 10h9",
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M9 4h6M5 16h6M12 4 8 16",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1",
  quote: "M8 6c-2.500 .5-4 2.500-4 5v3h4v-4H5.500M16 6c-2.500 .5-4 2.500-4 5v3h4v-4h-2.500",
  bullets: "M8 5.500h9M8 10h9M8 14.500h9M3.800 5.500h.01M3.800 10h.01M3.800 14.500h.01",
  numbers: "M8.500 5.500H17M8.500 10H17M8.500 14.500H17M3 4.500l1.200-.7V8M3 12.500c0-1.400 2.200-1.400 2.200 0 0 .9-2.200 1.800-2.200 3h2.400",
  table: "M3.500 4.500h13v11h-13zM3.500 8h13M3.500 11.800h13M10 8v7.500",
  card: "M3.500 4.500h13v11h-13zM6 8h4v4.500H6zM12.500 8h1.800M12.500 10.300h1.800M12.500 12.500h1.800",
  picture: "M3.500 4.500h13v11h-13zM3.500 13l4-4 4 4 2-2 3 3M13.200 7.800h.01",
  score: "M3 5.500h14v9H3zM10 5.500v9M6 8.500h1v3.500M13 8.500h1.500v1.700H13V12h1.500",
  box: "M3.500 4.500h13v11h-13zM3.500 8h13M6 10.800h8M6 13h5",
  map: "M10 17c-3.300-3.800-5-6.300-5-8.500a5 5 0 0 1 10 0c0 2.200-1.700 4.700-5 8.500zM10 6.700a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600z",
  poll: "M4 4.500v11M4 6h8v2.500H4M4 11h12v2.500H4",
  question: "M3.500 4h13v9.500H9L5.500 16.500v-3h-2zM8.300 7.500c0-2 3.500-2 3.500 0 0 1.300-1.800 1.300-1.800 2.500M10 11.700h.01",
  insert: "M10 4v12M4 10h12",
  snippet: "M4.500 3.500h11v13h-11zM7 7h6M7 10h6M7 13h3.500",
  claim: "M10 3.500 16 6v4.500c0 3-2.500 5-6 6-3.500-1-6-3-6-6V6zM10 7.500v3M10 13h.01",
} as const;

export type IconName = keyof typeof STROKES;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}
