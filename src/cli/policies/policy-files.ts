/** Reads policies from files and folders, or takes the built-in set; looks at nothing but YAML. */
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import { type PolicyFile, type ReadPolicies, readPolicies } from "#scan/policies/read-policies.ts";
import { readSettingsText } from "../scan/settings/read-settings-text.ts";
import { UsageError } from "../usage-error.ts";

/** In place of a path: what every instance begins with. A folder of that name is `./built-in`. */
export const builtIn = "built-in";

export interface LoadedPolicies extends ReadPolicies {
  readonly files: number;
}

const longest = 1_000_000;
const mostFiles = 500;

/** Files of cases alone are about the policies of their folder. */
export function loadPolicies(paths: readonly string[]): LoadedPolicies {
  const named = paths.filter((path) => path !== builtIn);
  const withBuiltIn = named.length < paths.length;
  const found = [...new Set(named.flatMap(filesAt))];
  const onlyCases = found.length > 0 && found.every(isCaseFile) && !withBuiltIn;
  const beside = onlyCases ? [...new Set(found.map(dirname))].flatMap(yamlIn).filter((path) => !isCaseFile(path)) : [];
  const files = [...new Set([...beside, ...found])];
  if (files.length > mostFiles) throw new UsageError(`there are ${files.length} files; at most ${mostFiles} are read`);
  const read = readPolicies(files.map(readPolicyFile));
  const added = withBuiltIn ? builtInPolicies.filter(({ id }) => !read.writtenAt.has(id)) : [];
  return { ...read, policies: [...added, ...read.policies], files: files.length };
}

/** For commands that cannot do without: a mistake ends them, in one line. */
export function loadSoundPolicies(paths: readonly string[]): LoadedPolicies {
  const loaded = loadPolicies(paths);
  const [first, ...others] = loaded.problems;
  if (first === undefined) return loaded;
  const more = others.length === 0 ? "" : ` (and ${others.length} more: sallyport policy check)`;
  throw new UsageError(`${first.path}:${first.line}: ${first.message}${more}`);
}

function filesAt(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`there is no file or folder ${path}`);
  if (!stat.isDirectory()) return [path];
  const files = yamlBelow(path);
  if (files.length === 0) throw new UsageError(`${path} holds no policies (*.yml, *.yaml)`);
  return files;
}

/** Links are not followed: they may lead in circles. */
function yamlBelow(folder: string): readonly string[] {
  const files: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined && files.length <= mostFiles; next = waiting.pop()) {
    files.push(...yamlIn(next));
    const folders = entriesOf(next).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
    for (const entry of folders.reverse()) waiting.push(join(next, entry.name));
  }
  return files;
}

function yamlIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map(({ name }) => join(folder, name));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function isCaseFile(path: string): boolean {
  return /\.cases\.ya?ml$/i.test(path);
}

function readPolicyFile(path: string): PolicyFile {
  const text = readSettingsText({ path, longest });
  if (text === undefined) throw new UsageError(`there is no file ${path}`);
  return { path, text };
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
}
