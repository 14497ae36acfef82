/** The ways in which people write one value down: bad examples of rules are put through them. */

import type { Example } from "../rule/secret-rule.ts";
import type { AlphabetName } from "../text/alphabets.ts";
import { sample } from "./example-values.ts";

/** A value that its own form gives away: no name is needed, any place will do. */
export function writtenAnywhere(value: string): readonly Example[] {
  return [
    value,
    `const setting = "${value}";`,
    { path: ".env", text: `export CI_VALUE='${value}'\n` },
    { path: "config/app.yaml", text: `site:\n  remote:\n    value: ${value} # rotate in spring\n` },
    { path: "config/app.json", text: `{"remote": {"value": "${value}"}}` },
    { path: "web.config", text: `<add key="remote"><value>${value}</value></add>` },
    { path: "notes.md", text: `Use \`${value}\` until then.` },
    `curl -H 'X-Remote: ${value}' https://remote.contoso.net/v1`,
    `fetch("https://remote.contoso.net/v1?value=${value}&page=2")`,
    { path: "deploy.sh", text: `remote sign-in --value ${value} --quiet\n` },
    String.raw`"line one\n${value}\n"`,
  ];
}

/** A value known by the name in front of it; `name` in small words: `acme api key`. */
export function writtenBeside(name: string, value: string): readonly Example[] {
  const words = name.split(" ");
  const snake = words.join("_");
  const upper = snake.toUpperCase();
  const camel = words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
  const dashed = words.join("-");
  const [first, ...rest] = words;
  return [
    { path: ".env", text: `${upper}=${value}\n` },
    { path: "deploy.sh", text: `export ${upper}='${value}'\n` },
    { path: "config/app.yaml", text: `${snake}: ${value}\n` },
    { path: "config/app.yaml", text: `${first}:\n  enabled: true\n  ${rest.join("_")}: "${value}"\n` },
    { path: "config/app.json", text: `{"${camel}": "${value}"}` },
    { path: "application.properties", text: `${words.join(".")}=${value}\n` },
    { path: "settings.xml", text: `<${camel}>${value}</${camel}>` },
    `const ${camel} = "${value}";`,
    `${snake} := "${value}"`,
    `var ${camel} string = "${value}"`,
    `"${dashed}" => "${value}",`,
    `headers["X-${dashed}"] = '${value}'`,
    `System.setProperty("${upper}", "${value}")`,
    `// ${name}: ${value}`,
    { path: "Makefile", text: `${upper} ?= ${value}\n` },
    `${name} - '${value}'`,
    `// ${name}\nconst x = "${value}";`,
  ];
}

/** Good examples of a kind with a prefix: stand-ins, glued to a word, cut short. */
export function almost(prefix: string, alphabet: AlphabetName, length: number, seed: string): readonly Example[] {
  return [
    `remote = ${prefix}${"x".repeat(length)}`,
    `remote = <${prefix}...>`,
    `remote = ${prefix}\${REST}`,
    `see ab${prefix}${sample(alphabet, length, seed)} there`,
    `see ${prefix}${sample(alphabet, Math.min(8, length - 2), seed)} there`,
  ];
}

/** A UUID of random digits. */
export function sampleUuid(seed: string): string {
  return sample("hexLower", 32, seed).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
