/** What runs in a worker thread of the pool: shards in, results out, one at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import { isSilent } from "./is-silent.ts";
import { scanBlob, scanOneUnit } from "./scan-here.ts";
import { type ThreadAnswer, type ThreadMessage, unpacker } from "./thread-messages.ts";
import { openTreeScanners } from "./tree-scanner-doors.ts";

const { treeScannersModule } = workerData as { readonly treeScannersModule: string };
const treeScanners = await openTreeScanners(treeScannersModule);

async function resultsOf(message: ThreadMessage): Promise<(ThreadAnswer & { is: "scanned" })["results"]> {
  const { context, bytes } = message;
  const { scanners } = context;
  const unpack = unpacker(bytes);
  await openYamlDoor(context.secrets);
  if (message.is === "blobs") {
    const paths = message.files.map(({ path }) => path);
    const loaded = message.surveys ? await treeScanners.load({ scanners, paths }) : [];
    return message.files.map((file) => {
      const words = scanBlob(unpack(file), context, loaded);
      return isSilent(words) ? null : words;
    });
  }
  const loaded = await treeScanners.load({ scanners: message.units.map(({ scanner }) => scanner) });
  return message.units.map((unit) => scanOneUnit({ ...unit, files: unit.files.map(unpack) }, context, loaded));
}

async function answer(message: ThreadMessage): Promise<void> {
  parentPort?.postMessage({ is: "scanned", results: await resultsOf(message) } satisfies ThreadAnswer);
}

// What fails there ends the thread: the pool then tries each item alone.
parentPort?.on("message", (message: ThreadMessage) => void answer(message));

parentPort?.postMessage({ is: "ready" } satisfies ThreadAnswer);
