/**
 * npm's settings of the user and of the machine, as far as they say which registry is asked, and how. Undefined if they name
 * no registry: then it is the one that npm's own client knows.
 */
import { dirname, join, resolve } from "node:path";
import type { NpmSettings } from "#knowledge/package-facts/facts-sources.ts";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import type { Environment } from "../config.ts";
import { feedAddress } from "./feed-address.ts";
import { readNpmrc } from "./npmrc.ts";
import { readUserFile, type Say, type UserPlace } from "./user-place.ts";

const registryKey = /^(?:@[^:]+:)?registry$/;
const secretKey = /^\/\/.+:(?:_authToken|_auth|_password)$|proxy$/;
const otherKey = /^(?:\/\/.+:username|strict-ssl)$/;

export function readNpmSettings(place: UserPlace, say: Say): NpmSettings | undefined {
  const { home, environment } = place;
  const read = (path: string) => readNpmrc(readUserFile(path, say) ?? "", environment);
  const set = variablesOf(environment);
  const user = read(set.get("userconfig") ?? join(home, ".npmrc"));
  const machine = read(globalFile(place, new Map([...user, ...set])));
  const settings: Record<string, string | SecretValue> = {};
  let namesRegistry = false;
  for (const [key, value] of [...machine, ...user, ...set]) {
    if (registryKey.test(key)) {
      const { address, login } = feedAddress(value) ?? {};
      if (address === undefined) continue;
      namesRegistry = true;
      settings[key] = address;
      if (login)
        settings[`${address.replace(/^https?:/, "")}:_auth`] = secretValue(
          Buffer.from(login.reveal()).toString("base64"),
        );
    } else if (secretKey.test(key)) settings[key] = secretValue(value);
    else if (otherKey.test(key)) settings[key] = value;
  }
  return namesRegistry ? settings : undefined;
}

function globalFile(
  { home, platform, program, environment }: UserPlace,
  settings: ReadonlyMap<string, string>,
): string {
  const own = settings.get("globalconfig");
  if (own !== undefined) return inHome(own, home);
  const prefix = settings.get("prefix");
  if (prefix !== undefined) return join(inHome(prefix, home), "etc", "npmrc");
  if (platform === "win32") return join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "npm", "etc", "npmrc");
  return join(dirname(dirname(program)), "etc", "npmrc");
}

function inHome(path: string, home: string): string {
  return path.startsWith("~/") ? join(home, path.slice(2)) : resolve(path);
}

/**
 * Variables like `npm_config_registry`, which overrule files. What npm starts is given those of the project that it stands in:
 * a repository would choose who is asked. npm writes them in small letters, so those in capitals are a person's.
 */
function variablesOf(environment: Environment): ReadonlyMap<string, string> {
  const isStartedByNpm = ["npm_command", "npm_execpath", "npm_config_user_agent"].some(
    (name) => environment[name] !== undefined,
  );
  const wanted = isStartedByNpm ? /^NPM_CONFIG_/ : /^npm_config_/i;
  const settings = new Map<string, string>();
  for (const [name, value = ""] of Object.entries(environment)) {
    if (!wanted.test(name) || value === "") continue;
    const key = name.slice("npm_config_".length);
    settings.set(key.startsWith("//") ? key : key.replace(/(?!^)_/g, "-").toLowerCase(), value);
  }
  return settings;
}
