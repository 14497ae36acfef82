/**
 * Asks for the list of refs as git would, before git does. Git takes a sign-in page (203 or 200 with HTML) for a
 * repository of the old "dumb" protocol that has no branches, succeeds, and prunes everything; nothing can forbid it that.
 */
import { askRemote } from "./ask-remote.ts";
import type { FetchRequest } from "./mirror.ts";

const timeLimit = 60_000;
/** Of a longer list the beginning is read: heads come before all other refs, so they are in sight, or there are none. */
const enough = 256 * 1024;

export interface RemoteRefs {
  readonly hasHeads: boolean;
  /** The list as the remote wrote it, if it is complete; absent of a repository with thousands of refs. */
  readonly advertisement?: Buffer;
}

/** Throws unless the remote answers as a git repository. */
export async function checkRemote(request: FetchRequest): Promise<RemoteRefs> {
  const question = {
    path: "/info/refs?service=git-upload-pack",
    answer: "git-upload-pack-advertisement",
    timeLimit,
  } as const;
  return askRemote(request, question, async (response) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let isComplete = true;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= enough) continue;
      isComplete = false;
      break;
    }
    const bytes = Buffer.concat(chunks);
    const hasHeads = /[0-9a-f]{40} refs\/heads\//.test(bytes.toString("latin1"));
    return { hasHeads, ...(isComplete && { advertisement: bytes }) };
  });
}
