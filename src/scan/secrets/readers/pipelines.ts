/** Azure Pipelines: logging commands that carry a literal, and variables and inputs whose names say secret. */

import { nameKind, nameWords } from "../assignments/name-words.ts";
import { assignedName, readAssignment } from "../assignments/read-assignment.ts";
import { passwordScore, tokenScore } from "../judgement/value-scores.ts";
import { explainedScore } from "../scoring/score.ts";
import { remembered } from "../text/remembered.ts";
import { type Hit, lineEnd, noProposal, type Proposal, type View } from "../text/view.ts";
import { placedLiteral } from "./placed-literal.ts";

const longestCommand = 600;

/** `##vso[task.setvariable variable=x;issecret=true]literal`, `setsecret`, `setendpoint`; the hit opens the command. */
export function readLoggingCommand(view: View, hit: Hit): Proposal {
  const line = view.bytes.toString("utf8", hit.start, lineEnd(view, hit.start, longestCommand));
  const head = /^##vso\[task\.(\w+)([^\]]*)\]/i.exec(line);
  if (head === null) return noProposal;
  const value = /^[^\s"'`<\\]+/.exec(line.slice(head[0].length))?.[0] ?? "";
  // A shell, PowerShell or the pipeline fills these in.
  if (/^[$%]|\$[({A-Za-z_]/.test(value)) return noProposal;
  const start = hit.start + Buffer.byteLength(head[0]);
  const properties = head[2] ?? "";
  if (/issecret=true/i.test(properties) || /^setsecret$/i.test(head[1] ?? "")) {
    return placedLiteral(start, value, "marked as a secret by the pipeline itself");
  }
  const name = /(?:variable|key)=([\w.-]+)/i.exec(properties)?.[1] ?? "";
  const score = namedScore(name, value, false);
  return score < leastOfCommand
    ? noProposal
    : placedLiteral(start, value, "the variable's name says secret", Math.max(score, explainedScore));
}

/** A variable, parameter or input whose name says secret, with a literal value. */
export function readPipelineLiteral(view: View, hit: Hit): Proposal {
  const name = assignedName(view, hit);
  if (name === undefined || promisedKind(name) === undefined) return noProposal;
  const found = readAssignment(view, hit);
  if (found === undefined || found.end - found.start < 4) return noProposal;
  const value = view.bytes.toString("utf8", found.start, found.end);
  const score = namedScore(found.name, value, found.quoted);
  return score < leastOfLiteral
    ? noProposal
    : placedLiteral(found.start, value, "literal in a pipeline", Math.max(score, explainedScore));
}

/** What looks less like a secret is a setting that only has the name of one; a command says more than a line of YAML holds. */
const leastOfCommand = 55;
const leastOfLiteral = 50;
/** What should be a token and looks like a password only is less sure. */
const otherFormLoss = 10;

const scores = remembered<number>();

/** How much a value looks like what its name says; 0 if the name says nothing of a secret. */
function namedScore(name: string, value: string, quoted: boolean): number {
  const kind = promisedKind(name);
  if (kind === undefined) return 0;
  return scores(`${kind} ${quoted} ${value}`, () => {
    const password = passwordScore(value, { quoted });
    return Math.max(tokenScore(value), kind === "password" ? password : password - otherFormLoss);
  });
}

function promisedKind(name: string): "password" | "token" | undefined {
  const words = nameWords(name);
  const kind = words.at(-1) === "pat" ? "token" : nameKind(words);
  if (kind === undefined || kind === "salt" || kind === "bare-key") return undefined;
  return kind === "password" ? "password" : "token";
}
