/**
 * The indexes that pip is set up for: variables before files, the user's files before the machine's. Their logins stand in
 * the addresses, or in `.netrc`. Folders and pages of links (`find-links`) are left out.
 */
import { devNull } from "node:os";
import { join } from "node:path";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import { feedAddress } from "./feed-address.ts";
import { type NetrcLogins, readNetrc } from "./netrc.ts";
import { readPipConf } from "./pip-conf.ts";
import { readFirstUserFile, readUserFile, type Say, type UserPlace } from "./user-place.ts";

export function readPipFeeds(place: UserPlace, say: Say): readonly RegistryFeed[] {
  const settings = settingsOf(place, say);
  // pip takes what is empty for not set.
  const wordOf = (name: string) =>
    place.environment[`PIP_${name.toUpperCase().replaceAll("-", "_")}`] ||
    settings.get(`install.${name}`) ||
    settings.get(`global.${name}`) ||
    "";
  if (/^(?:1|true|yes|on|y|t)$/i.test(wordOf("no-index"))) return [];
  const written = [wordOf("index-url"), ...wordOf("extra-index-url").split(/\s+/)];
  const addresses = new Map(
    written.flatMap((one) => {
      const found = feedAddress(one);
      return found ? [[found.address, found.login] as const] : [];
    }),
  );
  if (addresses.size === 0) return [];
  const logins = netrcOf(place, say);
  return [...addresses].map(([address, own]) => {
    const login = own ?? logins.get(new URL(address).hostname);
    return { ecosystem: "PyPI", address, isPublic: false, ...(login && { login }) };
  });
}

/** By section and name: `global.index-url`. */
function settingsOf({ home, machine, platform, environment }: UserPlace, say: Say): ReadonlyMap<string, string> {
  const named = environment.PIP_CONFIG_FILE;
  if (named === devNull) return new Map();
  const config = environment.XDG_CONFIG_HOME || join(home, ".config");
  const roaming = environment.APPDATA ?? join(home, "AppData", "Roaming");
  const ofMachine =
    platform === "win32"
      ? [join(environment.ProgramData ?? machine, "pip", "pip.ini")]
      : [join(machine, "xdg", "pip", "pip.conf"), join(machine, "pip.conf")];
  const ofUser =
    platform === "win32"
      ? [join(home, "pip", "pip.ini"), join(roaming, "pip", "pip.ini")]
      : [
          join(home, ".pip", "pip.conf"),
          join(config, "pip", "pip.conf"),
          ...(platform === "darwin" ? [join(home, "Library", "Application Support", "pip", "pip.conf")] : []),
        ];
  const ofName = named === undefined || named === "" ? undefined : readUserFile(named, say);
  const texts = ofMachine.map((path) => readUserFile(path, say));
  // A file that somebody names takes the place of the user's.
  const own = ofName === undefined ? ofUser.map((path) => readUserFile(path, say)) : [ofName];
  return new Map([...texts, ...own].flatMap((text) => [...readPipConf(text ?? "")]));
}

function netrcOf({ home, environment }: UserPlace, say: Say): NetrcLogins {
  const paths = environment.NETRC ? [environment.NETRC] : [join(home, ".netrc"), join(home, "_netrc")];
  return readNetrc(readFirstUserFile(paths, say)?.text ?? "");
}
