/** Reading numbers, yes/no and dates from queries, the way the service does: anything unreadable is as good as absent. */
import type { Call } from "./route.ts";

export function numberOf(
  call: Pick<Call, "query">,
  names: readonly string[],
  fallback: number,
  largest = 1_000_000,
): number {
  for (const name of names) {
    const value = Number.parseInt(call.query(name) ?? "", 10);
    if (Number.isFinite(value) && value >= 0) return Math.min(value, largest);
  }
  return fallback;
}

export function isTrue(call: Pick<Call, "query">, name: string): boolean {
  return call.query(name)?.toLowerCase() === "true";
}

export function dateOf(call: Pick<Call, "query">, name: string): Date | undefined {
  const text = call.query(name);
  if (!text) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A page cut by `$top` and `$skip`. */
export function pageOf<T>(call: Pick<Call, "query">, values: readonly T[], fallbackTop: number, prefix = ""): T[] {
  const skip = numberOf(call, [`${prefix}$skip`, `${prefix}skip`], 0);
  const top = numberOf(call, [`${prefix}$top`, `${prefix}top`], fallbackTop);
  return values.slice(skip, skip + top);
}

/** The body as an object; anything else reads as an empty one. */
export function bodyObject(call: Pick<Call, "body">): Record<string, unknown> {
  const { body } = call;
  return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Enum values come in as text or number; anything else reads as "". */
export function enumText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
}
