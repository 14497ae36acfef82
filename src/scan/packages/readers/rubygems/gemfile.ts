/** The literal `gem` calls of a Gemfile with the groups and sources around them. Ruby is not run. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine, type TextLine } from "../../reading/text-lines.ts";
import { rubyArguments } from "./ruby-literals.ts";

export interface GemfileGem {
  readonly name: string;
  /** As written, joined with commas. */
  readonly requirement?: string;
  readonly requirementAt?: Place;
  readonly groups: readonly string[];
  readonly git?: string;
  readonly path?: string;
  readonly at: Place;
}

interface Block {
  readonly groups?: readonly string[];
  readonly git?: string;
  readonly path?: string;
}

const call = /^\s*(gem|group|git|github|path|platforms?|source|install_if|env)\b\s*\(?\s*(.*)$/;
const opensBlock = /\bdo\s*(?:\|[^|]*\|\s*)?(?:#.*)?$|^\s*(?:if|unless|case|def|begin|while|until|for)\b/;
const closesBlock = /^\s*end\b/;
/** More lines than these are no one call. */
const longestCall = 20;
/** Behind a comma at the end of a line. */
const longestComment = 300;

export function gemfileGems(file: TextFile): readonly GemfileGem[] {
  const gems: GemfileGem[] = [];
  const blocks: Block[] = [];
  const lines = linesOf(file.text);
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index] as TextLine;
    if (closesBlock.test(first.text)) blocks.pop();
    const [, word, rest = ""] = call.exec(first.text) ?? [];
    const whole = word === "gem" ? continued(lines, index) : { count: 1, text: rest };
    if (word === "gem") gems.push(...gemOf(file, first, whole, blocks));
    if (opensBlock.test(first.text) && !closesBlock.test(first.text)) blocks.push(blockOf(word, rest));
    index += whole.count - 1;
  }
  return gems;
}

interface Call {
  readonly text: string;
  readonly count: number;
}

/** A call goes on where a line ends in a comma. */
function continued(lines: readonly TextLine[], from: number): Call {
  let count = 1;
  let text = lines[from]?.text ?? "";
  while (count < longestCall && /,\s*(?:#[^'"]*)?$/.test(text.slice(-longestComment)) && lines[from + count]) {
    text += `\n${lines[from + count]?.text ?? ""}`;
    count++;
  }
  return { text, count };
}

function gemOf(file: TextFile, first: TextLine, { text }: Call, blocks: readonly Block[]): readonly GemfileGem[] {
  const open = /^\s*gem\b\s*\(?/.exec(text)?.[0].length ?? 0;
  const { texts, options } = rubyArguments(text.slice(open));
  const [name, ...requirements] = texts;
  if (!name?.text) return [];
  const written = (key: string) => options.get(key)?.[0];
  const git = written("git") ?? githubUrl(written("github")) ?? blocks.findLast((block) => block.git)?.git;
  const path = written("path") ?? blocks.findLast((block) => block.path)?.path;
  const groups = [
    ...blocks.flatMap((block) => block.groups ?? []),
    ...(options.get("group") ?? options.get("groups") ?? []),
  ];
  const [only] = requirements;
  return [
    {
      name: name.text,
      ...(only && { requirement: requirements.map((one) => one.text).join(", ") }),
      ...(only &&
        requirements.length === 1 &&
        text.indexOf("\n") < 0 && {
          requirementAt: {
            file,
            start: first.start + open + only.start,
            end: first.start + open + only.start + only.text.length,
          },
        }),
      groups,
      ...(git !== undefined && { git }),
      ...(path !== undefined && { path }),
      at: { ...placeOfLine(file, first), end: first.start + text.trimEnd().length },
    },
  ];
}

function blockOf(word: string | undefined, rest: string): Block {
  if (word === undefined || word === "gem") return {};
  const { texts } = rubyArguments(rest);
  const [first] = texts;
  if (word === "group") {
    const names = [...rest.slice(0, 1000).matchAll(/:(\w+)|["'](\w+)["']/g)].map((found) => found[1] ?? found[2] ?? "");
    return { groups: names };
  }
  if (word === "git" && first) return { git: first.text };
  if (word === "github" && first) return { git: githubUrl(first.text) ?? first.text };
  return word === "path" && first ? { path: first.text } : {};
}

function githubUrl(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return `https://github.com/${name.includes("/") ? name : `${name}/${name}`}.git`;
}

/** Groups that are left out where a program runs. */
export function isDevelopmentOnly(groups: readonly string[]): boolean {
  return groups.length > 0 && groups.every((group) => /^(?:development|dev|test|tests|ci|doc|docs|lint)$/.test(group));
}
