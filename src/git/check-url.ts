import { RemoteError } from "#model/remote-error.ts";

/** Only https, and http to this machine itself; never with a user part, which git would store and show. */
export function checkUrl(text: string): { readonly origin: string; readonly protocol: "https" | "http" } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback))) {
    throw new RemoteError("refused", "A repository is reached by https only.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new RemoteError("refused", "The address of a repository may not hold a user name or password.");
  }
  return { origin: url.origin, protocol: url.protocol === "https:" ? "https" : "http" };
}
