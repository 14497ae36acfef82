/** An address of the web that somebody has configured, without a slash at the end. Undefined if it is none, or holds a user. */
export function plainAddress(written: unknown): string | undefined {
  const url = typeof written === "string" && URL.canParse(written) ? new URL(written) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "" || url.hash !== "")
    return undefined;
  return url.href.replace(/\/+$/, "");
}
