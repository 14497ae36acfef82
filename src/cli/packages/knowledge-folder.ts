/** Where the local copy of what the world knows lies: with a server's data, or with what belongs to the user. */
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { userFolder } from "../user-folder.ts";

export function knowledgeFolder(): string {
  return readConfig().knowledgeFolder ?? join(userFolder(), "knowledge");
}
