// Is the bundle of scanners newer than what it was made of? Plain JavaScript: bin/sallyport.js asks it at every start.
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const bundle = `${root}.cache/bundle/iac-scanner.js`;

export function bundleIsCurrent() {
  if (!existsSync(bundle)) return false;
  const made = statSync(bundle).mtimeMs;
  return ["src/scan", "src/model", "package-lock.json"].every((path) => isOlder(root + path, made));
}

function isOlder(path, made) {
  const stat = statSync(path);
  if (stat.mtimeMs > made) return false;
  return !stat.isDirectory() || readdirSync(path).every((name) => isOlder(`${path}/${name}`, made));
}
