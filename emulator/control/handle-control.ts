/** The emulator's own door under `/_emulator/`: faults, switches, time, people and tokens; and the inspector page. Loopback only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { writeAnswer } from "../server/answers.ts";
import type { Target } from "../server/handle-request.ts";
import type { World } from "../world.ts";

export async function handleControl(
  _world: World,
  _target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  writeAnswer(response, { status: 404, text: "unknown" }, {}, undefined);
}
