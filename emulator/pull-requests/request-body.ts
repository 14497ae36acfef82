/** Reading bodies of requests: unknown JSON in, checked pieces out, refusals in the words of the real service. */
import { type Call, Refusal } from "../route.ts";

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function requireBody(call: Call): Record<string, unknown> {
  if (isRecord(call.body)) return call.body;
  throw new Refusal(
    400,
    "ArgumentNullException",
    "Value cannot be null.\r\nParameter name: body",
    "System.ArgumentNullException, mscorlib",
  );
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Text of a text or a number; nothing of anything else. */
export function plain(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}

export function invalidArgument(message: string): Refusal {
  return new Refusal(
    400,
    "InvalidArgumentValueException",
    `Invalid argument value.\r\nParameter name: ${message}`,
    "Microsoft.TeamFoundation.SourceControl.WebServer.InvalidArgumentValueException, Microsoft.TeamFoundation.SourceControl.WebServer",
  );
}

/** An enum of a request: its name in any case, or its number; undefined when absent. */
export function enumValue<Name extends string>(
  value: unknown,
  names: Readonly<Record<number, Name>>,
  parameter: string,
): Name | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") {
    const name = names[value];
    if (name) return name;
  } else if (typeof value === "string") {
    const found = Object.values(names).find((name) => name.toLowerCase() === value.toLowerCase());
    if (found) return found;
    const name = /^\d+$/.test(value) ? names[Number(value)] : undefined;
    if (name) return name;
  }
  throw invalidArgument(parameter);
}

/** A whole number of the query; `fallback` when absent or not a number. */
export function numberQuery(call: Call, name: string, fallback: number): number {
  const value = call.query(name);
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : fallback;
}

/** `$top` and `$skip` (or `top` and `skip`) applied to a list. */
export function page<T>(call: Call, values: readonly T[], fallback: number, maximum = fallback): T[] {
  const top = Math.min(numberQuery(call, "$top", numberQuery(call, "top", fallback)), maximum);
  const skip = Math.max(0, numberQuery(call, "$skip", numberQuery(call, "skip", 0)));
  return values.slice(skip, skip + Math.max(0, top));
}

/** Header paging: the answer's token is the number of values already given. */
export function headerPage<T>(
  call: Call,
  values: readonly T[],
  fallback: number,
  maximum = 1000,
): { values: T[]; headers: Record<string, string> } {
  const from = numberQuery(call, "continuationToken", 0);
  const top = Math.max(1, Math.min(numberQuery(call, "$top", numberQuery(call, "top", fallback)), maximum));
  const next = from + top;
  return {
    values: values.slice(from, next),
    headers: next < values.length ? { "x-ms-continuationtoken": String(next) } : {},
  };
}
