/** What a `*.gemspec` says literally: name, version (also by a constant of a required file), licences, dependencies. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { folderOf, joinPath } from "../../paths.ts";
import { linesOf, placeOfLine, type TextLine } from "../../reading/text-lines.ts";
import { type RubyText, rubyArguments } from "./ruby-literals.ts";

export interface Gemspec {
  readonly name?: { readonly text: string; readonly at: Place };
  readonly version?: { readonly text: string; readonly at: Place };
  /** `Example::VERSION`, where the version is no text. */
  readonly versionConstant?: string;
  readonly licenses: readonly string[];
  readonly dependencies: readonly GemspecDependency[];
}

export interface GemspecDependency {
  readonly name: string;
  readonly requirement?: string;
  readonly isDevelopment: boolean;
  readonly at: Place;
}

const assignment = /^\s*(\w+)\.(name|version|licenses?)\s*=\s*(.*)$/;
const maker = /\bGem::Specification\.new[ \t]{0,20}\(?[ \t]{0,20}(?=["'%])/;
const dependency = /^\s*\w+\.add_(runtime_|development_)?dependency\b\s*\(?/;
const constant = /^(?:::)?([A-Z]\w*(?:::\w+)*)/;

export function gemspecOf(file: TextFile): Gemspec {
  let found: Gemspec = { licenses: [], dependencies: [] };
  const dependencies = new Map<string, GemspecDependency>();
  const texts = variablesOf(file);
  for (const line of linesOf(file.text)) {
    const [, , field = "", value = ""] = assignment.exec(line.text) ?? [];
    const at = placeOfLine(file, line);
    const [made] = maker.exec(line.text) ?? [];
    if (made !== undefined) found = { ...found, ...madeWith(file, line, line.text.indexOf(made) + made.length) };
    const [word] = rubyArguments(value).texts;
    const variable = texts.get(/^\w+/.exec(value)?.[0] ?? "");
    const text = word ?? variable;
    if (field === "name" && text?.text) found = { ...found, name: { text: text.text, at } };
    else if (field === "version" && word && /^['"%]|^Gem::Version/.test(value)) {
      const start = line.start + line.text.length - value.length + word.start;
      found = { ...found, version: { text: word.text, at: { file, start, end: start + word.text.length } } };
    } else if (field === "version" && variable) found = { ...found, version: { text: variable.text, at } };
    else if (field === "version" && !word && constant.test(value))
      found = { ...found, versionConstant: constant.exec(value)?.[1] ?? "" };
    else if (field.startsWith("license"))
      found = { ...found, licenses: rubyArguments(value).texts.map((one) => one.text) };
    const [call, kind] = dependency.exec(line.text) ?? [];
    const [name, ...requirements] = call === undefined ? [] : rubyArguments(line.text.slice(call.length)).texts;
    if (!name?.text || dependencies.has(name.text)) continue;
    const requirement = requirements.map((one) => one.text).join(", ");
    const isDevelopment = kind === "development_";
    dependencies.set(name.text, { name: name.text, ...(requirement && { requirement }), isDevelopment, at });
  }
  return { ...found, dependencies: [...dependencies.values()] };
}

/** `Gem::Specification.new "name", "1.0" do |spec|`; what the block sets counts before it. */
function madeWith(file: TextFile, line: TextLine, from: number): Pick<Gemspec, "name" | "version"> {
  const [name, version] = rubyArguments(line.text.slice(from)).texts;
  const placed = ({ text, start }: RubyText) => {
    const begin = line.start + from + start;
    return { text, at: { file, start: begin, end: begin + text.length } };
  };
  return {
    ...(name?.text && { name: { text: name.text, at: placeOfLine(file, line) } }),
    ...(version?.text && { version: placed(version) }),
  };
}

/** `version = "1.0.0"` before the block. */
function variablesOf(file: TextFile): ReadonlyMap<string, RubyText> {
  const found = new Map<string, RubyText>();
  for (const { text } of linesOf(file.text)) {
    const [, name = "", value = ""] = /^\s*(\w+)\s*=\s*(["'%].*)$/.exec(text) ?? [];
    const [word] = name ? rubyArguments(value).texts : [];
    if (word) found.set(name, word);
  }
  return found;
}

/** Files that `require` and `require_relative` name, as far as they are literal: `lib/example/version.rb`. */
export function requiredFiles(file: TextFile): readonly string[] {
  const folder = folderOf(file.path);
  return linesOf(file.text).flatMap(({ text }) => {
    const [, how, rest = ""] = /^\s*(require|require_relative|load)\b\s*\(?(.*)$/.exec(text) ?? [];
    if (how === undefined) return [];
    const { texts } = rubyArguments(rest);
    const written = texts.map((one) => one.text).filter((one) => one !== ".." && one !== ".");
    const relative = written.join("/").replace(/^\.?\/+/, "");
    if (!/version/i.test(relative)) return [];
    const name = relative.endsWith(".rb") ? relative : `${relative}.rb`;
    const paths = [name, ...(name.startsWith("lib/") || how !== "require" ? [] : [`lib/${name}`])];
    return paths.flatMap((one) => joinPath(folder, one) ?? []);
  });
}

/** The text that a constant is set to, by the last part of its name; one that differs in case counts if there is none else. */
export function constantIn(file: TextFile, name: string): { readonly text: string; readonly at: Place } | undefined {
  const wanted = name.slice(name.lastIndexOf(":") + 1);
  const set = linesOf(file.text).flatMap((line) => {
    const [, found = "", value = ""] = /^\s*([A-Z]\w*)\s*=\s*(["'%].*)$/.exec(line.text) ?? [];
    const [word] = found.toLowerCase() === wanted.toLowerCase() ? rubyArguments(value).texts : [];
    if (!word) return [];
    const start = line.start + line.text.length - value.length + word.start;
    return [{ found, text: word.text, at: { file, start, end: start + word.text.length } }];
  });
  return set.find(({ found }) => found === wanted) ?? set[0];
}
