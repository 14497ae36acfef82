/** Calls that take a password or key, and which of their arguments is one. */
import type { Calls } from "./call.ts";
import { callsOfDatabases } from "./of-databases.ts";
import { callsOfServers } from "./of-servers.ts";
import { callsOfServices } from "./of-services.ts";
import { callsOfSignatures } from "./of-signatures.ts";
import { callsOfStores } from "./of-stores.ts";
import { callsOfUsers } from "./of-users.ts";

export const credentialCalls: Calls = {
  ...callsOfDatabases,
  ...callsOfServers,
  ...callsOfServices,
  ...callsOfSignatures,
  ...callsOfStores,
  ...callsOfUsers,
};
