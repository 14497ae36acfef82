/** The words of a rule; its id holds a slash, so addresses carry it url-encoded. */
import { type Static, Type } from "typebox";
import { scannerName, severityName } from "../shapes/names.ts";

export const ruleWords = Type.Object({
  id: Type.String(),
  scanner: scannerName,
  title: Type.String(),
  severity: severityName,
  why: Type.String(),
  fix: Type.String(),
  links: Type.Array(Type.String()),
  aliases: Type.Array(Type.String()),
});
export type RuleWords = Static<typeof ruleWords>;

export const ruleParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 300 }) });
