/**
 * The request that asks a provider about one secret. The host is the provider's own; a value that could break out of its
 * header or of its part of the path is not sent at all.
 */
import type { Carrier, LiveCheck, LiveProvider } from "./live-provider.ts";

export interface LiveRequest {
  readonly host: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface AskedSecret {
  readonly value: string;
  /** What the check must know beside the secret. */
  readonly companion?: string | undefined;
}

const longestValue = 4096;

/** Undefined if the secret, or what must be known beside it, is of no form that can be sent. */
export function liveRequest({ host }: LiveProvider, check: LiveCheck, asked: AskedSecret): LiveRequest | undefined {
  const { method = "GET", path, carrier, headers = {}, body, without = "", companion } = check;
  const value = asked.value.startsWith(without) ? asked.value.slice(without.length) : asked.value;
  // Visible ASCII only: no line break can begin another header.
  if (!/^[\x21-\x7e]+$/.test(value) || value.length > longestValue) return undefined;
  if (companion && !/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(asked.companion ?? "")) return undefined;
  if (carrier.is === "path" && !/^[\w:-]+$/.test(value)) return undefined;
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => (name === "secret" ? value : (asked.companion ?? "")));
  return {
    host,
    method,
    path: filled(path),
    headers: {
      Accept: "application/json",
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
      ...carried(carrier, value, filled),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

function carried(carrier: Carrier, value: string, filled: (text: string) => string): Readonly<Record<string, string>> {
  switch (carrier.is) {
    case "bearer":
      return { Authorization: `Bearer ${value}` };
    case "header":
      return { [carrier.name]: `${carrier.before ?? ""}${value}` };
    case "basic": {
      const pair = carrier.user === undefined ? value : `${filled(carrier.user)}:${value}`;
      return { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
    }
    case "path":
      return {};
  }
}
