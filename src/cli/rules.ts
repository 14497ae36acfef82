/** `sallyport rules [ID]`: lists the rules, or explains one. Rules of one's own are those that a scan of this folder would use. */
import type { Controls, Rule } from "#model/rule.ts";
import { nearestName } from "#scan/nearest-name.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { findRule, rules } from "#scan/rules.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import { writeToStdout } from "./scan/scan-output.ts";
import { loadSettings } from "./scan/settings/scan-settings-files.ts";
import { readRuleFiles } from "./scan/settings/secret-rule-files.ts";
import { UsageError } from "./usage-error.ts";

export interface RulesOptions {
  readonly format: "table" | "json";
  readonly config?: string;
}

interface ListedRule extends Rule {
  /** Of a rule of one's own: where it stands. */
  readonly file?: string;
}

export async function runRules(id: string | undefined, { format, config }: RulesOptions): Promise<number> {
  const own = await ownRules(config);
  if (id === undefined) {
    const all = [...rules, ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
    await writeToStdout(format === "json" ? json(all.map(wordsOf)) : await table(all, own.length));
    return 0;
  }
  const rule = findAny(id, own) ?? findAny(`secrets/${id}`, own) ?? findRule(`iac/${id}`);
  if (rule === undefined) throw unknownRule(id, own);
  await writeToStdout(format === "json" ? json(wordsOf(rule)) : explanation(inOneLine(rule)));
  return 0;
}

async function ownRules(config: string | undefined): Promise<readonly ListedRule[]> {
  const ruleFiles = await filesOfRules(config);
  await openYamlDoor({ ruleFiles });
  const { rules: own, problems } = userRulesOf(ruleFiles);
  for (const { path = "", line = 1, message } of problems)
    console.error(`sallyport: ${plainText(`${path}:${line}: ${message}`)}`);
  return own.map(({ rule, file }) => ({ ...rule, file }));
}

/** Settings that nobody named must not keep anybody from the rules that come with the program. */
async function filesOfRules(config: string | undefined): Promise<ReturnType<typeof readRuleFiles>> {
  const folder = process.cwd();
  try {
    return readRuleFiles(folder, await loadSettings(folder, config));
  } catch (error) {
    if (!(error instanceof UsageError) || config !== undefined) throw error;
    console.error(`sallyport: ${plainText(error.message)}`);
    return [];
  }
}

function findAny(id: string, own: readonly ListedRule[]): ListedRule | undefined {
  return findRule(id) ?? own.find((rule) => rule.id === id || rule.aliases.includes(id));
}

function unknownRule(id: string, own: readonly ListedRule[]): UsageError {
  const names = [...rules, ...own].flatMap((rule) => [rule.id, ...rule.aliases]);
  const nearest = nearestName(id, names);
  const hint = nearest === undefined ? "" : `; the nearest is ${plainText(nearest)}`;
  return new UsageError(`there is no rule "${plainText(id)}"${hint}; \`sallyport rules\` lists them`);
}

/** A file of rules is other people's text. */
function inOneLine(rule: ListedRule): ListedRule {
  if (rule.file === undefined) return rule;
  const plain = (text: string) => plainText(text.replace(/\s+/g, " ").trim());
  const { title, why, fix, links, aliases, file } = rule;
  return {
    ...rule,
    ...{ title: plain(title), why: plain(why), fix: plain(fix), file: plain(file) },
    ...{ links: links.map(plain), aliases: aliases.map(plain) },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function wordsOf({ id, aliases, title, severity, why, fix, links, frameworks, serves, file }: ListedRule): ListedRule {
  return {
    ...{ id, aliases, title, severity, why, fix, links },
    ...(frameworks && { frameworks }),
    ...(serves && { serves }),
    ...(file !== undefined && { file }),
  };
}

async function table(all: readonly ListedRule[], own: number): Promise<string> {
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
  for (const { id, severity, title, file } of all.map(inOneLine))
    lines.push([severity, id, file === undefined ? title : `${title} (your own: ${file})`]);
  const text = lines.toString().replace(/[ \t]+$/gm, "");
  const ofThem = own === 0 ? "" : `, ${own} of them your own`;
  return `${text}\n\n${all.length} rules${ofThem}; \`sallyport rules ID\` explains one.\n`;
}

function explanation({ id, aliases, title, severity, why, fix, links, frameworks, serves, file }: ListedRule): string {
  return [
    `${id} (${severity})`,
    title,
    "",
    why,
    "",
    `Fix: ${fix}`,
    ...(file === undefined ? [] : ["", `Your own rule: ${file}`]),
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
