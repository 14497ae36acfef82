/** Damaged files never stop a scan: an example of every policy is damaged in some way and still comes to an end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "#model/testing/random.ts";
import { sourceFileOf } from "../source-file-of.ts";
import { iacScanner } from "./iac-scanner.ts";
import { policies } from "./policies.generated.ts";
import { mutateText } from "./testing/mutate-text.ts";

const context = { fingerprintKey: new Uint8Array(32), includePassed: true };

test("damaged examples are scanned to the end, and no policy breaks on them", () => {
  const random = randomFrom(4);
  const examples = policies.flatMap(({ examples: { bad } }) => bad.slice(0, 1));
  const broken: string[] = [];
  for (const { path, text } of examples) {
    const damaged = mutateText(text, random);
    const file = sourceFileOf(path, "0", new TextEncoder().encode(damaged));
    const units = iacScanner.units([{ path, survey: iacScanner.survey(file) }]);
    for (const unit of units) {
      const { problems } = iacScanner.scan(unit, [file], context);
      broken.push(...problems.filter(({ code }) => code === "failed").map(({ message }) => `${message}\n${damaged}`));
    }
  }
  assert.deepEqual(broken, []);
});
