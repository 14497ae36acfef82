// Is the bundle of what a scan loads newer than what it was made of? Plain JavaScript: bin/sallyport.js asks it at each start.
// It looks at each of those files, which takes some milliseconds; loading them one by one takes hundreds.
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));
export const bundle = `${root}.cache/bundle`;
/** Written last: paths of all that was joined. A new file comes in by a change of one that is there. */
export const inputsFile = `${bundle}/inputs.json`;

export function bundleIsCurrent() {
  try {
    const made = statSync(inputsFile).mtimeMs;
    const inputs = ["package-lock.json", "scripts/bundle.js", ...JSON.parse(readFileSync(inputsFile, "utf8"))];
    return inputs.every((path) => statSync(root + path).mtimeMs <= made);
  } catch {
    return false;
  }
}
