/** Takes an address apart: what may be shown and kept, and the login that stands in it. Undefined if it is none of the web. */
import { type SecretValue, secretValue } from "#model/secret-value.ts";

export interface FeedAddress {
  /** Without user, query and fragment, which may be secret. */
  readonly address: string;
  readonly login?: SecretValue;
}

export function feedAddress(written: string): FeedAddress | undefined {
  if (!URL.canParse(written) || written.includes("${")) return undefined;
  const url = new URL(written);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const { username, password } = url;
  [url.username, url.password, url.search, url.hash] = ["", "", "", ""];
  if (username === "" && password === "") return { address: url.href };
  return { address: url.href, login: loginOf(decoded(username), decoded(password)) };
}

export function loginOf(user: string, password: string): SecretValue {
  return secretValue(`${user}:${password}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
