/** Looks whether a provider's answer is the one that a marker describes. Reads own fields only, and never fails. */
import type { FieldTest, Marker } from "./live-provider.ts";

export function fitsMarker({ status, fields }: Marker, answer: { readonly status: number; readonly json: unknown }) {
  if (answer.status !== status) return false;
  return Object.entries(fields).every(([way, test]) => fits(test, fieldAt(answer.json, way)));
}

function fieldAt(json: unknown, way: string): unknown {
  let value = json;
  for (const name of way.split("/")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function fits(test: FieldTest, value: unknown): boolean {
  if (typeof test === "boolean") return value === test;
  if (test === "text") return typeof value === "string" && value !== "";
  if (test === "number") return typeof value === "number";
  if (test === "list") return Array.isArray(value);
  if ("is" in test) return test.is.some((one) => one === value);
  if (typeof value !== "string") return false;
  return "startsWith" in test ? value.startsWith(test.startsWith) : value !== "" && !test.not.includes(value);
}
