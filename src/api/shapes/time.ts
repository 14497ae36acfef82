/** A moment, on the wire. */
import { Type } from "typebox";

export const time = Type.String({ format: "date-time", description: "A moment in UTC, ISO 8601" });

export function toTime(date: Date): string;
export function toTime(date: Date | null | undefined): string | null;
export function toTime(date: Date | null | undefined): string | null {
  return date ? date.toISOString() : null;
}
