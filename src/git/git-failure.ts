/** Turns what git wrote to stderr into a RemoteError that flows can act on, without any credential in it. */
import { RemoteError, type RemoteErrorCode } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";

const meanings: readonly (readonly [RegExp, RemoteErrorCode, string])[] = [
  [/No space left on device|Disk quota exceeded/i, "unexpected", "No room is left on the disk of the data folder."],
  [/returned error: 429/, "rate-limited", "The remote asks to slow down."],
  [/returned error: 403/, "forbidden", "The account may not read this repository."],
  [/returned error: (30\d|203)|url base from redirection/, "signed-out", "The remote answered with a sign-in page."],
  [
    /Authentication failed|could not read (Username|Password)|returned error: 401/,
    "signed-out",
    "The credential was refused.",
  ],
  [/info\/refs' not valid|info\/refs not valid/, "signed-out", "The remote answered with a page instead of git data."],
  [/repository '.*' not found|returned error: 404|returned error: 410|TF401019/, "not-found", "No such repository."],
  [/returned error: 408/, "timed-out", "The remote took too long."],
  [/returned error: 5\d\d/, "unavailable", "The remote has a problem of its own."],
  [/Operation too slow|timed out|Timeout was reached/i, "timed-out", "The transfer stalled."],
  [/couldn't find remote ref|not our ref/, "not-found", "No such ref."],
  [
    /Could not resolve|Failed to connect|Connection refused|Connection reset|SSL|certificate|unable to access/i,
    "unreachable",
    "The remote could not be reached.",
  ],
  [
    /early EOF|unexpected disconnect|RPC failed|hung up unexpectedly|Empty reply|transfer closed/i,
    "unreachable",
    "The connection broke during the transfer.",
  ],
];

/** Texts that mean the mirror itself is damaged: it is only a cache, so it can be made anew. */
const damage =
  /not a git repository|bad object|not a tree object|missing blob|missing tree|missing commit|corrupt|(?:unable to|could not) read (?:tree|[0-9a-f]{40})|did not send all necessary objects|cannot lock ref|unable to create .*\.lock|inflate|unresolved delta|object file .* is empty|bad ref|invalid sha1 pointer|pack has bad|failed to read|non-monotonic index|is far too short/i;

export function isDamage(error: unknown): boolean {
  return error instanceof RemoteError && error.details.damaged === true;
}

function scrub(text: string, secrets: readonly SecretValue[]): string {
  let clean = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    // The header's words one by one too: curl may print "Basic" and the rest apart.
    for (const part of [value, ...value.split(/\s+/)]) {
      if (part.length >= 8) clean = clean.replaceAll(part, "[hidden]");
    }
  }
  return clean
    .replaceAll(/(authorization:\s*)[^\r\n]*/gi, "$1[hidden]")
    .replaceAll(/(\w+:\/\/)[^/@\s]*@/g, "$1[hidden]@");
}

export function gitFailure(
  command: string,
  stderr: string,
  exit: number | string,
  secrets: readonly SecretValue[],
): RemoteError {
  const said = scrub(stderr, secrets).trim().slice(-600);
  const details = { command, exit, stderr: said };
  for (const [pattern, code, words] of meanings) {
    if (pattern.test(stderr)) return new RemoteError(code, words, { details });
  }
  return new RemoteError("unexpected", `git ${command} failed.`, {
    details: { ...details, damaged: damage.test(said) },
  });
}
