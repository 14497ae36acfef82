/** A process of its own that holds a mirror until it is killed. Arguments: folder of mirrors, repository id. */
import { pino } from "pino";
import type { RepositoryId } from "#model/ids.ts";
import { openMirrors } from "../open-mirrors.ts";

const [folder = "", id = ""] = process.argv.slice(2);
const mirrors = openMirrors({ folder, budgetBytes: 1e9, log: pino({ level: "silent" }), now: () => new Date() });
console.log(mirrors.existing(id as RepositoryId) ? "reading" : "nothing");
setInterval(() => undefined, 60_000);
