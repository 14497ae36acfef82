/**
 * What a push costs against a first scan, and how much memory the server takes: one repository of 50,000 files on the
 * emulator, the real server as a process of its own. `npm run bench -- large-repository [--files N]`.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scans } from "#api/scans/contract.ts";
import { addCommit, addOrganization, addProject, addRepository, addToken, addUser } from "../emulator/build-world.ts";
import { startEmulator } from "../emulator/start-emulator.ts";
import { createApiClient } from "../scripts/demo/api-client.ts";
import { startChild } from "../scripts/demo/child.ts";
import { connectDemo } from "../scripts/demo/connect-demo.ts";

const pushes = 10;

export async function largeRepository(args: readonly string[]): Promise<void> {
  const files = Number(args.find((word) => /^\d+$/.test(word)) ?? 50_000);
  const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const emulator = await startEmulator({ folder: join(folder, "azure-devops") });
  const { world } = emulator;
  const organization = addOrganization(world, "bench");
  const user = addUser(world, "Bench", { organization, group: "collection administrators" });
  const project = addProject(world, organization, "Bench");
  const content = madeUpFiles(files);
  const bytes = Object.values(content).reduce((sum, text) => sum + text.length, 0);
  console.log(`${files} files, ${(bytes / 1e6).toFixed(0)} MB`);
  const repository = await addRepository(world, organization, project, "large", { files: content });
  const logFile = join(folder, "server.log");
  const server = startChild({
    name: "server",
    args: [fileURLToPath(new URL("../bin/sallyport.js", import.meta.url)), "serve"],
    environment: {
      ...process.env,
      DATABASE_URL: "",
      SALLYPORT_DATA: join(folder, "data"),
      SALLYPORT_AZURE_DEVOPS_URL: emulator.url,
    },
    logFile,
  });
  try {
    const api = createApiClient(await server.line(/^sallyport \S+ serves (\S+)/));
    const token = await server.line(/\/first-start\?token=(\S+)/);
    const idle = memoryOf(server.pid);
    const seed = { organization: "bench", token: addToken(world, user, { organization }).value, openPullRequests: 0 };
    await connectDemo(api, token, seed);
    await scansEnded(api, 1);
    for (let index = 1; index <= pushes; index++) {
      const files = { [`src/area-1/module-1/file-${index}.ts`]: `export const changed = ${index};\n` };
      await addCommit(world, organization, repository, user, { branch: "main", message: `Change ${index}`, files });
      await scansEnded(api, index + 1);
    }
    const { peak } = memoryOf(server.pid);
    await server.stop();
    const [first = Number.NaN, ...rest] = jobMilliseconds(logFile);
    const push = rest.toSorted((a, b) => a - b)[Math.floor(rest.length / 2)] ?? Number.NaN;
    console.log(`first scan      ${first} ms: fetched, scanned, stored`);
    console.log(`one-file push   ${push} ms, the same; median of ${rest.length} (${rest.join(", ")})`);
    console.log(`ratio           1/${(first / push).toFixed(0)}`);
    console.log(`memory of serve ${idle.now} MB idle, ${peak} MB at its peak (without PostgreSQL)`);
  } finally {
    await server.stop();
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Code-like text of 1 to 5 KB in folders of 50, all different. */
function madeUpFiles(count: number): Record<string, string> {
  const words =
    randomBytes(4096)
      .toString("base64")
      .match(/[a-z]{3,}/gi) ?? [];
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const lines = Array.from({ length: 20 + (index % 80) }, (_, line) => {
      const word = words[(index * 31 + line * 7) % words.length];
      return `export function ${word}${index}_${line}(input: string): string { return input + "${word} ${index}"; }`;
    });
    files[`src/area-${index % 100}/module-${index % 1000}/file-${index}.ts`] = `${lines.join("\n")}\n`;
  }
  return files;
}

async function scansEnded(api: ReturnType<typeof createApiClient>, count: number): Promise<void> {
  for (;;) {
    const { rows, total } = await api.get<Scans>("/api/scans?limit=1");
    if (total >= count && rows[0]?.finishedAt) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the server's log says of its scan jobs, in order; git's fetch is part of them. */
function jobMilliseconds(logFile: string): number[] {
  return readFileSync(logFile, "utf8")
    .split("\n")
    .filter((line) => line.includes('"queue":"scan-repository"') && line.includes('"msg":"job done"'))
    .map((line) => (JSON.parse(line) as { milliseconds: number }).milliseconds);
}

/** Resident megabytes, now and at most, as Linux tells them. */
function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}
