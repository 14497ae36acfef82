/** The literal `.package(...)` calls of a `Package.swift`. Swift is not run. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { repositoryName } from "./repository-name.ts";

export interface SwiftRequest {
  readonly name: string;
  readonly requirement: string | undefined;
  /** The version alone, where one is named. */
  readonly version: string | undefined;
  readonly versionAt: Place | undefined;
  readonly isExact: boolean;
  readonly path: string | undefined;
  readonly at: Place;
}

const call = /\.package\s*\(/g;
const longestCall = 2000;
const longestIndent = 200;
const mostCalls = 2000;

export function swiftRequests(file: TextFile): readonly SwiftRequest[] {
  const { text } = file;
  const found: SwiftRequest[] = [];
  let calls = 0;
  for (const { index, 0: opening } of text.matchAll(call)) {
    if (++calls > mostCalls) break;
    const before = text.slice(Math.max(0, index - longestIndent), index);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const end = endOfCall(text, index + opening.length);
    if (end === undefined || /^\s*\/\//.test(line)) continue;
    const request = requestOf(file, index, end, text.slice(index + opening.length, end - 1));
    if (request) found.push(request);
  }
  return found;
}

function endOfCall(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < Math.min(text.length, from + longestCall); at++) {
    const char = text[at];
    if (char === '"') {
      at = text.indexOf('"', at + 1);
      if (at < 0) return undefined;
    } else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return at + 1;
  }
  return undefined;
}

function requestOf(file: TextFile, start: number, end: number, inside: string): SwiftRequest | undefined {
  const argument = (name: string) => new RegExp(`\\b${name}\\s*:\\s*"([^"]*)"`).exec(inside)?.[1];
  const path = argument("path");
  const url = argument("url") ?? argument("id") ?? path;
  if (url === undefined) return undefined;
  const rest = inside.slice(inside.indexOf(url) + url.length + 1).replace(/^\s*,\s*/, "");
  const [versionText] = /"\d[^"]*"/.exec(rest) ?? [];
  const version = versionText?.slice(1, -1);
  const versionStart = versionText === undefined ? -1 : file.text.indexOf(versionText, start) + 1;
  return {
    name: repositoryName(url),
    requirement: rest.trim().replace(/\s+/g, " ") || undefined,
    version,
    versionAt: version === undefined ? undefined : { file, start: versionStart, end: versionStart + version.length },
    isExact: /\bexact\b/.test(rest),
    path,
    at: { file, start, end },
  };
}
