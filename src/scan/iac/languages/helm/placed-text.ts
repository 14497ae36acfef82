/** The text of a scalar however it is written: the versions in Chart.yaml are texts, also without quotes. */
import { plainText, type Text, textFrom } from "../../../formats/go-template/traced-text.ts";
import type { Node } from "../../../formats/node.ts";

export function placedText(node: Node | undefined, otherwise: string): Text {
  if (node?.is !== "scalar" || node.value === null) return plainText(otherwise);
  const { file, start, end } = node.at;
  return textFrom(typeof node.value === "string" ? node.value : file.text.slice(start, end), node.from ?? node.at);
}
