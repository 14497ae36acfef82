/** Runs the examples of a policy as a scan would: each is a repository of one file. Says in words what came out wrong. */
import { sourceFileOf } from "../source-file-of.ts";
import { catalogueOf } from "./catalogue.ts";
import { evaluate } from "./evaluate.ts";
import { languages } from "./languages.ts";
import type { Example, Policy } from "./policy.ts";

export function tryExamples(policy: Policy): readonly string[] {
  const { bad, good } = policy.examples;
  if (bad.length === 0 || good.length === 0) return ["needs a bad and a good example"];
  return [
    ...bad.flatMap((one, at) => tryOne(policy, one, at, "bad")),
    ...good.flatMap((one, at) => tryOne(policy, one, at, "good")),
  ];
}

function tryOne(policy: Policy, { path, text }: Example, index: number, kind: "bad" | "good"): readonly string[] {
  const file = sourceFileOf(path, "0", new TextEncoder().encode(text));
  const reading = languages.filter(({ selects, recognizes }) => selects(path) && recognizes?.(file) !== false);
  const units = reading.flatMap((language) =>
    language.units([{ path, links: [] }]).map(({ root }) => language.read({ root, files: [file] })),
  );
  const { evaluated, problems } = evaluate(
    units.flatMap(({ resources }) => resources),
    catalogueOf([policy]),
  );
  const results = evaluated.map(({ verdict }) => verdict.is);
  const told = [...units.flatMap((unit) => unit.problems), ...problems].filter(({ isNotice }) => !isNotice);
  const name = `${kind} example ${index + 1} (${path})`;
  if (told.length > 0) return [`${name}: ${told.map(({ message }) => message).join("; ")}`];
  if (kind === "bad" && !results.includes("fail")) return [`${name} does not fail: ${results.join(", ") || "nothing"}`];
  if (kind === "good" && (results.includes("fail") || !results.includes("pass")))
    return [
      `${name} does not pass: ${results.join(", ") || "nothing"} ${evaluated.map(({ verdict }) => verdict.why ?? "").join("; ")}`,
    ];
  return [];
}
