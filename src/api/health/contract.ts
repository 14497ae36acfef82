/** For load balancers and monitoring. */
import { Type } from "typebox";

export const healthAnswer = Type.Object({ status: Type.Enum(["ok", "unavailable"] as const) });
