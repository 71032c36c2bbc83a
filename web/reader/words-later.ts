// Every word that the second script (later.ts) says, as words.ts has those of the first.

export type Words = typeof words;

export const words = {
  sinceYouLeft: "Since you left",
  sinceCount: ({ posts, keyEvents, corrected, withdrawn }: { posts: number; keyEvents: number; corrected: number; withdrawn: number }): string =>
    [
      posts > 0 ? (posts === 1 ? "1 new post" : `${posts} new posts`) : "",
      keyEvents > 0 ? (keyEvents === 1 ? "1 key event" : `${keyEvents} key events`) : "",
      corrected > 0 ? (corrected === 1 ? "1 correction" : `${corrected} corrections`) : "",
      withdrawn > 0 ? (withdrawn === 1 ? "1 post withdrawn" : `${withdrawn} posts withdrawn`) : "",
    ]
      .filter((part) => part !== "")
      .join(", "),
  keyEvents: "Key events",
  correctedSince: "Corrected since you read it",
  withdrawnSince: "Withdrawn since you read it",
  withdrawnPost: "See what is left of the post",
  whereIWas: "Back to where you were",
  close: "Close",
  offline: (time: string, age: string): string => `You are offline. This copy is from ${time}, ${age}.`,
  unreached: (time: string, age: string): string => `The server cannot be reached. This copy is from ${time}, ${age}.`,
  notifyMe: "Notify me",
  upToDate: "You are connected again, and this page is up to date.",
};
