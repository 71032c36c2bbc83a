// Where a place lies, out of what people have at hand: two numbers, a geo: address, a link to a map.

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
const FORMS = [
  new RegExp(String.raw`^\s*${NUMBER}\s*°?\s*[,;\s]\s*${NUMBER}\s*°?\s*$`), // 50.4501, 30.5234
  new RegExp(`^geo:${NUMBER},${NUMBER}`), // RFC 5870
  new RegExp(`[?&]mlat=${NUMBER}&mlon=${NUMBER}`), // a marker on OpenStreetMap
  new RegExp(`[?&](?:q|ll|query|daddr)=${NUMBER}(?:,|%2C)${NUMBER}`), // the maps of Google and Apple
  new RegExp(`#map=[\\d.]+/${NUMBER}/${NUMBER}`), // where OpenStreetMap was looked at
  new RegExp(`/@${NUMBER},${NUMBER}`), // where Google's map was looked at
];

/** The coordinates in `text`, to five decimals (a metre), or null when it holds none. */
export function coordinatesOf(text: string): Coordinates | null {
  const found = FORMS.map((form) => form.exec(text.trim())).find(Boolean);
  if (!found) return null;
  const [latitude, longitude] = found.slice(1, 3).map((digits) => Number(Number(digits).toFixed(5))) as [number, number];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
