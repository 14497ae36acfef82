/**
 * What the `dependencies` and `plugins` of a build file name: strings, maps, words of a version catalogue. Blocks that are
 * computed in other ways are not understood, and nothing is run.
 */
import { type BuildToken, behindClosing, isMark } from "./build-tokens.ts";

/** One thing that is asked for, as written. */
export interface GradleWish {
  /** `implementation`, `classpath`; `plugin` for plugins. */
  readonly configuration: string;
  readonly wish:
    | { readonly is: "notation"; readonly token: BuildToken; readonly more?: string }
    | { readonly is: "parts"; readonly parts: ReadonlyMap<string, Value> }
    | { readonly is: "plugin"; readonly id: string; readonly version?: Value }
    | { readonly is: "word"; readonly chain: string };
  readonly start: number;
  readonly end: number;
  readonly isPlatform: boolean;
  /** It only says which version it must be if somebody asks for it. */
  readonly isConstraint: boolean;
}

/** A string, or the name of a variable. */
export type Value = { readonly token: BuildToken } | { readonly chain: string };

/** Calls whose arguments are no packages of a registry. */
const others = new Set([
  ..."project files fileTree gradleApi localGroovy gradleTestKit npm devNpm peerNpm bundleNpm dependencies exclude".split(
    " ",
  ),
]);
const wrappers = new Set([
  "platform",
  "enforcedPlatform",
  "testFixtures",
  "variantOf",
  "create",
  "dependencies",
  "provider",
]);

export function wishesIn(tokens: readonly BuildToken[]): readonly GradleWish[] {
  const wishes: GradleWish[] = [];
  const blocks: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (isMark(token, "{")) {
      blocks.push(blockName(tokens, at));
      continue;
    }
    if (isMark(token, "}")) {
      blocks.pop();
      continue;
    }
    const block = blocks.at(-1);
    const outer = blocks.at(-2);
    const isDependencies = block === "dependencies" || (block === "constraints" && outer === "dependencies");
    if (!isDependencies && block !== "plugins") continue;
    const isConstraint = block === "constraints" || outer === "dependencyManagement";
    const statement = statementAt(tokens, at);
    if (!statement) continue;
    if (block === "plugins") wishes.push(...pluginWish(tokens, statement));
    else for (const wish of dependencyWishes(tokens, statement, isConstraint)) wishes.push(wish);
    at = statement.to - 1;
  }
  return wishes;
}

/** The word before a block: `dependencies {`, `named("x") {`. */
function blockName(tokens: readonly BuildToken[], brace: number): string {
  const before = tokens[brace - 1];
  if (before?.is === "name") return before.value;
  if (!isMark(before, ")")) return "";
  // A call before a block is short; looking further back would look again and again.
  let depth = 0;
  for (let at = brace - 1; at >= 0 && brace - at < 30; at--) {
    if (isMark(tokens[at], ")")) depth++;
    else if (isMark(tokens[at], "(") && --depth === 0) return tokens[at - 1]?.value ?? "";
  }
  return "";
}

interface Statement {
  readonly head: BuildToken;
  /** Positions of the arguments, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly isCall: boolean;
}

function statementAt(tokens: readonly BuildToken[], at: number): Statement | undefined {
  const head = tokens[at];
  if (!head || head.is === "mark") return undefined;
  const isCall = isMark(tokens[at + 1], "(");
  if (isCall) {
    const end = behindClosing(tokens, at + 1);
    // `id("x") version "1"`, `implementation(a) + ...`: what follows in the line belongs to it.
    let to = end;
    while (to < tokens.length && !tokens[to]?.beginsLine && !isMark(tokens[to], "{") && !isMark(tokens[to], "}")) to++;
    return { head, from: at + 2, to, isCall };
  }
  if (head.is === "text") return undefined;
  let to = at + 1;
  for (; to < tokens.length; to++) {
    const token = tokens[to];
    if (!token || isMark(token, "{") || isMark(token, "}") || isMark(token, ";")) break;
    if (token.beginsLine && !isMark(tokens[to - 1], ",") && !isMark(tokens[to - 1], "+")) break;
    if (isMark(token, "(") || isMark(token, "[")) to = behindClosing(tokens, to) - 1;
  }
  return to > at + 1 ? { head, from: at + 1, to, isCall } : undefined;
}

function pluginWish(tokens: readonly BuildToken[], { head, from, to }: Statement): readonly GradleWish[] {
  const inner = tokens.slice(from, to);
  const wishOf = (wish: GradleWish["wish"]): GradleWish => ({
    configuration: "plugin",
    wish,
    start: head.start,
    end: tokens[to - 1]?.end ?? head.end,
    isPlatform: false,
    isConstraint: false,
  });
  if (head.value === "alias") return [wishOf({ is: "word", chain: chainAt(inner, 0).chain })];
  const [first] = inner.filter(({ is }) => is === "text");
  if (!first || (head.value !== "id" && head.value !== "kotlin")) return [];
  const word = inner.findIndex(({ is, value }) => is === "name" && value === "version");
  const version = word < 0 ? undefined : valueAt(inner, isMark(inner[word + 1], "(") ? word + 2 : word + 1);
  const id = head.value === "kotlin" ? `org.jetbrains.kotlin.${first.value}` : first.value;
  // `java` and its like are parts of Gradle.
  if (!id.includes(".")) return [];
  return [wishOf({ is: "plugin", id, ...(version ? { version } : {}) })];
}

function dependencyWishes(
  tokens: readonly BuildToken[],
  { head, from, to }: Statement,
  isConstraint: boolean,
): readonly GradleWish[] {
  if (others.has(head.value)) return [];
  const inner = tokens.slice(from, to);
  // `add("implementation", "a:b:1")`.
  const isAdd = head.value === "add" && inner[0]?.is === "text" && isMark(inner[1], ",");
  const configuration = isAdd ? (inner[0]?.value ?? "") : head.value;
  const end = tokens[to - 1]?.end ?? head.end;
  const wishOf = (wish: GradleWish["wish"], isPlatform: boolean): GradleWish => ({
    configuration,
    wish,
    start: head.start,
    end,
    isPlatform,
    isConstraint,
  });
  return wishesOf(isAdd ? inner.slice(2) : inner).map(({ wish, isPlatform }) => wishOf(wish, isPlatform));
}

interface Found {
  readonly wish: GradleWish["wish"];
  readonly isPlatform: boolean;
}

/** One pass over the arguments; wrappers are opened by going on inside them. */
function wishesOf(inner: readonly BuildToken[]): readonly Found[] {
  const found: Found[] = [];
  let isPlatform = false;
  const parts = new Map<string, Value>();
  for (let at = 0; at < inner.length; at++) {
    const token = inner[at];
    if (!token || token.is === "mark") continue;
    if (token.is === "text") {
      if (isMark(inner[at + 1], "+")) {
        const { chain, end } = chainAt(inner, at + 2);
        found.push({ wish: { is: "notation", token, more: chain }, isPlatform });
        at = end - 1;
      } else if (token.value.includes(":")) found.push({ wish: { is: "notation", token }, isPlatform });
      continue;
    }
    const isPart = /^(?:group|name|version|ext|classifier|configuration|transitive|module)$/.test(token.value);
    if (isPart && (isMark(inner[at + 1], ":") || isMark(inner[at + 1], "="))) {
      const value = valueAt(inner, at + 2);
      if (value) parts.set(token.value, value);
      at += 2;
      if (value && "chain" in value) at = chainAt(inner, at).end - 1;
      continue;
    }
    const { chain, end } = chainAt(inner, at);
    if (isMark(inner[end], "(")) {
      if (token.value === "kotlin") found.push(...kotlinWish(inner, end, isPlatform));
      if (wrappers.has(chain.split(".").at(-1) ?? "") && token.value !== "kotlin")
        isPlatform ||= /latform$/.test(chain);
      else {
        if (chain.includes(".") && !others.has(token.value)) found.push({ wish: { is: "word", chain }, isPlatform });
        at = behindClosing(inner, end) - 1;
        continue;
      }
    } else if (chain.includes(".") || inner.length === 1) found.push({ wish: { is: "word", chain }, isPlatform });
    at = end - 1;
  }
  if (parts.has("name")) found.push({ wish: { is: "parts", parts }, isPlatform });
  return found;
}

/** `kotlin("stdlib", "1.9.0")`. */
function kotlinWish(inner: readonly BuildToken[], open: number, isPlatform: boolean): readonly Found[] {
  const name = inner[open + 1];
  if (name?.is !== "text") return [];
  const version = isMark(inner[open + 2], ",") ? valueAt(inner, open + 3) : undefined;
  const group = { ...name, value: "org.jetbrains.kotlin", isTemplate: false };
  const parts = new Map<string, Value>([
    ["group", { token: group }],
    ["name", { token: { ...name, value: `kotlin-${name.value}` } }],
  ]);
  if (version) parts.set("version", version);
  return [{ wish: { is: "parts", parts }, isPlatform }];
}

function valueAt(tokens: readonly BuildToken[], at: number): Value | undefined {
  const token = tokens[at];
  if (token?.is === "text") return { token };
  return token?.is === "name" ? { chain: chainAt(tokens, at).chain } : undefined;
}

/** `a.b["c"]` and `a.b.get()` as `a.b.c` and `a.b`. */
function chainAt(tokens: readonly BuildToken[], from: number): { readonly chain: string; readonly end: number } {
  const parts = [tokens[from]?.value ?? ""];
  let at = from + 1;
  for (;;) {
    const next = tokens[at + 1];
    if (isMark(tokens[at], ".") && next?.is === "name") {
      if (/^(?:get|asProvider)$/.test(next.value) && isMark(tokens[at + 2], "(")) at = behindClosing(tokens, at + 2);
      else {
        parts.push(next.value);
        at += 2;
      }
    } else if (isMark(tokens[at], "[") && next?.is === "text" && isMark(tokens[at + 2], "]")) {
      parts.push(next.value);
      at += 3;
    } else return { chain: parts.join("."), end: at };
  }
}
