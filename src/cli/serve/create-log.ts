/** The log: JSON lines on stderr, so that stdout holds what people are told. */
import { destination, type Logger, pino } from "pino";
import type { Config } from "../config.ts";

export function createLog({ logLevel: level }: Pick<Config, "logLevel">): Logger {
  // Nobody logs these on purpose; should somebody, they stay hidden.
  const secrets = ["authorization", "cookie", "password", "token", "secret"];
  const redact = { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" };
  return pino({ level, redact, base: { pid: process.pid } }, destination({ fd: 2, sync: true }));
}
