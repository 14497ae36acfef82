/**
 * Checks the emulator against the official descriptions and recorded traffic of Azure DevOps: starts it with the demo
 * seed, holds a session, compares every answer with its schema and the recorded keys, and every delivery of a hook with the recorded ones.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToken } from "../../emulator/build-world.ts";
import { type DemoSeed, seedDemo } from "../../emulator/seeds/seed-demo.ts";
import { startEmulator } from "../../emulator/start-emulator.ts";
import { type AnswerSchemas, createAnswerSchemas } from "./answer-schemas.ts";
import { holdSession } from "./azure-devops-session.ts";
import { compareDeliveries } from "./compare-deliveries.ts";
import { keysOf, matchesOperation, type Recording, readRecordings } from "./compare-recordings.ts";
import { type Exchange, startConversation } from "./conversation.ts";
import { collectDeliveries } from "./delivery-session.ts";
import { expectedStatuses } from "./overlays.ts";
import { readDescriptions } from "./read-operations.ts";
import { table } from "./table.ts";

interface Check {
  readonly area: string;
  readonly kind: "status" | "schema" | "recording" | "delivery";
  readonly operation: string;
  readonly url: string;
  readonly problems: readonly string[];
}

export async function runAzureDevOps(folder: string, output: string | undefined): Promise<void> {
  const descriptions = readDescriptions(join(folder, "openapi"));
  const operations = descriptions.flatMap((one) => one.operations);
  const facts = JSON.parse(await readFile(join(folder, "facts.json"), "utf8")) as {
    wireOverlays: { items: { where: string }[] };
  };
  const schemas = createAnswerSchemas(descriptions, facts.wireOverlays.items);
  for (const where of schemas.unknownOverlays) console.log(`overlay not known: ${where}`);
  const place = await mkdtemp(join(tmpdir(), "conformance-"));
  let seed: DemoSeed | undefined;
  const emulator = await startEmulator({
    folder: place,
    seed: async (world) => {
      seed = await seedDemo(world);
    },
  });
  const checks: Check[] = [];
  let unserved = 0;
  try {
    await emulator.clock.advance(1000);
    if (!seed) throw new Error("the emulator started without its seed");
    // Profile and accounts refuse tokens of a single organization.
    const token = addToken(emulator.world, seed.administrator);
    const talk = startConversation(emulator.url, token.value, operations);
    await holdSession(talk, emulator, seed, operations);
    const served = new Set(talk.exchanges.map((exchange) => exchange.operation));
    unserved = operations.filter((operation) => !served.has(operation)).length;
    for (const exchange of talk.exchanges) checks.push(...checkExchange(exchange, schemas));
    checks.push(...checkRecordings(talk.exchanges, readRecordings(join(folder, "recordings"))));
    const deliveries = await collectDeliveries(emulator, seed, token.value);
    for (const { file, eventType, problems } of compareDeliveries(join(folder, "webhooks"), deliveries))
      checks.push({ area: "webhooks", kind: "delivery", operation: eventType, url: file, problems });
  } finally {
    await emulator.stop();
    await rm(place, { recursive: true, force: true });
  }
  report(checks);
  if (output)
    await writeFile(
      output,
      failed(checks)
        .map((check) => `${JSON.stringify(check)}\n`)
        .join(""),
    );
  console.log(
    `${operations.length - unserved} of ${operations.length} described operations are served; ${unserved} are not`,
  );
  const good = checks.length - failed(checks).length;
  const percent = checks.length === 0 ? 0 : Math.floor((1000 * good) / checks.length) / 10;
  console.log(`conformance azure-devops: ${good} of ${checks.length} (${percent} %)`);
}

function checkExchange({ operation, url, status, body }: Exchange, schemas: AnswerSchemas): Check[] {
  const expected = expectedStatuses(operation.method, operation.path, operation.statuses);
  const name = `${operation.method} ${operation.path}`;
  const about = { area: operation.area, operation: name, url };
  const isExpected = expected.includes(status);
  const message = (body as { message?: string } | undefined)?.message;
  const wrong = `answered ${status} instead of ${expected.join(" or ")}${message ? `: ${message}` : ""}`;
  const checks: Check[] = [{ ...about, kind: "status", problems: isExpected ? [] : [wrong] }];
  const isText = typeof body === "string";
  if (status < 300 && operation.schema !== undefined && !isText)
    checks.push({ ...about, kind: "schema", problems: schemas.check(operation, body) });
  return checks;
}

/** Each key of a recorded success must appear somewhere in the emulator's answers to the same operation. */
function checkRecordings(exchanges: readonly Exchange[], recordings: readonly Recording[]): Check[] {
  const checks: Check[] = [];
  for (const recording of recordings) {
    if (recording.status >= 300 || typeof recording.body !== "object" || recording.body === null) continue;
    const same = exchanges.filter(
      ({ operation, status }) =>
        status < 300 && matchesOperation(operation, recording.method, recording.url.host, recording.url.pathname),
    );
    const first = same[0];
    if (!first) continue;
    const own = new Set(same.flatMap(({ body }) => [...keysOf(body)]));
    const missing = [...keysOf(recording.body)].filter((key) => !own.has(key));
    checks.push({
      area: first.operation.area,
      kind: "recording",
      operation: `${recording.method} ${first.operation.path}`,
      url: `${recording.file} ${recording.url.pathname}`,
      problems: missing.map((key) => `recorded key ${key} is missing`),
    });
  }
  return checks;
}

function failed(checks: readonly Check[]): Check[] {
  return checks.filter((check) => check.problems.length > 0);
}

function report(checks: readonly Check[]): void {
  for (const check of failed(checks))
    console.log(`${check.kind} ${check.operation}\n    ${check.problems.join("\n    ")}`);
  const areas = [...new Set(checks.map((check) => check.area))].sort();
  const rows = areas.map((area) => {
    const of = (kind: Check["kind"]) => {
      const some = checks.filter((check) => check.area === area && check.kind === kind);
      return `${some.length - failed(some).length}/${some.length}`;
    };
    return [area, of("status"), of("schema"), of("recording"), of("delivery")];
  });
  console.log(`\n${table(["area", "status", "schema", "recording", "delivery"], rows)}\n`);
}
