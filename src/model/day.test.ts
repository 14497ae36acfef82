import assert from "node:assert/strict";
import { test } from "node:test";
import { isDay } from "./day.ts";

test("a day is one of the calendar", () => {
  for (const day of ["2026-11-27", "2028-02-29", "0001-01-01"]) assert.ok(isDay(day), day);
  for (const none of ["2026-13-45", "2026-02-29", "2026-1-1", "20261127", "2026-11-27T00:00", ""])
    assert.ok(!isDay(none), none);
});
