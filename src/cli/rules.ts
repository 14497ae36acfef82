/** `sallyport rules [ID]`: lists the rules, or explains one. */
import type { Controls, Rule } from "#model/rule.ts";
import { findRule, rules } from "#scan/rules.ts";
import { writeToStdout } from "./scan/scan-output.ts";
import { UsageError } from "./usage-error.ts";

export interface RulesOptions {
  readonly format: "table" | "json";
}

export async function runRules(id: string | undefined, { format }: RulesOptions): Promise<number> {
  if (id === undefined) {
    await writeToStdout(format === "json" ? json(rules.map(wordsOf)) : await table(rules));
    return 0;
  }
  const rule = findRule(id) ?? findRule(`secrets/${id}`) ?? findRule(`iac/${id}`);
  if (rule === undefined) throw new UsageError(`there is no rule "${id}"; \`sallyport rules\` lists them`);
  await writeToStdout(format === "json" ? json(wordsOf(rule)) : explanation(rule));
  return 0;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function wordsOf({ id, aliases, title, severity, why, fix, links, frameworks, serves }: Rule): Rule {
  return {
    ...{ id, aliases, title, severity, why, fix, links },
    ...(frameworks && { frameworks }),
    ...(serves && { serves }),
  };
}

async function table(all: readonly Rule[]): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const idWidth = Math.max(...all.map(({ id }) => id.length)) + 2;
  // On a terminal long titles are wrapped inside their column; a pipe gets one line per rule.
  const titleWidth = process.stdout.isTTY ? Math.max(24, process.stdout.columns - idWidth - 10 - 1) : null;
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
  };
  const sides = { "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" };
  const lines = new Table({
    chars: { ...none, ...sides, middle: "" },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: [10, idWidth, titleWidth],
    wordWrap: true,
  });
  for (const { id, severity, title } of all) lines.push([severity, id, title]);
  const text = lines.toString().replace(/[ \t]+$/gm, "");
  return `${text}\n\n${all.length} rules; \`sallyport rules ID\` explains one.\n`;
}

function explanation({ id, aliases, title, severity, why, fix, links, frameworks, serves }: Rule): string {
  return [
    `${id} (${severity})`,
    title,
    "",
    why,
    "",
    `Fix: ${fix}`,
    ...(aliases.length > 0 ? ["", `Also known as: ${aliases.join(", ")}`] : []),
    ...(frameworks ? ["", `Looks at: ${frameworks.join(", ")}`] : []),
    ...(serves ? ["", ...controlLines(serves)] : []),
    "",
    ...links,
    "",
  ].join("\n");
}

function controlLines({ title, cis, nist, pci, mcsb }: Controls): readonly string[] {
  return [
    `Controls (${title}):`,
    `  CIS Controls 8      ${cis.join(", ")}`,
    `  NIST SP 800-53      ${nist.join(", ")}`,
    `  PCI DSS 4.0         ${pci.join(", ")}`,
    `  Microsoft benchmark ${mcsb.join(", ")}`,
  ];
}
