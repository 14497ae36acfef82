/** A repository as other resources name it: enough to print and to link. */
import { Type } from "typebox";
import { id } from "./id.ts";

export const repositoryReference = Type.Object({
  id,
  name: Type.String(),
  project: Type.String({ description: "The project's name" }),
  organization: Type.String({ description: "The organization's name" }),
});
