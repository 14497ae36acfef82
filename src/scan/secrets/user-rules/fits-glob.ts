import { matchesGlob } from "node:path/posix";

/** As `matchesGlob`, but a star also stands for names that begin with a dot: secrets like to live in such files. */
export function fitsGlob(path: string, glob: string): boolean {
  return matchesGlob(shown(path), shown(glob));
}

/** A letter before the dot: nothing is hidden then. */
function shown(text: string): string {
  return text.replaceAll(/(^|\/)(?=\.[^./])/g, "$1\u{1}");
}
