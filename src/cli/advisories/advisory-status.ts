/** The status of the local copy as people read it: ages first, then what there is, then sources with licences and what went wrong. */
import type { KnowledgeStatus } from "#knowledge/knowledge-status.ts";

export function statusText(status: KnowledgeStatus, now: Date): string {
  const { folder = "", notice, ecosystems, sources, problems } = status;
  const lines = [
    ...(notice === undefined ? [] : [notice]),
    `local copy in ${folder}`,
    "",
    ...(ecosystems.length === 0
      ? ['no data: run "sallyport advisories update", or import a bundle']
      : ecosystemLines(status, now)),
    ...listLines(status),
    ...sources.flatMap((source) => ["", ...sourceLines(source, now)]),
    ...(problems.length === 0 ? [] : ["", ...problems]),
  ];
  return `${lines.join("\n")}\n`;
}

function ecosystemLines({ ecosystems }: KnowledgeStatus, now: Date): readonly string[] {
  const rows = ecosystems.map((one) => [
    one.ecosystem,
    number(one.advisories),
    number(one.packages),
    number(one.malicious),
    megabytes(one.bytes),
    ageOf(one.asOf ?? one.built, now),
  ]);
  return table([["ecosystem", "advisories", "packages", "malicious", "size", "as of"], ...rows]);
}

function listLines({ exploitLikelihood, knownExploited, runtimes }: KnowledgeStatus): readonly string[] {
  const lists = [
    ["exploit likelihoods", exploitLikelihood],
    ["exploited vulnerabilities", knownExploited],
    [".NET channels", runtimes],
  ] as const;
  const there = lists.flatMap(([name, list]) =>
    list ? [`${number(list.rows)} ${name}${list.asOf && `, of ${list.asOf}`}`] : [],
  );
  return there.length === 0 ? [] : ["", ...there];
}

function sourceLines(source: KnowledgeStatus["sources"][number], now: Date): readonly string[] {
  const { name, from, licence, attribution, checked, bytes, problems } = source;
  const age = checked === undefined ? "never whole" : `current ${ageOf(checked, now)}`;
  return [
    `${name}: ${from}, ${megabytes(bytes)}, ${age}`,
    `  licence: ${licence}`,
    ...(attribution === undefined ? [] : [`  ${attribution}`]),
    ...problems.map(({ at, message }) => `  failed ${ageOf(at, now)}: ${message}`),
  ];
}

/** Columns of one width; all but the first are numbers and stand to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function ageOf(time: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(time)) / 60_000);
  if (Number.isNaN(minutes)) return "unknown";
  if (minutes < 60) return minutes < 2 ? "just now" : `${minutes} minutes ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} hours ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
