/** Compares the keys of recorded and documented deliveries with those of the emulator's, file by file. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Json = Record<string, unknown>;

export interface DeliveryCheck {
  readonly file: string;
  readonly eventType: string;
  readonly problems: readonly string[];
}

/** What a file shows that the emulator rightly leaves out. */
const excused: readonly (readonly [file: RegExp, key: RegExp])[] = [
  // samples of the documentation and one real delivery of six have it
  [/./, /^scope$/],
  // the documentation shows commits that no real delivery of these events has, and repositories and people of 2014
  [/^docs\.git\.pullrequest/, /^resource\.(commits|repository\.defaultBranch)/],
  [/^docs\.build\.complete\.v1/, /^resource\.drop/],
];

function keysOf(value: unknown, prefix = "", keys = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) keysOf(one, `${prefix}[]`, keys);
  else if (typeof value === "object" && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      const key = prefix === "" ? name : `${prefix}.${name}`;
      keys.add(key);
      keysOf(inner, key, keys);
    }
  return keys;
}

/** Whether two deliveries tell of the same kind of thing: a deletion is not compared with a creation. */
function kindOf(delivery: Json): string {
  const resource = (delivery.resource ?? {}) as Json;
  const eventType = textOf(delivery.eventType);
  const update = (Array.isArray(resource.refUpdates) ? resource.refUpdates[0] : {}) as Json;
  const isThere = (id: unknown) => (/^0+$/.test(textOf(id)) ? "none" : "some");
  const details =
    eventType === "git.push"
      ? [isThere(update.oldObjectId), isThere(update.newObjectId)]
      : eventType === "build.complete"
        ? [textOf(delivery.resourceVersion)]
        : [textOf(resource.status), textOf(resource.mergeStatus)];
  return [eventType, ...details].join("|");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `own` are the emulator's deliveries with all messages. */
export function compareDeliveries(folder: string, own: readonly Json[]): DeliveryCheck[] {
  const files = readdirSync(folder).filter((name) => /^(real|docs)\..*\.json$/.test(name));
  return files.flatMap((file): DeliveryCheck[] => {
    const recorded = JSON.parse(readFileSync(join(folder, file), "utf8")) as Json;
    const eventType = textOf(recorded.eventType);
    const sameEvent = own.filter((one) => one.eventType === eventType);
    // events of areas that the emulator does not have
    if (sameEvent.length === 0 && !/^(git|build|ms\.vss-code)\./.test(eventType)) return [];
    const sameKind = sameEvent.filter((one) => kindOf(one) === kindOf(recorded));
    const mine = new Set((sameKind.length > 0 ? sameKind : sameEvent).flatMap((one) => [...keysOf(one)]));
    const missing = [...keysOf(recorded)].filter(
      (key) => !mine.has(key) && !excused.some(([name, pattern]) => name.test(file) && pattern.test(key)),
    );
    return [{ file, eventType, problems: missing.map((key) => `delivered key ${key} is missing`) }];
  });
}
