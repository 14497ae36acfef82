/** Days between dates. A date that is none gives undefined, never a number that means nothing. */

const dayMilliseconds = 86_400_000;

/** Never below zero: clocks of registries differ. */
export function daysBetween(from: string | undefined, to: string): number | undefined {
  const days = (Date.parse(to) - Date.parse(from ?? "")) / dayMilliseconds;
  return Number.isFinite(days) ? Math.max(0, Math.floor(days)) : undefined;
}

const daysOfMonth = 30.4375;

export function monthsOf(days: number): number {
  return days / daysOfMonth;
}

/** For people: `40 months`, `12 days`. */
export function ageWords(days: number): string {
  if (days < 60) return days === 1 ? "1 day" : `${days} days`;
  return `${Math.floor(monthsOf(days))} months`;
}

export function dateOf(time: string): string {
  return time.slice(0, 10);
}
