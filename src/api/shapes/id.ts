/** An id in an address or an answer: a UUID, made by the store or by Azure DevOps. */
import { Type } from "typebox";

export const id = Type.String({ format: "uuid" });

/** What routes with one id in their address take. */
export const idParams = Type.Object({ id });
