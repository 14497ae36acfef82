/** Opens the files of an expansion: each read and looked through once, and only so many. */

import type { Place } from "../text-file.ts";
import { directiveOf } from "./directives.ts";
import { type Expansion, type LoadedFile, limits, type RepositoryResource, tell } from "./expansion.ts";
import type { Expression } from "./expression-node.ts";
import { embeddedIn } from "./interpolate.ts";
import { parseExpression } from "./parse-expression.ts";
import { readSource } from "./read-source.ts";
import type { PipelineNode, ScalarNode, SourceText } from "./source-node.ts";
import { placeIn } from "./text-places.ts";

/** The path from the root of its repository, and the repository; what a `template:` means where it stands. */
export interface TemplateName {
  readonly path: string;
  readonly repository: RepositoryResource | undefined;
}

/** `../x.yml`, `/x.yml`, `x.yml@alias`; a text tells why it means nothing. */
export function templateNamed(
  expansion: Expansion,
  written: string,
  from: { readonly file: SourceText; readonly repository: RepositoryResource | undefined },
): TemplateName | string {
  const at = written.lastIndexOf("@");
  const name = (at < 0 ? written : written.slice(0, at)).trim().replaceAll("\\", "/");
  const alias =
    at < 0
      ? undefined
      : written
          .slice(at + 1)
          .trim()
          .toLowerCase();
  const repository =
    alias === undefined ? from.repository : alias === "self" ? undefined : expansion.repositories.get(alias);
  if (alias !== undefined && alias !== "self" && !repository)
    return `no repository is named '${alias}' under resources`;
  const isOwn = alias === undefined;
  const folder = !isOwn || name.startsWith("/") ? "" : from.file.path.slice(0, from.file.path.lastIndexOf("/") + 1);
  const path = resolved(`${folder}${name}`);
  return path === undefined ? "its path leads out of the repository" : { path, repository };
}

function resolved(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** A text tells why the file is not there. */
export function loadTemplate(expansion: Expansion, { path, repository }: TemplateName): LoadedFile | string {
  const key = `${repository?.alias ?? ""} ${path}`;
  const before = expansion.files.get(key);
  if (before) return before;
  if (expansion.files.size >= limits.files) return `more than ${limits.files} files take part`;
  const opened = expansion.open(path, repository);
  if ("missing" in opened) return opened.missing;
  const loaded = loadFile(expansion, opened);
  expansion.files.set(key, loaded);
  return loaded;
}

export function loadFile(expansion: Expansion, file: SourceText): LoadedFile {
  const { root, problems } = readSource(file);
  expansion.problems.push(...problems.slice(0, 20));
  for (const { place, message } of root ? mistakesIn(root) : []) tell(expansion, place, message);
  return { file, root };
}

const names = new Set(["parameters", "variables", "resources", "dependencies", "stagedependencies", "pipeline"]);

interface Mistake {
  readonly place: Place;
  readonly message: string;
}

const checked = new WeakMap<PipelineNode, readonly Mistake[]>();

function mistakesIn(root: PipelineNode): readonly Mistake[] {
  const before = checked.get(root);
  if (before) return before;
  const mistakes = checkExpressions(root);
  checked.set(root, mistakes);
  return mistakes;
}

/** Expressions are checked also where no branch goes: Azure refuses the file all the same. */
function checkExpressions(root: PipelineNode): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const scalars: ScalarNode[] = [];
  collect(root, scalars);
  const loops = new Set<string>();
  for (const scalar of scalars) {
    const directive = directiveOf(scalar);
    if (directive?.is === "each") loops.add(directive.variable.toLowerCase());
  }
  for (const scalar of scalars) {
    const directive = directiveOf(scalar);
    if (directive?.is === "else" || directive?.is === "insert") {
      if (!isKey.has(scalar))
        mistakes.push({ place: scalar.at, message: `A colon is missing after \${{ ${directive.is} }}` });
      continue;
    }
    const found = directive ? [directive] : embeddedIn(scalar.text);
    for (const { expression, start, end } of found) {
      const parsed = parseExpression(expression);
      if (parsed.is === "refused") mistakes.push({ place: placeIn(scalar, start, end), message: parsed.message });
      else {
        const unknown = nameIn(parsed.expression, (name) => !names.has(name) && !loops.has(name));
        if (unknown)
          mistakes.push({ place: placeIn(scalar, start, end), message: `Unrecognized named-value: '${unknown}'` });
      }
    }
  }
  return mistakes;
}

const isKey = new WeakSet<ScalarNode>();

function collect(node: PipelineNode, out: ScalarNode[]): void {
  if (node.is === "scalar") {
    if (node.text.includes("${{")) out.push(node);
  } else if (node.is === "list") for (const item of node.items) collect(item, out);
  else {
    for (const { key, value } of node.entries) {
      if (key.text.includes("${{")) {
        isKey.add(key);
        out.push(key);
      }
      collect(value, out);
    }
  }
}

function nameIn(expression: Expression, isWanted: (name: string) => boolean): string | undefined {
  switch (expression.is) {
    case "name":
      return isWanted(expression.name.toLowerCase()) ? expression.name : undefined;
    case "literal":
      return undefined;
    case "call":
      for (const arg of expression.args) {
        const found = nameIn(arg, isWanted);
        if (found !== undefined) return found;
      }
      return undefined;
    case "item":
      return nameIn(expression.of, isWanted) ?? nameIn(expression.key, isWanted);
    case "property":
    case "every":
      return nameIn(expression.of, isWanted);
  }
}
