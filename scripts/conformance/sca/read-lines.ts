import { existsSync, readFileSync } from "node:fs";

/** The lines of a file that hold something; none if the folder has no such file. */
export function readLines(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}

export function readJsonLines<T>(path: string): readonly T[] {
  return readLines(path).map((line) => JSON.parse(line) as T);
}
