/** Values written as YAML, JSON and TOML, and read from them. What cannot be read is a dict that says so, as in Helm. */
import { readJson } from "../../json/read-json.ts";
import type { Node } from "../../node.ts";
import { readYaml } from "../../yaml/read-yaml.ts";
import { printValue } from "../print-value.ts";
import type { Room } from "../room.ts";
import { argument, type Call, type FunctionTable, strictly } from "../template-function.ts";
import { placeIn, plainText, type Text, textFrom } from "../traced-text.ts";
import { at, dict, type Entry, list, nil, originOf, sortedKeys, type Value, valueOfNode } from "../value.ts";
import { numberText, writeYaml } from "../write-yaml.ts";
import { type Args, textArgument } from "./arguments.ts";

const deepest = 100;

/** Keys are sorted; `pad` is what a level is indented by. */
function jsonText(value: Value, pad: string, escapes: boolean, room: Room, depth = 0): string {
  room.spend(1);
  const line = pad === "" ? "" : `\n${pad.repeat(depth)}`;
  const inner = pad === "" ? "" : `${line}${pad}`;
  if (depth > deepest) return "null";
  switch (value.is) {
    case "nil":
      return "null";
    case "bool":
      return String(value.value);
    case "number":
      return Number.isFinite(value.value) ? numberText(value.value) : "null";
    case "text":
    case "native":
      return quotedJson(value.text, escapes);
    case "list": {
      const items = value.items.map((item) => inner + jsonText(item, pad, escapes, room, depth + 1));
      return items.length === 0 ? "[]" : `[${items.join(",")}${line}]`;
    }
    case "dict": {
      const members = sortedKeys(value).map((key) => {
        const text = jsonText(at(value, key) ?? nil, pad, escapes, room, depth + 1);
        return `${inner}${quotedJson(key, escapes)}:${pad === "" ? "" : " "}${text}`;
      });
      return members.length === 0 ? "{}" : `{${members.join(",")}${line}}`;
    }
  }
}

/** Go escapes what HTML would read. */
function quotedJson(text: string, escapes: boolean): string {
  const quoted = JSON.stringify(text);
  if (!escapes) return quoted;
  return quoted.replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function toJson(pad: string, escapes: boolean) {
  return (args: Args, { room }: Call): Text => {
    const value = argument(args, 0);
    const text = jsonText(value, pad, escapes, room);
    room.reserve(text.length);
    return textFrom(text, originOf(value));
  };
}

function tomlValue(value: Value, room: Room): string {
  const text = jsonText(value, "", false, room);
  return value.is === "number" && value.float && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function tomlText(value: Value, path: readonly string[], room: Room): string {
  if (value.is !== "dict" || path.length > deepest) return "";
  const tables: string[] = [];
  const lines: string[] = [];
  for (const key of sortedKeys(value)) {
    room.spend(1);
    const inner = at(value, key) ?? nil;
    const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
    if (inner.is === "dict") tables.push(`\n[${[...path, name].join(".")}]\n${tomlText(inner, [...path, name], room)}`);
    else if (inner.is !== "nil") lines.push(`${name} = ${tomlValue(inner, room)}\n`);
  }
  return lines.join("") + tables.join("");
}

/** The places of a text that was read are those of the letters it is made of. */
function placed(value: Value, source: Text, depth = 0): Value {
  if (depth > deepest * 2) return value;
  if (value.is === "list") {
    return {
      ...value,
      items: value.items.map((item) => placed(item, source, depth + 1)),
      from: moved(value.from, source),
    };
  }
  if (value.is === "dict") {
    const entries = new Map<string, Entry>();
    for (const [key, entry] of value.entries) {
      entries.set(key, { value: placed(entry.value, source, depth + 1), key: moved(entry.key, source) });
    }
    return { ...value, entries, from: moved(value.from, source) };
  }
  if (value.is === "text") return textFrom(value.text, moved(value.marks[0]?.from, source));
  return "from" in value ? { ...value, from: moved(value.from, source) } : value;
}

function moved(place: Parameters<typeof textFrom>[1], source: Text) {
  return place && placeIn(source, place.start, place.end);
}

interface Read {
  readonly node: Node | undefined;
  readonly fault: string | undefined;
}

function fromYaml(source: Text): Read {
  const { documents, problems } = readYaml({ path: "", text: source.text }, { yaml11: true });
  return { node: documents[0]?.node, fault: problems[0]?.message };
}

function fromJson(source: Text): Read {
  const { node, problems } = readJson({ path: "", text: source.text });
  return { node, fault: problems[0]?.message };
}

function reader(read: (source: Text) => Read, wanted: "dict" | "list" | "any", faulty: (message: string) => Value) {
  return (args: Args, { room }: Call): Value => {
    const source = textArgument(args, 0);
    room.spend(source.text.length / 8);
    const { node, fault } = read(source);
    if (fault !== undefined) return faulty(fault);
    const value = placed(valueOfNode(node, room.unknowns), source);
    if (wanted === "any" || value.is === wanted) return value;
    return value.is === "nil" ? (wanted === "dict" ? dict([]) : list([])) : faulty(`it is no ${wanted}`);
  };
}

const asDict = (message: string): Value => dict([["Error", plainText(message)]]);
const asList = (message: string): Value => list([plainText(message)]);

export const conversionFunctions: FunctionTable = {
  toYaml: (args, { room }) => writeYaml(argument(args, 0), room),
  mustToYaml: (args, { room }) => writeYaml(argument(args, 0), room),
  toYamlPretty: (args, { room }) => writeYaml(argument(args, 0), room),
  toJson: toJson("", true),
  mustToJson: toJson("", true),
  toRawJson: toJson("", false),
  mustToRawJson: toJson("", false),
  toPrettyJson: toJson("  ", true),
  mustToPrettyJson: toJson("  ", true),
  toToml: (args, { room }) => {
    const value = argument(args, 0);
    return textFrom(value.is === "dict" ? tomlText(value, [], room) : printValue(value), originOf(value));
  },
  ...strictlyReading(),
};

/** Of a text that is not wholly known, what can be read is read: the unknown letters stay in its values. */
function strictlyReading(): FunctionTable {
  return {
    fromYaml: whole(reader(fromYaml, "dict", asDict)),
    mustFromYaml: whole(reader(fromYaml, "dict", asDict)),
    fromYamlArray: whole(reader(fromYaml, "list", asList)),
    fromJson: whole(reader(fromJson, "dict", asDict)),
    mustFromJson: whole(reader(fromJson, "any", asDict)),
    fromJsonArray: whole(reader(fromJson, "list", asList)),
    ...strictly({ fromToml: (_, { room }) => room.unknowns.make("TOML is not read") }),
  };
}

function whole(run: (args: Args, call: Call) => Value) {
  return (args: Args, call: Call): Value => {
    const [value] = args;
    const reason =
      value?.is === "text" && value.text.trim().length === 1 ? call.room.unknowns.reasonIn(value.text) : undefined;
    return reason === undefined ? run(args, call) : call.room.unknowns.make(reason);
  };
}
