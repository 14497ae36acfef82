/** Gives nodes that were read from a value their places in the file, where the text of the value stands there as it is. */
import type { Block, Member, Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";

/** `text` is the value of `source`. Heredocs and files stand as they are; texts with escapes do not. */
export function placedIn(node: Node, text: string, source: Node, at: Place): Node {
  const origin = source.from ?? source.at;
  const written = origin.file.text.slice(origin.start, origin.end);
  const offset = text === "" ? -1 : written.indexOf(text);
  if (offset < 0) return moved(node, () => origin, at);
  const start = origin.start + offset;
  return moved(node, (place) => ({ file: origin.file, start: start + place.start, end: start + place.end }), at);
}

type Move = (place: Place) => Place;

function moved(node: Node, move: Move, at: Place): Node {
  const place = { at, from: move(node.at) };
  if (node.is === "list") return { ...node, ...place, items: node.items.map((item) => inside(item, move)) };
  return node.is === "block" ? { ...movedBlock(node, move), ...place } : { ...node, ...place };
}

function inside(node: Node, move: Move): Node {
  const at = move(node.at);
  if (node.is === "list") return { ...node, at, items: node.items.map((item) => inside(item, move)) };
  return node.is === "block" ? movedBlock(node, move) : { ...node, at };
}

function movedBlock(node: Block, move: Move): Block {
  const members = new Map<string, Member | undefined>();
  const find = (key: string): Member | undefined => {
    const member = node.get(key);
    return member && { key: move(member.key), whole: move(member.whole), value: inside(member.value, move) };
  };
  const get = (key: string) => {
    if (!members.has(key)) members.set(key, find(key));
    return members.get(key);
  };
  return { ...node, at: move(node.at), get };
}
