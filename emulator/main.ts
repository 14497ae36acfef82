/** The emulator as a program: `node emulator/main.ts [--port N] [--folder PATH] [--seed demo]`. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seedDemo, tellDemo } from "./seeds/seed-demo.ts";
import { startEmulator } from "./start-emulator.ts";
import type { World } from "./world.ts";

async function seedAndTell(world: World): Promise<void> {
  world.seedSummary = tellDemo(await seedDemo(world));
}

const { values } = parseArgs({
  options: { port: { type: "string" }, folder: { type: "string" }, seed: { type: "string" } },
});

if (values.seed !== undefined && values.seed !== "demo") {
  console.error(`There is no seed ${values.seed}; there is: demo.`);
  process.exit(2);
}

const emulator = await startEmulator({
  port: Number(values.port ?? 0),
  folder: values.folder ?? (await mkdtemp(join(tmpdir(), "azure-devops-emulator-"))),
  ...(values.seed === "demo" ? { seed: seedAndTell } : {}),
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
