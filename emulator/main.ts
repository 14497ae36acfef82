/** The emulator as a program: `node emulator/main.ts [--port N] [--folder PATH] [--seed demo|many|posture] [--server]`. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seedDemo, tellDemo } from "./seeds/seed-demo.ts";
import { seedMany } from "./seeds/seed-many.ts";
import { seedPosture, tellPosture } from "./seeds/seed-posture.ts";
import { startEmulator } from "./start-emulator.ts";
import type { World } from "./world.ts";

const seeds: Readonly<Record<string, (world: World) => Promise<Readonly<Record<string, unknown>>>>> = {
  demo: async (world) => tellDemo(await seedDemo(world)),
  posture: async (world) => tellPosture(await seedPosture(world)),
  async many(world) {
    const { organization, token } = await seedMany(world, { repositories: 5000, projects: 200 });
    return { organization: organization.name, organizations: [organization.name], token: token.value };
  },
};

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    folder: { type: "string" },
    seed: { type: "string" },
    server: { type: "boolean" },
  },
});

const fill = values.seed === undefined ? undefined : seeds[values.seed];
if (values.seed !== undefined && !fill) {
  console.error(`There is no seed ${values.seed}; there are: ${Object.keys(seeds).join(", ")}.`);
  process.exit(2);
}

const emulator = await startEmulator({
  port: Number(values.port ?? 0),
  folder: values.folder ?? (await mkdtemp(join(tmpdir(), "azure-devops-emulator-"))),
  ...(values.server ? { edition: { is: "server", path: "/tfs", newestVersion: "6.0" } } : {}),
  async seed(world) {
    if (fill) world.seedSummary = await fill(world);
  },
});
console.log(`emulator ready: ${emulator.url}`);

let stopping = false;
function stop(): void {
  if (stopping) process.exit(1);
  stopping = true;
  void emulator.stop().then(() => process.exit(0));
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
// Whoever started it with a channel is gone, however that ended.
process.once("disconnect", stop);
