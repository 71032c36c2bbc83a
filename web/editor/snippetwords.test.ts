import assert from "node:assert/strict";
import { test } from "node:test";
import { filledDocument, filledText, placeName, timeInCity, timeWords, type Facts } from "./snippetwords.ts";

const at = (moment: string): Date => new Date(moment);
const facts: Facts = { me: "Ana Ruiz", colleague: "Bo Lind", headline: "Storm surge", zone: "Europe/Kyiv", language: "en" };
const six = at("2026-11-22T16:00:00Z"); // 18:00 in Kyiv

test("hours are said as one says them in English", () => {
  const said = (time: string): string => timeWords(at(`2026-11-22T${time}:00Z`), "UTC", "en");
  assert.deepEqual(
    ["00:00", "00:01", "00:30", "01:00", "06:05", "11:59", "12:00", "12:01", "12:30", "13:00", "18:00", "18:30", "23:59"].map(said),
    ["midnight", "12.01am", "12.30am", "1am", "6.05am", "11.59am", "noon", "12.01pm", "12.30pm", "1pm", "6pm", "6.30pm", "11.59pm"],
  );
});

test("other languages, and every kind of English", () => {
  assert.equal(timeWords(six, "Europe/Kyiv", "uk"), "18:00");
  assert.equal(timeWords(six, "Europe/Kyiv", "es-419"), "18:00");
  assert.equal(timeWords(six, "Europe/Kyiv", "en-GB"), "6pm");
  assert.equal(timeWords(six, "Europe/Kyiv", "EN"), "6pm");
  assert.equal(timeWords(six, "Europe/Kyiv", "enm"), "18:00");
});

test("it is the event's clock that is read, on whichever day it is there", () => {
  assert.equal(timeInCity(six, "Europe/Kyiv", "en"), "6pm in Kyiv");
  assert.equal(timeInCity(six, "America/Argentina/Buenos_Aires", "en"), "1pm in Buenos Aires");
  assert.equal(timeInCity(six, "Asia/Kolkata", "en"), "9.30pm in Kolkata");
  assert.equal(timeInCity(six, "Asia/Kathmandu", "en"), "9.45pm in Kathmandu");
  assert.equal(timeInCity(at("2026-11-22T10:00:00Z"), "Pacific/Kiritimati", "en"), "midnight in Kiritimati");
  assert.equal(timeInCity(at("2026-11-22T11:00:00Z"), "Pacific/Pago_Pago", "en"), "midnight in Pago Pago");
});

test("zones without a place say their distance", () => {
  assert.equal(timeInCity(six, "UTC", "en"), "4pm UTC");
  assert.equal(timeInCity(six, "Etc/UTC", "en"), "4pm UTC");
  assert.equal(timeInCity(six, "GMT", "en"), "4pm UTC");
  assert.equal(timeInCity(six, "Etc/GMT+3", "en"), "1pm UTC−3");
  assert.equal(placeName(six, "Europe/London"), "London");
});

test("clocks that are put forward and back", () => {
  // Kyiv, 29 March 2026: 03:00 becomes 04:00 at 01:00 UTC. Back on 25 October: 04:00 becomes 03:00 at 01:00 UTC.
  assert.equal(timeWords(at("2026-03-29T00:59:00Z"), "Europe/Kyiv", "en"), "2.59am");
  assert.equal(timeWords(at("2026-03-29T01:00:00Z"), "Europe/Kyiv", "en"), "4am");
  assert.equal(timeWords(at("2026-10-25T00:30:00Z"), "Europe/Kyiv", "en"), "3.30am");
  assert.equal(timeWords(at("2026-10-25T01:30:00Z"), "Europe/Kyiv", "en"), "3.30am");
  // Lord Howe Island moves by half an hour: 5 April 2026, 02:00 becomes 01:30 at 15:00 UTC the day before.
  assert.equal(timeWords(at("2026-04-04T14:59:00Z"), "Australia/Lord_Howe", "en"), "1.59am");
  assert.equal(timeWords(at("2026-04-04T15:00:00Z"), "Australia/Lord_Howe", "en"), "1.30am");
  // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC; noon is noon on either day.
  assert.equal(timeWords(at("2026-03-07T17:00:00Z"), "America/New_York", "en"), "noon");
  assert.equal(timeWords(at("2026-03-08T16:00:00Z"), "America/New_York", "en"), "noon");
});

test("placeholders are filled, and what is not known leaves no gap", () => {
  const fill = (text: string, more: Partial<Facts> = {}): string => filledText(text, { ...facts, ...more }, six);
  assert.equal(fill("It’s {time in city}. Here’s where we stand:"), "It’s 6pm in Kyiv. Here’s where we stand:");
  assert.equal(fill("{my name} here, taking over[ from {colleague}]."), "Ana Ruiz here, taking over from Bo Lind.");
  assert.equal(fill("{my name} here, taking over[ from {colleague}].", { colleague: "" }), "Ana Ruiz here, taking over.");
  assert.equal(fill("{headline}, {city}, {clock}, {time} [sic] {nothing}"), "Storm surge, Kyiv, 18:00, 6pm [sic] {nothing}");
  assert.equal(fill("{my name}", { me: "{headline}" }), "{headline}"); // a name is not read again
});

test("a document is filled within its marks, and points to write on are left empty", () => {
  const text = (words: string, ...marks: object[]) => ({ type: "text", text: words, ...(marks.length > 0 ? { marks } : {}) });
  const paragraph = (...content: object[]) => ({ type: "paragraph", content }) as never;
  const item = (...content: object[]) => ({ type: "list_item", content: [paragraph(...content)] });
  const document = { type: "doc", content: [paragraph(text("At "), text("{time}", { type: "bold" })), { type: "bullet_list", content: [item(text("…"))] }, paragraph(text("[ by {colleague}]"))] };
  assert.deepEqual(filledDocument(document, { ...facts, colleague: "" }, six), {
    type: "doc",
    content: [paragraph(text("At "), text("6pm", { type: "bold" })), { type: "bullet_list", content: [item()] }, paragraph()],
  });
});
