/** Keys of AWS that stand in settings as they are: an access key by its beginning, a secret key by its length and letters. */
import { itemsOf } from "../../formats/node.ts";
import type { Condition } from "../condition.ts";
import { locateFirst, type Path } from "../locate.ts";
import { failAt, passAt, unknownAt, type Verdict, worstOf } from "../verdict.ts";

const accessKey = /(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])/;
const secretKey = /^[A-Za-z0-9/+]{40}$/;

/** A secret key has letters of both cases and digits; a hash in hexadecimal has not. */
function isAwsKey(text: string): boolean {
  if (accessKey.test(text)) return true;
  return secretKey.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** No value at the path is a key of AWS. */
export function withoutAwsKeys(path: Path): Condition {
  return (node) =>
    worstOf(
      locateFirst(node, path).flatMap((one): readonly Verdict[] => {
        if (one.is === "unclear") return [unknownAt(one.at, one.reason)];
        if (one.is === "missing") return [passAt(one.at)];
        return itemsOf(one.node).map((item) => {
          // What comes from elsewhere is not written here.
          const isKey = item.is === "scalar" && isAwsKey(String(item.value));
          return isKey ? failAt(item.at, "it is a key of AWS") : passAt(item.at);
        });
      }),
    );
}
