// Cuts of every kind against a server that keeps tus's rules: each picture arrives whole, once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { progressWords, sendInParts, type Ground, type Progress, type Uploaded } from "./parts.ts";

const SIZE = 1_500_000;
const bytes = new Uint8Array(SIZE).map((_, place) => (place * 31) % 251);
const file = new File([bytes], "gate — 1.jpg");
const to = { url: "/desk/upload/", partsUrl: "/desk/uploads/", maxBytes: 20_000_000, token: () => "t" };

type Fault = "cut before" | "cut after" | "half" | "busy" | "forgotten" | undefined;

/** A server in memory; `faults` come one per request, in order. */
function server(faults: Fault[]) {
  let kept: Uint8Array<ArrayBuffer> = new Uint8Array();
  let begun = 0;
  const told: Progress[] = [];
  const pauses: number[] = [];
  const state = (status: number, more: Record<string, string> = {}): Response =>
    new Response(null, { status, headers: { "Upload-Offset": String(kept.length), ...more } });
  const ground: Ground = {
    now: () => 0,
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    fetch: async (url, request) => {
      const fault = faults.shift();
      if (fault === "cut before") throw new TypeError("network");
      if (fault === "busy") return new Response(null, { status: 503 });
      if (fault === "forgotten") {
        kept = new Uint8Array();
        return new Response("{}", { status: 404, headers: { "Content-Type": "application/problem+json" } });
      }
      const headers = request.headers as Record<string, string>;
      let answer: Response;
      if (request.method === "POST" && url === to.partsUrl) {
        begun += 1;
        assert.equal(headers["Upload-Length"], String(SIZE));
        answer = state(201, { Location: "/desk/uploads/abc/" });
      } else if (request.method === "HEAD") answer = state(200);
      else if (request.method === "PATCH") {
        if (headers["Upload-Offset"] !== String(kept.length)) return new Response(null, { status: 409 });
        const part = new Uint8Array(await (request.body as Blob).arrayBuffer());
        const taken = fault === "half" ? part.slice(0, part.length >> 1) : part;
        const longer = new Uint8Array(kept.length + taken.length);
        longer.set(kept);
        longer.set(taken, kept.length);
        kept = longer;
        if (fault === "half") throw new TypeError("network");
        answer = state(204);
      } else {
        assert.equal((request.body as FormData).get("upload"), "abc");
        assert.deepEqual(kept, bytes);
        answer = Response.json({ id: "picture" }, { status: 201 });
      }
      if (fault === "cut after") throw new TypeError("network");
      return answer;
    },
  };
  const sent = (): Promise<Uploaded> => sendInParts(file, "key", to, (progress) => told.push(progress), ground);
  return { sent, told, pauses, begun: () => begun };
}

test("a picture goes in parts", async () => {
  const { sent, told } = server([]);
  assert.equal((await sent()).id, "picture");
  assert.deepEqual(told.map(({ state }) => state), ["sending", "sending", "sending", "sending", "reading"]);
});

test("whichever request is cut, however, it goes on from where the server stands", async () => {
  for (const fault of ["cut before", "cut after", "half", "busy"] as const) {
    for (let place = 0; place < 7; place += 1) {
      const { sent, pauses } = server([...Array<Fault>(place).fill(undefined), fault]);
      assert.equal((await sent()).id, "picture", `${fault} at ${place}`);
      assert.ok(pauses.length <= 1);
    }
  }
});

test("parts that the server has thrown away are sent again", async () => {
  const { sent, begun } = server([undefined, undefined, "forgotten"]);
  assert.equal((await sent()).id, "picture");
  assert.equal(begun(), 2);
});

test("without any connection it gives up at last, and says what is kept", async () => {
  const { sent, told, pauses } = server(Array<Fault>(99).fill("cut before"));
  await assert.rejects(sent, /no connection.*kept for a day/);
  assert.equal(pauses.length, 13);
  assert.equal(told.at(-1)?.state, "waiting");
});

test("a refusal is final", async () => {
  const ground: Ground = {
    now: () => 0,
    pause: () => Promise.reject(new Error("nothing to wait for")),
    fetch: () => Promise.resolve(Response.json({ type: "about:blank", title: "", detail: "It has 30 MB." }, { status: 413 })),
  };
  await assert.rejects(() => sendInParts(file, "key", to, () => undefined, ground), /It has 30 MB/);
});

test("progress is told in words", () => {
  assert.equal(progressWords("a.jpg", { state: "sending", sent: 524_288, size: 2_097_152 }), "Uploading a.jpg: 0.5 of 2.0 MB");
  assert.match(progressWords("a.jpg", { state: "waiting", sent: 0, size: 9 }), /waiting for a connection/);
  assert.match(progressWords("a.jpg", { state: "reading", sent: 9, size: 9 }), /made ready/);
});
