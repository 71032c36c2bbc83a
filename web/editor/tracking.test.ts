import assert from "node:assert/strict";
import { test } from "node:test";
import shared from "../../tests/document/shared.json" with { type: "json" };
import { plainAddress } from "./addresses.ts";

test("addresses lose what follows readers, as the server has it", () => {
  for (const [address, plain] of Object.entries(shared.tracking)) assert.equal(plainAddress(address), plain, address);
});
