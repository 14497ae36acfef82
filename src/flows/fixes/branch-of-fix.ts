import { createHash } from "node:crypto";
import type { Fix } from "#model/fix.ts";

/** Always the same for one root cause and one target, so that a fix finds what it made before. */
export function branchOfFix({ key, targetRef }: Pick<Fix, "key" | "targetRef">): string {
  const words = (key.split(/[\s/]+/).at(-1) ?? "").toLowerCase();
  const slug = words
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, "");
  const hash = createHash("sha256").update(`${targetRef}\n${key}`).digest("hex").slice(0, 10);
  return `refs/heads/sallyport/fix/${slug === "" ? hash : `${slug}-${hash}`}`;
}
