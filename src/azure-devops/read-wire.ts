/** The boundary: what Azure DevOps sent becomes what we expect of it, or a RemoteError that says which field is wrong where. */
import { RemoteError } from "#model/remote-error.ts";

/** A JSON object whose fields are not known yet. */
export type Wire = Readonly<Record<string, unknown>>;

function unexpected(where: string, what: string): RemoteError {
  return new RemoteError("unexpected", `Azure DevOps answered ${where} without ${what}.`, { details: { where, what } });
}

export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function wireObject(value: unknown, where: string): Wire {
  if (!isWire(value)) throw unexpected(where, "an object");
  return value;
}

/** `{count, value}`, or a bare array where the wire has one. */
export function wireList(body: unknown, where: string): readonly Wire[] {
  const list = isWire(body) ? body.value : body;
  if (!Array.isArray(list)) throw unexpected(where, "a list");
  return list.map((item) => wireObject(item, where));
}

export function requiredText(wire: Wire, field: string, where: string): string {
  const value = wire[field];
  if (typeof value !== "string" || value === "") throw unexpected(where, field);
  return value;
}

/** Ids come as numbers, and now and then as digits in a string. */
export function requiredNumber(wire: Wire, field: string, where: string): number {
  const value = optionalNumber(wire, field);
  if (value === undefined) throw unexpected(where, field);
  return value;
}

export function optionalText(wire: Wire, field: string): string | undefined {
  const value = wire[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function optionalNumber(wire: Wire, field: string): number | undefined {
  const value = wire[field];
  if (typeof value === "string" && /^-?\d{1,15}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** An object inside; an empty one if it is null or absent. */
export function inner(wire: Wire, field: string): Wire {
  const value = wire[field];
  return isWire(value) ? value : {};
}

/** Dates come with `Z`, with seven digits of a second, without `Z`, and as the year 1, which means none. */
export function optionalDate(wire: Wire, field: string): Date | undefined {
  const text = optionalText(wire, field);
  if (text === undefined || text.startsWith("0001-")) return undefined;
  const trimmed = text.replace(/(\.\d{3})\d+/, "$1");
  const date = new Date(/(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed) ? trimmed : `${trimmed}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
