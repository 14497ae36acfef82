/**
 * The program in a process that runs one command after the other, each with its own folder, environment and output.
 * Most of what a short command costs is loading it.
 */
import { runProgram } from "../program.ts";

export interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const said = { stdout: "", stderr: "" };
for (const name of ["stdout", "stderr"] as const) {
  const stream = process[name];
  stream.write = (text: string | Uint8Array, ...rest: readonly unknown[]) => {
    said[name] += typeof text === "string" ? text : Buffer.from(text).toString();
    const written = rest.find((one) => typeof one === "function");
    written?.();
    return true;
  };
  // Each command listens for what its own end would take away.
  stream.setMaxListeners(0);
}

process.on("message", (call: Call) => {
  void run(call).then((ended) => process.send?.(ended));
});
process.on("disconnect", () => process.exit());

async function run({ args, cwd, env }: Call): Promise<Ended> {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  Object.assign(said, { stdout: "", stderr: "" });
  process.exitCode = 0;
  await runProgram([process.execPath, "sallyport", ...args]);
  return { code: Number(process.exitCode), ...said };
}
