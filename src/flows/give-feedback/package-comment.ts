/** The parts of a comment that only findings about packages have: all that is known, how the package comes in, what ends it. */
import type { Finding } from "#model/finding.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

/** More are counted: nobody reads thirty lines in a comment. */
const mostLines = 10;

/** What is known against one package, where that is more than one thing. */
export function listOfKnown(findings: readonly Finding[]): string {
  const lines = findings.slice(0, mostLines).map(({ severity, advisory, message }) => {
    const words = advisory ? `${advisory.title || message} (${advisory.aliases[0] ?? advisory.id})` : message;
    return `- ${severity[0]?.toUpperCase()}${severity.slice(1)}: ${escapeMarkdown(words)}${marksOf(advisory)}`;
  });
  const left = findings.length - lines.length;
  return [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join("\n");
}

function marksOf(advisory: Finding["advisory"]): string {
  const marks = [
    advisory?.exploited && "**known to be exploited**",
    advisory?.cvss && `CVSS ${advisory.cvss.score.toFixed(1)}`,
    advisory?.likelihood && `EPSS ${(advisory.likelihood.probability * 100).toFixed(1)} %`,
  ].filter(Boolean);
  return marks.length === 0 ? "" : `, ${marks.join(", ")}`;
}

/** How it comes in, and whether the code uses it. */
export function wayIn({ package: about, reachability }: Finding): string | undefined {
  const via = about?.via && about.via.length > 1 ? `Comes in through ${about.via.map(markdownCode).join(" → ")}.` : "";
  const use = {
    imported: "Code of this repository imports it.",
    "imported-by-tests": "Only tests of this repository import it.",
    "not-imported": "No import of it was found in this repository, which is no proof that it is not used.",
    unknown: "",
  }[reachability?.is ?? "unknown"];
  const words = [via, use, about?.isDevelopment ? "Only development needs it." : ""].filter((part) => part !== "");
  return words.length === 0 ? undefined : words.join(" ");
}

/** The step that ends most: the highest version that any of them asks for is the last one given. */
export function stepOf(findings: readonly Finding[]): string | undefined {
  const steps = [...new Set(findings.flatMap(({ upgrade }) => (upgrade ? [stepWords(upgrade)] : [])))];
  const unfixed = findings.filter(({ advisory }) => advisory?.fixedIn.length === 0).length;
  const none =
    unfixed === 0
      ? []
      : [unfixed === 1 ? "For one of them no fix is published." : `For ${unfixed} no fix is published.`];
  const words = [...steps, ...(findings.length === 1 && unfixed === 1 ? ["No fix is published."] : none)];
  return words.length === 0 ? undefined : words.join(" ");
}

function stepWords({ name, from, to, by, crossesMajor, isCertain }: NonNullable<Finding["upgrade"]>): string {
  const step = `${by === "raise" ? "Raise" : "Override"} ${markdownCode(name)}${from === undefined ? "" : ` from ${escapeMarkdown(from)}`} to ${escapeMarkdown(to)}`;
  const notes = [crossesMajor && "a new major version: read what it changes", !isCertain && "the way to try"].filter(
    Boolean,
  );
  return `${step}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}.`;
}
