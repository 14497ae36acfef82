import type { ChoicePreview } from "#flows/connect-instance/preview-choice.ts";
import type { Preview } from "./takes.ts";

export function previewOf({ taken, total, leftOut, names, removed }: ChoicePreview): Preview {
  const { "not-included": notIncluded, ...others } = leftOut;
  return { taken, total, leftOut: { ...others, notIncluded }, names: [...names], removed: { ...removed } };
}
