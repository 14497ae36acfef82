/** Compares the keys of recorded answers with those of the emulator's answers to the same operations. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "./read-operations.ts";

export interface Recording {
  readonly file: string;
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

interface Exchange {
  readonly request: { readonly method: string; readonly uri: string };
  readonly response: { readonly status: number; readonly body: unknown };
}

export function readRecordings(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((file) =>
      (JSON.parse(readFileSync(join(folder, file), "utf8")) as Exchange[]).map(({ request, response }) => ({
        file,
        method: request.method,
        url: new URL(request.uri),
        status: response.status,
        body: response.body,
      })),
    );
}

export function matchesOperation(operation: Operation, method: string, host: string, path: string): boolean {
  return operation.method === method && operation.host === host && operation.pattern.test(decodeURIComponent(path));
}

/** Keys by depth: `repository.project.id`; of a list the keys of all its items together; bags are not looked into. */
export function keysOf(value: unknown, depth = 3, prefix = ""): Set<string> {
  const keys = new Set<string>();
  if (Array.isArray(value)) for (const one of value) for (const key of keysOf(one, depth, prefix)) keys.add(key);
  else if (typeof value === "object" && value !== null && depth > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const key = `${prefix}${isDescriptor.test(name) ? "{descriptor}" : name}`;
      keys.add(key);
      if (!bags.has(name)) for (const below of keysOf(inner, depth - 1, `${key}.`)) keys.add(below);
    }
  }
  return keys;
}

/** Maps of subjects are keyed by their descriptors. */
const isDescriptor = /^(aad|aadgp|msa|scp|svc|vssgp)\./;

/** Objects whose keys are data. */
const bags = new Set([
  "fields",
  "properties",
  "variables",
  "settings",
  "_links",
  "attributes",
  "capabilities",
  "acesDictionary",
]);
