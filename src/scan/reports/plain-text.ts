/** Names of files and packages are other people's text: control characters in them must not reach a terminal. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "?");
}
