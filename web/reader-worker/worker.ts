// A service worker's own world as far as ours uses it: TypeScript's DOM library does not know it.

export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface Fetching extends Lasting {
  readonly request: Request;
  readonly clientId: string;
  respondWith(answer: Promise<Response>): void;
}

export interface Told<Word> extends Lasting {
  readonly data: Word;
  readonly ports: readonly MessagePort[];
}

export interface Worker {
  addEventListener(kind: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
  addEventListener<Word>(kind: "message", listener: (event: Told<Word>) => void): void;
  skipWaiting(): Promise<void>;
  readonly location: Location;
  readonly clients: { claim(): Promise<void>; get(id: string): Promise<{ readonly url: string } | undefined> };
}

export const worker = globalThis as unknown as Worker;
