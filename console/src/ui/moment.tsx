/** A moment as people say it ("5 minutes ago"), with the exact time on hover. */
import { Tooltip } from "@mantine/core";
import classes from "./moment.module.css";
import { useNow } from "./use-now.ts";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const calendarDay = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "long" });

const steps = [
  ["minute", 60_000, 60],
  ["hour", 3_600_000, 24],
  ["day", 86_400_000, 14],
] as const;

export function Moment({ at }: { readonly at: string }) {
  const now = useNow(30_000);
  return (
    <Tooltip label={sayExactly(at)}>
      <time dateTime={at} className={classes.moment}>
        {sayMoment(new Date(at), now)}
      </time>
    </Tooltip>
  );
}

export function sayMoment(at: Date, now: number): string {
  const distance = at.getTime() - now;
  if (Math.abs(distance) < 45_000) return "just now";
  for (const [unit, length, limit] of steps) {
    const count = Math.round(distance / length);
    if (Math.abs(count) < limit) return relative.format(count, unit);
  }
  return day.format(at);
}

/** To the second. */
export function sayExactly(at: string): string {
  return exact.format(new Date(at));
}

/** The day of a moment is that of the person who looks; a day of the calendar, `2026-11-26`, is the same everywhere. */
export function sayDay(at: string): string {
  return (at.length === "2026-11-26".length ? calendarDay : day).format(new Date(at));
}
