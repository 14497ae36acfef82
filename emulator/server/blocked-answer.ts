/** The answer to an identity that used up what it may use. */
import { type Answer, Refusal } from "../route.ts";
import type { World } from "../world.ts";
import { errorAnswer } from "./answers.ts";

export function blockedAnswer(world: World): Answer {
  return errorAnswer(
    world,
    new Refusal(
      429,
      "RequestBlockedException",
      "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'. For more information on why your request was blocked, see the topic \"Rate limits\" on the Microsoft Web site (https://go.microsoft.com/fwlink/?LinkId=823950).",
      "Microsoft.TeamFoundation.Framework.Server.RequestBlockedException, Microsoft.TeamFoundation.Framework.Server",
    ),
  );
}
