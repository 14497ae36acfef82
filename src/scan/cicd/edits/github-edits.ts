/** Edits of workflows and actions of GitHub: members of a mapping, and what expressions paste into scripts. */
import { type Block, child, type Member, type Scalar, textOf } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { TextChange } from "../../iac/fixes/text-change.ts";
import type { Edit } from "../cicd-rule.ts";
import { placeIn } from "../github/place-in.ts";
import { shellOf } from "../github/scripts.ts";
import type { Step } from "../github/workflow.ts";
import { isWithin, type Members, withMembers, withMembersBefore, withoutPart, withValue } from "./mapping-edits.ts";
import { asVariables, type Environment, type Pasted } from "./shell-variables.ts";

type Words = Pick<Edit, "title" | "safe">;

/** A member of a mapping within another, whichever of them is not there yet. */
export function setWithin(body: Block, [outer, key]: readonly [string, string], text: string, words: Words) {
  const holder = body.get(outer);
  if (!holder) return edit(words, withMembers(writtenAt(body), { [outer]: { [key]: text } }));
  if (holder.value.is !== "block") return undefined;
  const given = holder.value.get(key);
  if (given) return edit(words, withValue(given.key, writtenAt(given.value), text));
  return edit(words, withMembers(writtenAt(holder.value), { [key]: text }));
}

/** At the top of a workflow, before another member. */
export function addBefore({ key }: Member, members: Members, words: Words): Edit | undefined {
  return edit(words, withMembersBefore(key, members));
}

/** A variable, and the whole `env` if it is the only one. */
export function removeVariable(holder: Member, name: string, words: Words): Edit | undefined {
  const own = holder.value.is === "block" ? holder.value.get(name) : undefined;
  if (!own) return undefined;
  const within = writtenAt(holder.value);
  return edit(words, withoutPart({ own: wholeOf(own), within, holder: { ...wholeOf(holder), end: within.end } }));
}

function wholeOf({ key, value }: Member): Place {
  return { ...key, end: Math.max(key.end, writtenAt(value).end) };
}

function writtenAt(node: { readonly at: Place; readonly from?: Place | undefined }): Place {
  return node.from ?? node.at;
}

export interface PastedExpression {
  readonly start: number;
  readonly end: number;
  /** Made a name of. */
  readonly name: string;
}

/** All of a script at once, for they share its environment. */
export function expressionsToEnvironment(step: Step, run: Scalar, found: readonly PastedExpression[]) {
  const shell = shellOf(step);
  const is = /^(?:ba|da|z|k)?sh$/.test(shell)
    ? "posix"
    : /^(?:pwsh|powershell)$/.test(shell)
      ? "powershell"
      : undefined;
  const env = child(step.body, "env");
  if (!is || (step.body.get("env") && env?.is !== "block")) return undefined;
  const environment: Environment = { given: variablesOf(env?.is === "block" ? env : undefined), added: new Map() };
  const pasted = found.map((one): Pasted => {
    const { file, start, end } = placeIn(run, one.start, one.end);
    return { ...one, written: file.text.slice(start, end) };
  });
  if (!isWithin(writtenAt(run), writtenAt(step.body)) || isNamed(writtenAt(run))) return undefined;
  const text = String(run.value);
  if (pasted.some(({ start, end, written }) => written !== text.slice(start, end) || written.includes("\n")))
    return undefined;
  const replaced = asVariables(text, is, pasted, environment);
  if (!replaced) return undefined;
  const isEscaped = run.at.file.text[writtenAt(run).start] === '"';
  const changes = replaced.map(
    (one): TextChange => ({
      place: placeIn(run, one.start, one.end),
      text: isEscaped ? one.text.replaceAll('"', String.raw`\"`) : one.text,
    }),
  );
  const { added } = environment;
  const members = Object.fromEntries([...added].map(([name, value]) => [name, asYaml(value)]));
  const target = env?.is === "block" ? env : step.body;
  const grown = added.size > 0 ? withMembers(writtenAt(target), env ? members : { env: members }) : undefined;
  if (added.size > 0 && !grown) return undefined;
  const title = `Hand the value${replaced.length === 1 ? "" : "s"} over under env and use the shell's variable`;
  const isSafe = replaced.every(({ quotes }) => quotes !== "none");
  return { title, safe: isSafe, changes: [...changes, ...(grown ? [grown] : [])] };
}

/** Other steps may use the same text, by an alias. */
function isNamed({ file, start }: Place): boolean {
  return /&[^\s&]{1,100}\s+$/.test(file.text.slice(Math.max(0, start - 200), start)) || file.text[start] === "&";
}

/** A plain value ends at a comment or a colon. */
function asYaml(value: string): string {
  return /: | #|[{}[\],&*!|>%@`]["']/.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}

function variablesOf(env: Block | undefined): ReadonlyMap<string, string> {
  const names = env?.keys().slice(0, 500) ?? [];
  return new Map(names.map((name) => [name, textOf(env?.get(name)?.value) ?? ""]));
}

function edit(words: Words, change: TextChange | undefined): Edit | undefined {
  return change && { ...words, changes: [change] };
}
