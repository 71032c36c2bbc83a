// The database of this device: rows by name, each change whole or not at all, and on the disk when it is called done.
// Local storage will not do: browsers write it to the disk when they find time, and a battery does not wait.
// Called by device.ts and nothing else.

export interface Row {
  readonly key: string;
}

export interface Store {
  all(): Promise<Row[]>;
  /** One transaction. Rejects when the browser refuses (full, private window): then nothing of it was done. */
  change(put: readonly Row[], drop: readonly string[]): Promise<void>;
}

const NAME = "stoppress-desk";
const ROWS = "rows";

function opened(): Promise<IDBDatabase> {
  return new Promise((settle, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(ROWS, { keyPath: "key" }));
    request.addEventListener("success", () => settle(request.result));
    request.addEventListener("error", () => fail(request.error ?? new Error("no database")));
    request.addEventListener("blocked", () => fail(new Error("the database is held by another version")));
  });
}

/** The device's database. Rejects when this browser keeps nothing. */
export async function openStore(): Promise<Store> {
  const database = await opened();
  database.addEventListener("versionchange", () => database.close());
  return {
    all: () =>
      new Promise((settle, fail) => {
        const request = database.transaction(ROWS).objectStore(ROWS).getAll() as IDBRequest<Row[]>;
        request.addEventListener("success", () => settle(request.result));
        request.addEventListener("error", () => fail(request.error ?? new Error("not read")));
      }),
    change: (put, drop) =>
      new Promise((settle, fail) => {
        // strict: done means on the disk (https://www.w3.org/TR/IndexedDB-3/#transaction-durability-hint)
        const transaction = database.transaction(ROWS, "readwrite", { durability: "strict" });
        const rows = transaction.objectStore(ROWS);
        for (const row of put) rows.put(row);
        for (const key of drop) rows.delete(key);
        transaction.addEventListener("complete", () => settle());
        transaction.addEventListener("abort", () => fail(transaction.error ?? new Error("not written")));
        transaction.commit();
      }),
  };
}
