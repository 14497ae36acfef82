/** Where the program keeps what belongs to a user of the machine and to no server. */
import { homedir } from "node:os";
import { join } from "node:path";

export function userFolder(home: string = homedir(), platform: string = process.platform): string {
  const folder = platform === "win32" ? ["AppData", "Local"] : [".local", "state"];
  return join(home, ...folder, "sallyport");
}
