/**
 * Credentials written into text that a cloud hands to machines and functions: keys of AWS by their look, other secrets by
 * the names they are given. Base64 is looked into.
 */
import { itemsOf, type Node } from "../../formats/node.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";
import { isSecretName, isWrittenSecret } from "./secret-names.ts";

/** No text at the path holds a credential. */
export function lacksCredentials(path: Path): Condition {
  return onValues(path, (written) => {
    const node = inClear(written);
    const text = node.is === "unknown" ? node.text : node.is === "scalar" ? String(node.value) : undefined;
    const found = text === undefined ? undefined : (credentialIn(text) ?? credentialIn(decoded(text)));
    if (found !== undefined) return failAt(written, `it holds ${found}`);
    return node.is === "unknown" ? unknownAt(written.at, node.reason) : passAt(written.at);
  });
}

/** No value at the path is a key of AWS. What comes from elsewhere is not written here. */
export function lacksAwsKeys(path: Path): Condition {
  return onValues(path, (node) => {
    const isKey = node.is === "scalar" && isAwsKey(String(node.value));
    return isKey ? failAt(node, "it is a key of AWS") : passAt(node.at);
  });
}

function onValues(path: Path, judge: (node: Node) => Verdict): Condition {
  return (node) =>
    worstOf(
      locateFirst(node, path).flatMap((one): readonly Verdict[] => {
        if (one.is === "unclear") return [unknownAt(one.at, one.reason)];
        if (one.is === "missing") return [passAt(one.at)];
        return itemsOf(one.node).map(judge);
      }),
    );
}

/** What was encoded here is known in clear. */
function inClear(node: Node): Node {
  const content = node.is === "scalar" || node.is === "unknown" ? node.content : undefined;
  return content?.is === "scalar" || content?.is === "unknown" ? content : node;
}

const accessKey = /(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])/;
const secretKey = /(?:secret|aws)\w{0,30}\W{1,5}([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi;
const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
const assignment = /([A-Za-z_][\w.-]{2,60})\s{0,4}[=:]\s{0,4}(?:\\?["'])?([^\s"'\\;]{6,})/g;

/** Alone in a value, a secret key is told by its length and letters. */
function isAwsKey(text: string): boolean {
  return accessKey.test(text) || (/^[A-Za-z0-9/+]{40}$/.test(text) && isMixed(text));
}

/** In words, what was found. */
export function credentialIn(text: string): string | undefined {
  if (accessKey.test(text)) return "an access key of AWS";
  for (const [, key = ""] of text.matchAll(secretKey)) if (isMixed(key)) return "a secret key";
  if (privateKey.test(text)) return "a private key";
  for (const [, name = "", value = ""] of text.matchAll(assignment)) {
    if (isSecretName(name) && isWrittenSecret(value) && !/[($<]/.test(value)) return `a value of ${name}`;
  }
  return undefined;
}

/** Keys have letters of both cases and digits, paths and hashes seldom. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

function decoded(text: string): string {
  const packed = text.replaceAll(/\s/g, "");
  if (packed.length < 16 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return "";
  return atob(packed);
}
