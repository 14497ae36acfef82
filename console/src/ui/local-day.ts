/** Days of the calendar, `2026-11-26`, as whoever looks counts them: not as the server does, nor as in UTC. */

/** The day that a moment lies in. */
export function dayAt(moment: Date): string {
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${moment.getFullYear()}-${month}-${day}`;
}

/** The first day that is not over, nor under way. */
export function tomorrow(now = new Date()): string {
  return dayAt(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1));
}

/** When a day begins, as the server takes moments. */
export function beginningOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
