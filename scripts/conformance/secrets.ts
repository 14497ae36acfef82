/**
 * Compares the rules for secrets with a list of token kinds (`providers.json`): kinds without a rule, severities that
 * differ, fixed texts that no rule looks for. `--ids 74-184,stripe-key` narrows to ranks and kinds.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SecretRule } from "../../src/scan/secrets/rule/secret-rule.ts";
import type { Narrowing } from "../conformance.ts";

interface TokenKind {
  readonly rank: number;
  readonly id: string;
  readonly prefixes?: readonly string[];
  readonly infix?: readonly string[];
  readonly suffix?: readonly string[];
  readonly severity: string;
}

interface Difference {
  readonly is: "no rule" | "severity" | "text";
  readonly kind: string;
  readonly rank: number;
  readonly detail: string;
}

/** The rule that covers a kind, and why its severity differs from the list's. */
interface Answer {
  readonly rule: string;
  readonly severity?: string;
}

const rulesFolder = new URL("../../src/scan/secrets/rules/", import.meta.url);

export async function runSecrets(folder: string, output: string | undefined, { ids }: Narrowing): Promise<void> {
  const file = join(folder, "providers.json");
  if (!existsSync(file)) throw new Error(`no ${file}`);
  const { providers } = JSON.parse(readFileSync(file, "utf8")) as { readonly providers: readonly TokenKind[] };
  const kinds = providers.filter((kind) => ids === undefined || ids.some((id) => isNamed(kind, id)));
  const rules = new Map((await allRules()).map((rule) => [rule.id as string, rule]));
  const answers = new Map(
    Object.entries(
      JSON.parse(readFileSync(new URL("secret-kinds.json", import.meta.url), "utf8")) as Readonly<
        Record<string, string | Answer>
      >,
    ).map(([kind, answer]) => [kind, typeof answer === "string" ? { rule: answer } : answer]),
  );
  const found = kinds.flatMap((kind) => {
    const { rule, severity } = answers.get(kind.id) ?? { rule: `secrets/${kind.id}` };
    return differencesOf(kind, rules.get(rule)).filter(({ is }) => is !== "severity" || severity === undefined);
  });
  for (const [kind, { rule }] of answers) {
    if (!rules.has(rule)) console.log(`secret-kinds.json: ${kind} names ${rule}, which is no rule`);
  }
  for (const { is, rank, kind, detail } of found) console.log(`${is.padEnd(8)}  ${rank} ${kind}  ${detail}`);
  const covered = kinds.length - count(found, "no rule");
  console.log(
    `\nconformance secrets: ${covered} of ${kinds.length} kinds have a rule; ${count(found, "severity")} severities differ, ${count(found, "text")} texts are in no anchor or part`,
  );
  if (output) writeFileSync(output, found.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

/** From the folder, so that a file that was not generated into the scanner's list yet is seen, too. */
async function allRules(): Promise<readonly SecretRule[]> {
  const files = globSync("**/*.ts", { cwd: rulesFolder.pathname }).sort();
  const loaded = await Promise.all(
    files.map(
      async (file) => (await import(new URL(file, rulesFolder).href)) as { readonly rules?: readonly SecretRule[] },
    ),
  );
  return loaded.flatMap(({ rules = [] }) => rules);
}

/** `stripe-key`, `74`, `74-184` */
function isNamed({ id, rank }: TokenKind, name: string): boolean {
  const range = /^(\d+)(?:-(\d+))?$/.exec(name);
  return range === null ? id === name : rank >= Number(range[1]) && rank <= Number(range[2] ?? range[1]);
}

function differencesOf(kind: TokenKind, rule: SecretRule | undefined): readonly Difference[] {
  const difference = (is: Difference["is"], detail: string): Difference => ({
    is,
    kind: kind.id,
    rank: kind.rank,
    detail,
  });
  if (rule === undefined) return [difference("no rule", "")];
  const texts = textsOf(rule).map((text) => text.toLowerCase());
  const missing = [...(kind.prefixes ?? []), ...(kind.infix ?? []), ...(kind.suffix ?? [])].filter((fact) => {
    const folded = fact.toLowerCase();
    return !texts.some((text) => text.includes(folded) || (text.length >= 3 && folded.includes(text)));
  });
  return [
    ...(rule.severity === kind.severity
      ? []
      : [difference("severity", `${kind.severity}; ${rule.id} says ${rule.severity}`)]),
    ...missing.map((fact) => difference("text", `'${fact}' is not in ${rule.id}`)),
  ];
}

/** The fixed texts that a rule knows of: anchors and parts. */
function textsOf({ anchors, shape }: SecretRule): readonly string[] {
  const parts = shape.is === "token" || shape.is === "near" ? shape.parts : [];
  return [
    ...anchors.map(({ text }) => text),
    ...parts.flatMap((part) => ("text" in part ? [part.text] : "oneOf" in part ? part.oneOf : [])),
  ];
}

function count(differences: readonly Difference[], is: Difference["is"]): number {
  return differences.filter((one) => one.is === is).length;
}
