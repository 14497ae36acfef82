/** In how many days problems are to be solved, and how an issue stands to its due date. */
import type { Novelty } from "./policy.ts";
import type { Severity } from "./severity.ts";
import type { DueState } from "./urgency.ts";

export interface SlaDays extends Readonly<Record<Severity, number>> {
  /** More for backlog: what was there before anybody looked. */
  readonly grace: number;
}

export const defaultSlaDays: SlaDays = { critical: 7, high: 14, medium: 30, low: 90, grace: 0 };

export interface DueDates {
  readonly dueSoonAt: Date;
  readonly dueAt: Date;
}

const day = 24 * 60 * 60_000;
/** The last part of its time, in which an issue is due soon. */
const lastPart = 1 / 4;

export function dueDatesOf(
  days: SlaDays,
  issue: { readonly severity: Severity; readonly novelty: Novelty; readonly countsFrom: Date },
): DueDates {
  const whole = (days[issue.severity] + (issue.novelty === "backlog" ? days.grace : 0)) * day;
  const from = issue.countsFrom.getTime();
  return { dueSoonAt: new Date(from + whole * (1 - lastPart)), dueAt: new Date(from + whole) };
}

export function dueStateOf(
  { dueSoonAt, dueAt }: { readonly dueSoonAt: Date | null; readonly dueAt: Date | null },
  isOpen: boolean,
  now: Date,
): DueState {
  if (!isOpen || dueAt === null || dueSoonAt === null) return "none";
  return now >= dueAt ? "overdue" : now >= dueSoonAt ? "approaching" : "on-track";
}
