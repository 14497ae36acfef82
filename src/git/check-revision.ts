import { RemoteError } from "#model/remote-error.ts";

/** A revision is never an option, and never more than one line. */
export function checkRevision(revision: string): string {
  if (revision === "" || revision.startsWith("-") || /[\p{Cc}]/u.test(revision)) {
    throw new RemoteError("refused", "This is no revision.", { details: { revision: revision.slice(0, 200) } });
  }
  return revision;
}
