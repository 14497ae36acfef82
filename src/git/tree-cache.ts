/** Remembers listings of commits: a scan and those after it ask for the same ones, and each would be a process of git. */
import type { TreeEntry } from "./mirror.ts";

export interface TreeCache {
  /** `inside`: the paths that are asked for; none for all. A revision that is no full id is asked for every time. */
  list(
    gitDir: string,
    commit: string,
    inside: readonly string[],
    ask: () => Promise<readonly TreeEntry[]>,
  ): Promise<readonly TreeEntry[]>;
}

interface Listing {
  readonly entries: Promise<readonly TreeEntry[]>;
  /** Unknown while it is read. */
  size: number;
}

/** Keeps those asked for last, up to so many entries in all. */
export function createTreeCache(mostEntries = 100_000): TreeCache {
  const listings = new Map<string, Listing>();

  function forget(): void {
    let kept = 0;
    for (const [key, { size }] of [...listings].toReversed()) {
      // What was empty takes room, too.
      kept += size + 10;
      if (kept > mostEntries) listings.delete(key);
    }
  }

  function find(key: string): Listing | undefined {
    const found = listings.get(key);
    if (found) {
      listings.delete(key);
      listings.set(key, found);
    }
    return found;
  }

  return {
    async list(gitDir, commit, inside, ask) {
      if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return ask();
      const whole = find(`${gitDir}\0${commit}`);
      if (whole) {
        const all = await whole.entries;
        return inside.length === 0 ? all : all.filter(({ path }) => inside.some((one) => isInside(path, one)));
      }
      const key = [gitDir, commit, ...inside].join("\0");
      const found = find(key);
      if (found) return found.entries;
      const made: Listing = { entries: ask(), size: 0 };
      listings.set(key, made);
      try {
        made.size = (await made.entries).length;
        forget();
      } catch (error) {
        listings.delete(key);
        throw error;
      }
      return made.entries;
    },
  };
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
