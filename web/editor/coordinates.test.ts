import assert from "node:assert/strict";
import { test } from "node:test";
import { coordinatesOf } from "./coordinates.ts";

test("coordinates are found in what people have at hand", () => {
  const kyiv = { latitude: 50.4501, longitude: 30.5234 };
  for (const text of [
    "50.4501, 30.5234",
    " 50.4501 30.5234 ",
    "50.4501°, 30.5234°",
    "geo:50.4501,30.5234?z=12",
    "https://www.openstreetmap.org/?mlat=50.4501&mlon=30.5234#map=15/1/2",
    "https://www.openstreetmap.org/#map=15/50.4501/30.5234",
    "https://www.google.com/maps/@50.4501,30.5234,15z",
    "https://maps.google.com/?q=50.4501,30.5234",
    "https://maps.apple.com/?ll=50.4501%2C30.5234",
  ]) assert.deepEqual(coordinatesOf(text), kyiv, text);
  assert.deepEqual(coordinatesOf("-33.8688, 151.2093"), { latitude: -33.8688, longitude: 151.2093 });
  assert.deepEqual(coordinatesOf("0 0"), { latitude: 0, longitude: 0 });
});

test("what is no place is none", () => {
  for (const text of ["", "Kyiv", "50.4501", "91, 0", "0, 181", "2-1, 67'", "https://example.org/"]) assert.equal(coordinatesOf(text), null, text);
});
