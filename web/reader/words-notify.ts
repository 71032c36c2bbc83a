// Every word of the choice of notifications (notify.ts), as words.ts has those of the first script.

export type Words = typeof words;

export const words = {
  notified: "Notifications on",
  notifyAbout: (headline: string): string => `Notifications on this device about “${headline}”`,
  notifyKeyEvents: "Key events",
  notifyEverything: "Every post",
  notifyStop: "Stop",
  notifyOn: { key_events: "You will be notified of key events.", everything: "You will be notified of every post." },
  notifyOff: "Notifications are off.",
  notifyNote: "The newest takes the place of the one before. Nothing but your choice is kept, and it is deleted when you stop or the live blog ends.",
  notifyBlocked: "Your browser blocks notifications from this site. Allow them in its settings, then press again.",
  notifyFailed: "That did not work. Please try again.",
};
