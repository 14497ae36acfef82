/** Where Azure DevOps delivers to, and how our own subscriptions are told from others. */
import { randomBytes } from "node:crypto";

export const hookUserName = "sallyport";

/** 32 random bytes: the path of a hook, or its password. */
export function newHookSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function hookAddress(publicUrl: string, key: string): string {
  return `${hookPrefix(publicUrl)}${key}`;
}

/** The key of an address of ours; undefined if it leads elsewhere. */
export function keyOfAddress(publicUrl: string, address: string): string | undefined {
  const prefix = hookPrefix(publicUrl);
  return address.startsWith(prefix) && address.length > prefix.length ? address.slice(prefix.length) : undefined;
}

function hookPrefix(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/hooks/`;
}
