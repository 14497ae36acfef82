/**
 * Raises a gem in a Gemfile.lock, so that `bundle install --frozen` takes it, and in the Gemfile where that asks for less. Where
 * another gem would have to move the lock file is left to Bundler.
 */
import { gemfileGems } from "../../../packages/readers/rubygems/gemfile.ts";
import { satisfies } from "../../../packages/versions.ts";
import { changedText, type TextChange } from "../../text-edits.ts";
import { projectChanges } from "../edit-declared.ts";
import { leftToTool } from "../left-to-tool.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { replacedPart } from "../replaced-part.ts";
import { type GemLock, gemLockOf, writtenRequirement } from "./gem-lock.ts";
import { raisedGems } from "./raised-gems.ts";

export function editGemfileLock(asked: EditAsked): Edited {
  const { plan, manifest, textOf, raising, known } = asked;
  const [{ use, from, to }, ...others] = raising;
  const text = textOf(manifest.path);
  const lock = text === undefined ? undefined : gemLockOf(plan, text);
  if (text === undefined || !lock) return leftToTool(asked, "it is of a form that is not written here");
  if (others.some((one) => one.from !== from)) return leftToTool(asked, `it has several ${use.name}`);
  const request = requestOf(asked, lock);
  if (typeof request === "string") return leftToTool(asked, request);
  const step = { name: use.name, from, to, ...(request && { asked: request.requirement }) };
  const raised = raisedGems(lock, step, known);
  if (typeof raised === "string") return leftToTool(asked, raised);
  const written = raised.lines.join(text.includes("\r\n") ? "\r\n" : "\n");
  const changes = new Map([...(request?.changes ?? []), [manifest.path, replacedPart(text, written)] as const]);
  return { is: "edited", changes, stale: [], said: [], beside: raised.gone };
}

interface Request {
  readonly changes: ReadonlyMap<string, readonly TextChange[]>;
  /** As the lock file has it. */
  readonly requirement: string;
}

/** What the Gemfile asks for afterwards, if it has to ask for more. A clause is why not. */
function requestOf(asked: EditAsked, lock: GemLock): Request | string | undefined {
  const [{ use, to }] = asked.raising;
  const { name } = use;
  const written = lock.asked.get(name);
  if (!written || written.requirement === "" || satisfies("RubyGems", to, written.requirement) === true)
    return undefined;
  const changes = projectChanges(asked) ?? new Map<string, readonly TextChange[]>();
  const [path = "", other] = changes.keys();
  const text = asked.textOf(path);
  const after = text === undefined ? undefined : changedText(text, changes.get(path) ?? []);
  if (other !== undefined || text === undefined || after === undefined)
    return `what asks for ${name} ${written.requirement} is not raised here`;
  const [before, now] = [text, after].map((one) => requirementIn(one, path, name));
  if (before !== written.requirement || now === undefined)
    return `${path} does not ask for ${name} as the lock file says`;
  return { changes, requirement: now };
}

/** Undefined if it is not there once. */
function requirementIn(text: string, path: string, name: string): string | undefined {
  const [gem, other] = gemfileGems({ path, text }).filter((one) => one.name === name);
  return gem && !other ? writtenRequirement((gem.requirement ?? "").replace(/["']/g, "")) : undefined;
}
