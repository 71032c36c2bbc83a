// The minutes of a live blog in which something changed, and the way from one to the next. No document here.

// As /live/{slug}/moments.json tells it: minutes count from `from`.
export interface Course {
  from: string;
  to: string;
  zone: string;
  minutes: number[];
  key_events: number[];
}

export function minuteOf(course: Course, moment: string): number {
  return Math.max(0, Math.round((Date.parse(moment) - Date.parse(course.from)) / 60_000));
}

export function next(minutes: readonly number[], here: number): number | undefined {
  return minutes.find((minute) => minute > here);
}

export function previous(minutes: readonly number[], here: number): number | undefined {
  return minutes.findLast((minute) => minute < here);
}

// How many of the minutes fall into each of `count` equal stretches of 0 to `end`.
export function barsOf(minutes: readonly number[], end: number, count: number): number[] {
  const bars = new Array<number>(count).fill(0);
  for (const minute of minutes) {
    const place = end === 0 ? 0 : Math.min(count - 1, Math.floor((minute / end) * count));
    bars[place] = (bars[place] ?? 0) + 1;
  }
  return bars;
}
