/** A process of its own that fetches one mirror: tests kill it. Arguments: folder of mirrors, repository id, address. */
import { pino } from "pino";
import type { RepositoryId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { openMirrors } from "../open-mirrors.ts";

const [folder = "", id = "", url = "", authorization = ""] = process.argv.slice(2);
const log = pino({ level: "silent" });
const mirrors = openMirrors({ folder, budgetBytes: 1e9, log, now: () => new Date() });
const secret = authorization === "" ? undefined : secretValue(authorization);
await mirrors.fetch({ id: id as RepositoryId, url, authorization: secret });
console.log("fetched");
mirrors.close();
