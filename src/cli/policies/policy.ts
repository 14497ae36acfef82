/** `sallyport policy check|test|show|schema`: 0 as it should be, 1 mistakes or cases that fail, 2 could not run. */
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import { describePolicy } from "#scan/policies/describe-conditions.ts";
import { policySchema } from "#scan/policies/policy-schema.ts";
import { type CaseResult, decidersOf, runCases } from "#scan/policies/run-cases.ts";
import { writePolicies, writePolicy } from "#scan/policies/write-policy.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { writeToStdout } from "../scan/scan-output.ts";
import { UsageError } from "../usage-error.ts";
import { type LoadedPolicies, loadPolicies, loadSoundPolicies } from "./policy-files.ts";

export interface PolicyOptions {
  readonly format: "table" | "json";
}

export async function runPolicyCheck(paths: readonly string[], { format }: PolicyOptions): Promise<number> {
  const loaded = loadPolicies(paths);
  const { policies, cases, problems, writtenAt } = loaded;
  await writeToStdout(
    format === "json"
      ? json({
          policies: policies.map((policy) => ({ ...policy, writtenAt: writtenAt.get(policy.id) })),
          cases: cases.length,
          problems,
        })
      : checkTable(loaded),
  );
  return problems.length > 0 ? 1 : 0;
}

function checkTable({ policies, cases, problems, files, writtenAt }: LoadedPolicies): string {
  const width = Math.max(0, ...policies.map(({ id }) => id.length));
  const rows = policies.map((policy) => {
    const place = writtenAt.get(policy.id);
    const where = place === undefined ? "built-in" : plainText(`${place.path}:${place.line}`);
    const does = policy.enabled ? policy.actions.join(", ") : "off";
    return `${policy.id.padEnd(width)}  ${does}: what is ${plainText(describePolicy(policy))}  (${where})`;
  });
  const told = problems.map(({ path, line, message }) => `mistake  ${plainText(`${path}:${line}: ${message}`)}`);
  const summary = `${counted(policies.length, "policy", "policies")} and ${counted(cases.length, "case")} in ${counted(files, "file")}, ${counted(problems.length, "mistake")}`;
  return blocks([rows, told, [summary]]);
}

export async function runPolicyTest(paths: readonly string[], { format }: PolicyOptions): Promise<number> {
  const { policies, cases } = loadSoundPolicies(paths);
  if (cases.length === 0) throw new UsageError(`there are no cases in ${paths.join(", ")}`);
  const results = runCases(policies, cases, new Date());
  await writeToStdout(format === "json" ? json(results.map(wordsOf)) : testTable(results));
  return results.every(({ differences }) => differences.length === 0) ? 0 : 1;
}

function wordsOf({ of: { name, path, line }, verdict, differences }: CaseResult) {
  return { name, path, line, isAsExpected: differences.length === 0, differences, verdict };
}

function testTable(results: readonly CaseResult[]): string {
  const width = Math.min(60, Math.max(...results.map(({ of }) => of.name.length)));
  const rows = results.flatMap(({ of, verdict, differences }) => {
    const mark = differences.length === 0 ? "ok    " : "FAILED";
    const by = decidersOf(verdict).join(", ");
    const outcome = by === "" ? verdict.outcome : `${verdict.outcome} (${by})`;
    return [
      plainText(`${mark}  ${of.name.padEnd(width)}  ${outcome}  ${of.path}:${of.line}`),
      ...differences.map((difference) => plainText(`        ${difference}`)),
    ];
  });
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  return blocks([rows, [`${counted(results.length, "case")}: ${results.length - failed} as expected, ${failed} not`]]);
}

/** What to begin with: a policy of the built-in set as one would write it. */
export async function runPolicyShow(id: string | undefined): Promise<number> {
  if (id === undefined) {
    await writeToStdout(writePolicies(builtInPolicies));
    return 0;
  }
  const policy = builtInPolicies.find((one) => one.id === id);
  if (policy === undefined) {
    const ids = builtInPolicies.map((one) => one.id).join(", ");
    throw new UsageError(`there is no built-in policy "${id}"; there are ${ids}`);
  }
  await writeToStdout(writePolicy(policy));
  return 0;
}

export async function runPolicySchema(): Promise<number> {
  await writeToStdout(json(policySchema()));
  return 0;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function blocks(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
