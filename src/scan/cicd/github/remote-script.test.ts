import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findRemoteScripts } from "./remote-script.ts";

/** Whether the script runs what it fetches. */
const cases: readonly (readonly [string, boolean])[] = [
  ["curl https://x | bash", true],
  ["wget -O - https://x | sh", true],
  ['bash -c "$(curl -fsSL https://x)"', true],
  ["curl x | sudo -E bash -", true],
  ["sh <(curl x)", true],
  ["curl x > a.sh && bash a.sh", true],
  ["curl x -o a.sh; chmod +x a.sh; ./a.sh", true],
  ['powershell -c "irm https://x | iex"', true],
  ["iex ((New-Object System.Net.WebClient).DownloadString('https://x'))", true],
  ["Invoke-WebRequest https://x -OutFile y.zip", false],
  ["bash < <(curl -s https://x)", true],
  ["source <(curl -s x)", true],
  [". <(curl x)", true],
  ["curl x | node", true],
  ["curl x | sudo tee /etc/x", false],
  ["curl x | tar xz", false],
  ["curl -fsSL https://x | gpg --dearmor | sudo tee k", false],
  ["curl https://x/install.sh | sh -s -- --y", true],
  ["curl x | bash -x", true],
  ["curl x | python3 -", true],
  ["curl x | python3 -c 'import json,sys;print(json.load(sys.stdin))'", false],
  ["curl x | python -m json.tool", false],
  ["curl x | jq . | bash", true],
  ['eval "$(curl x)"', true],
  ["deno run https://x/y.ts", true],
  ["VERSION=$(curl -s https://api) && bash build.sh $VERSION", false],
  ["bash build.sh $(curl -s https://api)", false],
  ["Set-ExecutionPolicy Bypass -Scope Process -Force; iex (irm get.scoop.sh)", true],
  ['python -c "$(curl -fsSL https://x)"', true],
  ["curl -L https://x/y.tar.gz -o y.tar.gz && tar xf y.tar.gz && ./y/install.sh", false],
  ["curl -sSfL https://x | sh -s -- -b $(go env GOPATH)/bin v1", true],
  ["curl https://x | perl -ne 'print'", false],
  ["wget -qO- https://x | bash", true],
  ["wget https://x/get.py; python get.py", true],
  ["curl https://bootstrap.example/get-pip.py -o get-pip.py\npython get-pip.py", true],
  ["curl -Os https://uploader.example/linux/codecov\nchmod +x codecov\n./codecov", true],
  ["curl \\\n https://x \\\n | bash", true],
  ["while true; do curl x | sh; done", true],
  ["(curl x | sh)", true],
  ["time curl x | env A=b bash", true],
];

describe("findRemoteScripts", () => {
  for (const [text, expected] of cases) it(text, () => assert.equal(findRemoteScripts(text).length > 0, expected));
});
