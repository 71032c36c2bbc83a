// Every word the script says, in English; languages/ has the others, each for a script of its own.

export type Kinds = "post" | "video" | "sound" | "chart";

export type Words = typeof words;

export const words = {
  newPosts: (count: number): string => (count === 1 ? "1 new post" : `${count} new posts`),
  newPostsElsewhere: (count: number): string => `${words.newPosts(count)} on the live page`,
  pause: "Pause updates",
  resume: "Resume updates",
  open: "New posts appear by themselves.",
  polls: "Checks for new posts every 10 seconds.",
  paused: "New posts wait until you resume. Corrections still arrive.",
  lost: "Connection lost. Trying again.",
  ended: "This live blog has ended.",
  corrected: (what: string): string => `Correction to the post: ${what}`,
  now: "now",
  minutesAgo: (count: number): string => `${count} min ago`,
  hoursAgo: (count: number): string => `${count} h ago`,
  timesIn: (zone: string): string => `Times in ${zone}.`,
  showEventTimes: (place: string): string => `Show ${place} time`,
  showMyTimes: "Show my time",
  share: "Share",
  copied: "Link copied",
  yourVote: (answer: string): string => `Your vote: ${answer}`,
  voted: "You have voted.",
  questionNotSent: "Your question did not get through. Please try again.",
  notSent: "Your vote did not get through. Please try again.",
  kinds: { post: "post", video: "video", sound: "player", chart: "chart" },
  from: (kind: Kinds, site: string): string => `${words.kinds[kind]} from ${site}`,
  show: (kind: Kinds, site: string): string => `Show ${words.from(kind, site)}`,
  loadsFrom: (host: string): string => `Loaded from ${host}, which may set cookies and see that you read this page.`,
  alwaysShow: (site: string): string => `Always show ${site} on this device`,
  askAgain: (site: string): string => `Ask again before showing ${site}`,
};
