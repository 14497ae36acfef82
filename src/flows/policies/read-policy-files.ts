/** The files of policies that a commit of a repository holds in a folder, read as one set. Nothing else is read. */

import type { Mirror } from "#git/mirror.ts";
import type { Policy } from "#model/policy.ts";
import { decodeText } from "#scan/decode-text.ts";
import { readPolicies } from "#scan/policies/read-policies.ts";
import type { PolicyMistake } from "#store/policies/policy-sources.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";

const largestFile = 1_000_000;
const mostFiles = 200;

export interface ReadPolicyFiles {
  readonly policies: readonly Policy[];
  readonly problems: readonly PolicyMistake[];
}

export async function readPolicyFiles(
  mirror: Pick<Mirror, "listTree" | "readBlobs">,
  commit: string,
  folder: string,
): Promise<ReadPolicyFiles> {
  const listed = await mirror.listTree(commit, ...(folder === "" ? [] : [folder]));
  const entries = listed.filter((entry) => isPolicyFile(entry.path) && !isSymbolicLink(entry));
  const problems: PolicyMistake[] = [];
  if (entries.length > mostFiles) {
    problems.push({ path: folder, message: `There are ${entries.length} files; at most ${mostFiles} are read.` });
  }
  const taken = entries.slice(0, mostFiles);
  const files: { readonly path: string; readonly text: string }[] = [];
  let index = 0;
  for await (const blob of mirror.readBlobs(
    taken.map(({ objectId }) => objectId),
    { maxSize: largestFile },
  )) {
    const path = taken[index++]?.path ?? "";
    if ("bytes" in blob) files.push({ path, text: decodeText(blob.bytes) });
    else problems.push({ path, message: `The file could not be read: it is ${blob.problem}.` });
  }
  if (files.length === 0)
    problems.push({ path: folder, message: "There is no file of policies (*.yml, *.yaml) here." });
  const read = readPolicies(files);
  return { policies: read.policies, problems: [...problems, ...read.problems.map(mistakeOf)] };
}

/** Cases for `sallyport policy test` lie beside them. */
export function isPolicyFile(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !/\.cases\.ya?ml$/i.test(path);
}

function mistakeOf({ path, line, message }: PolicyMistake): PolicyMistake {
  return { path, ...(line !== undefined && { line }), message };
}
