/** Reads pip's settings: its indexes, from the environment or `pip.conf`, with the login that their address holds. */
import { secretValue } from "#model/secret-value.ts";
import type { RegistryFeed } from "../facts-sources.ts";

export function readPipFeeds(configuration: string, environment: NodeJS.ProcessEnv): readonly RegistryFeed[] {
  const settings = settingsOf(configuration);
  const of = (variable: string, name: string) => (environment[variable] ?? settings.get(name) ?? "").split(/\s+/);
  const addresses = [...of("PIP_INDEX_URL", "index-url"), ...of("PIP_EXTRA_INDEX_URL", "extra-index-url")];
  return [...new Set(addresses)].flatMap((address) => feedOf(address) ?? []);
}

/** Values may go on in lines that are indented. */
function settingsOf(configuration: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let [section, name] = ["", ""];
  for (const line of configuration.slice(0, 1_000_000).split(/\r?\n/)) {
    const head = /^\[([^\]]*)\]/.exec(line)?.[1];
    if (head !== undefined) [section, name] = [head.trim(), ""];
    if (head !== undefined || !["global", "install", "download"].includes(section) || /^\s*[#;]/.test(line)) continue;
    if (/^\s/.test(line)) {
      if (name !== "") settings.set(name, `${settings.get(name) ?? ""} ${line.trim()}`);
      continue;
    }
    const at = line.search(/[=:]/);
    name = at < 0 ? "" : line.slice(0, at).trim().replace(/_/g, "-");
    if (name !== "") settings.set(name, line.slice(at + 1).trim());
  }
  return settings;
}

function feedOf(address: string): RegistryFeed | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const [user, password] = [url.username, url.password].map(decoded);
  [url.username, url.password] = ["", ""];
  const login = user === undefined || password === undefined ? undefined : { user, password: secretValue(password) };
  return { ecosystem: "PyPI", address: url.href, isPublic: false, ...(login && { login }) };
}

function decoded(text: string): string | undefined {
  try {
    return text === "" ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}
