/**
 * The registries for images that Docker is set up for: those that somebody has signed in to, and the mirrors that names
 * without a host come from. Logins that a helper program keeps are not asked for: nothing is started.
 */
import { join } from "node:path";
import type { ImageRegistry } from "#knowledge/package-facts/facts-sources.ts";
import { feedAddress, loginOf } from "./feed-address.ts";
import { readUserFile, type Say, type UserPlace } from "./user-place.ts";

export function readImageRegistries(place: UserPlace, say: Say): readonly ImageRegistry[] {
  const { home, machine, environment } = place;
  const folder = environment.DOCKER_CONFIG || join(home, ".docker");
  const client = readJson(join(folder, "config.json"), say);
  const signedIn = Object.entries(objectOf(client.auths)).flatMap(
    ([written, entry]) => registryOf(written, entry) ?? [],
  );
  const daemons = [join(machine, "docker", "daemon.json"), join(folder, "daemon.json")].map((file) =>
    readJson(file, say),
  );
  const mirrors = daemons.flatMap((daemon) => {
    const { "registry-mirrors": list } = daemon;
    return Array.isArray(list) ? list.flatMap((one) => (typeof one === "string" ? (feedAddress(one) ?? []) : [])) : [];
  });
  return [
    ...signedIn,
    ...mirrors.map(({ address, login }) => ({ hosts: [""], address: plain(address), ...(login && { login }) })),
  ];
}

/** The key is a host, or an address; that of version 1 says nothing of where version 2 answers. */
function registryOf(written: string, entry: unknown): ImageRegistry | undefined {
  const whole = /^https?:\/\//.test(written) ? written : `https://${written}`;
  const found = feedAddress(whole);
  if (!found || /\/v1\/?$/.test(written)) return undefined;
  const { auth } = objectOf(entry);
  const [user = "", ...password] =
    typeof auth === "string" ? Buffer.from(auth, "base64").toString("utf8").split(":") : [];
  const login = password.length > 0 && user !== "" ? loginOf(user, password.join(":")) : undefined;
  const { host, origin } = new URL(found.address);
  return { hosts: [host], address: origin, ...(login && { login }) };
}

function plain(address: string): string {
  return address.replace(/\/+$/, "");
}

function readJson(path: string, say: Say): Readonly<Record<string, unknown>> {
  const text = readUserFile(path, say);
  if (text === undefined) return {};
  try {
    return objectOf(JSON.parse(text));
  } catch {
    say(`${path} is no JSON and was left out`);
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
