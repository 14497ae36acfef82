/** What was pasted in the place of a personal access token by mistake. Never judges by length: Azure DevOps changed that before. */

const mistakes: readonly (readonly [RegExp, string])[] = [
  [/^(?:ghp_|gho_|ghs_|github_pat_)/, "This is a token of GitHub."],
  [/^glpat-/, "This is a token of GitLab."],
  [/^(?:bearer|basic)\s/i, "This is the value of an Authorization header. Paste the token alone."],
  [/^eyJ[\w-]+\.[\w-]+\./, "This is an access token that ends within hours. Make a personal access token instead."],
  [/^https?:\/\//i, "This is an address. The token is shown once, right after it was made."],
  [/\s/, "There is a blank or a line break inside. If these are several tokens, enter each for itself."],
];

/** Undefined if it may well be one. What is surely none is not sent to anybody. */
export function tokenHint(value: string): string | undefined {
  const known = mistakes.find(([pattern]) => pattern.test(value))?.[1];
  if (known !== undefined) return known;
  return isEncodedPair(value)
    ? "This is a token as tools encode it for a header. Paste the token itself, as Azure DevOps showed it."
    : undefined;
}

/** Base64 of `:token` or `user:token`. */
function isEncodedPair(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{24,}={0,2}$/.test(value)) return false;
  return /^[\w.@-]{0,60}:[A-Za-z0-9]{20,}$/.test(Buffer.from(value, "base64").toString("latin1"));
}
