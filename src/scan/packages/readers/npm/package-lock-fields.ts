/** The members of an entry of package-lock.json, in whichever version. */
import { isObject, type JsonCursor, readText, readTexts, readTrue, type Texts } from "../../reading/json-cursor.ts";
import { readLicenses, type Section } from "./project-file.ts";

/** The members of an entry that every version has. */
export interface Fields {
  name: string | undefined;
  version: string | undefined;
  resolved: string | undefined;
  integrity: string | undefined;
  licenses: readonly string[] | undefined;
  isLink: boolean;
  isDevelopment: boolean;
  groups: string[] | undefined;
  asks: (readonly [Section, Texts])[] | undefined;
}

/** All at once: members that come one by one move the others about. */
export function noFields(): Fields {
  return {
    name: undefined,
    version: undefined,
    resolved: undefined,
    integrity: undefined,
    licenses: undefined,
    isLink: false,
    isDevelopment: false,
    groups: undefined,
    asks: undefined,
  };
}

// oxlint-disable-next-line max-lines-per-function -- one case for each member that an entry may have
export function readField(cursor: JsonCursor, fields: Fields, key: string): void {
  switch (key) {
    case "name":
    case "version":
    case "resolved":
    case "integrity": {
      const text = readText(cursor);
      if (text !== undefined) fields[key] = text;
      return;
    }
    case "license":
      fields.licenses = readLicenses(cursor);
      return;
    case "link":
      fields.isLink = readTrue(cursor);
      return;
    case "dev":
      if (!readTrue(cursor)) return;
      fields.isDevelopment = true;
      addGroup(fields, "dev");
      return;
    case "devOptional":
      // Something in production may want it, if only as an option.
      if (!readTrue(cursor)) return;
      addGroup(fields, "dev");
      addGroup(fields, "optional");
      return;
    case "optional":
    case "peer":
      if (readTrue(cursor)) addGroup(fields, key);
      return;
    case "inBundle":
    case "bundled":
      if (readTrue(cursor)) addGroup(fields, "bundled");
      return;
    case "dependencies":
    case "devDependencies":
    case "optionalDependencies":
    case "peerDependencies":
      addAsks(fields, key, readTexts(cursor));
      return;
    case "requires":
      if (!isObject(cursor)) return;
      addAsks(fields, "dependencies", readTexts(cursor));
      return;
    default:
  }
}

function addGroup(fields: Fields, group: string): void {
  if (fields.groups) fields.groups.push(group);
  else fields.groups = [group];
}

function addAsks(fields: Fields, section: Section, texts: Texts): void {
  if (fields.asks) fields.asks.push([section, texts]);
  else fields.asks = [[section, texts]];
}
