/** What a template is given beside its values: the release, the cluster, its chart and the files of it. */

import type { Room } from "../../../formats/go-template/room.ts";
import { plainText, type Text, textOfFile } from "../../../formats/go-template/traced-text.ts";
import {
  bool,
  type Dict,
  dict,
  int,
  list,
  type Native,
  type Unknowns,
  type Value,
  valueOfNode,
} from "../../../formats/go-template/value.ts";
import { writeYaml } from "../../../formats/go-template/write-yaml.ts";
import { child } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { ValuedChart } from "./chart-values.ts";
import { matchesGlob } from "./match-glob.ts";
import { placedText } from "./placed-text.ts";
import type { Chart } from "./read-chart.ts";

/** Without a cluster, the version that Helm takes. */
const clusterVersion = { major: "1", minor: "33", version: "v1.33.0" };

/** API groups that every cluster of the last years serves. */
const servedApis = new Set(
  (
    "v1 admissionregistration.k8s.io/v1 apiextensions.k8s.io/v1 apiregistration.k8s.io/v1 apps/v1 authentication.k8s.io/v1 " +
    "authorization.k8s.io/v1 autoscaling/v1 autoscaling/v2 batch/v1 certificates.k8s.io/v1 coordination.k8s.io/v1 " +
    "discovery.k8s.io/v1 events.k8s.io/v1 flowcontrol.apiserver.k8s.io/v1 networking.k8s.io/v1 node.k8s.io/v1 policy/v1 " +
    "rbac.authorization.k8s.io/v1 scheduling.k8s.io/v1 storage.k8s.io/v1"
  ).split(" "),
);

export interface ContextMaker {
  /** What a template of the chart is given; `path` is the template's from the chart's folder. */
  readonly contextFor: (chart: ValuedChart, trail: string, path: string, isRoot: boolean) => Dict;
}

export function contextMaker(room: Room): ContextMaker {
  const { unknowns } = room;
  const shared = {
    Release: dict([
      ["Name", plainText("release-name")],
      ["Namespace", unknowns.make("the namespace is chosen at the installation")],
      ["Service", plainText("Helm")],
      ["IsInstall", bool(true)],
      ["IsUpgrade", bool(false)],
      ["Revision", int(1)],
    ]),
    Capabilities: capabilities(),
  };
  const known = new Map<ValuedChart, readonly (readonly [string, Value])[]>();
  const partsOf = (valued: ValuedChart, isRoot: boolean): readonly (readonly [string, Value])[] => {
    const before = known.get(valued);
    if (before) return before;
    const own: readonly (readonly [string, Value])[] = [
      ["Values", valued.values],
      ["Chart", chartValue(valued, isRoot, unknowns)],
      ["Files", filesValue(valued.chart.files, room)],
      ["Subcharts", dict(valued.parts.map((part) => [part.chart.name, dict(partsOf(part, false))] as const))],
    ];
    known.set(valued, own);
    return own;
  };
  return {
    contextFor: (valued, trail, path, isRoot) =>
      dict([
        ...Object.entries(shared),
        ...partsOf(valued, isRoot),
        [
          "Template",
          dict([
            ["Name", plainText(`${trail}/${path}`)],
            ["BasePath", plainText(`${trail}/templates`)],
          ]),
        ],
      ]),
  };
}

function native(text: string, fields: Readonly<Record<string, Value>>, call: Native["call"] = () => undefined): Native {
  return { is: "native", text, field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined), call };
}

function capabilities(): Value {
  const { major, minor, version } = clusterVersion;
  const apis = native("[v1]", {}, (name, [wanted]) => {
    if (name !== "Has" || wanted?.is !== "text") return undefined;
    return bool(servedApis.has(wanted.text) || servedApis.has(wanted.text.replace(/\/[A-Z]\w*$/, "")));
  });
  return dict([
    [
      "KubeVersion",
      native(version, {
        Version: plainText(version),
        GitVersion: plainText(version),
        Major: plainText(major),
        Minor: plainText(minor),
      }),
    ],
    ["APIVersions", apis],
    ["HelmVersion", dict([["Version", plainText("v3.18.0")]])],
  ]);
}

const fieldNames: Readonly<Record<string, string>> = {
  version: "Version",
  appVersion: "AppVersion",
  apiVersion: "APIVersion",
  description: "Description",
  kubeVersion: "KubeVersion",
  home: "Home",
  icon: "Icon",
  type: "Type",
  condition: "Condition",
  tags: "Tags",
};

function chartValue({ chart }: ValuedChart, isRoot: boolean, unknowns: Unknowns): Value {
  const metadata = chart.metadata;
  const entries = Object.entries(fieldNames).map(([key, name]): readonly [string, Value] => [
    name,
    placedText(child(metadata, key), ""),
  ]);
  const other = ["annotations", "keywords", "sources", "maintainers", "dependencies"].map(
    (key): readonly [string, Value] => [
      key.charAt(0).toUpperCase() + key.slice(1),
      valueOfNode(child(metadata, key), unknowns),
    ],
  );
  return dict([...entries, ...other, ["Name", nameText(chart)], ["IsRoot", bool(isRoot)]]);
}

/** The alias, where it has one. */
function nameText({ metadata, name }: Chart): Text {
  const own = placedText(child(metadata, "name"), name);
  return own.text === name ? own : plainText(name);
}

/** Templates and what describes the chart are no files of their own to a template. */
function filesValue(files: ReadonlyMap<string, TextFile>, room: Room): Value {
  const own = [...files].filter(([path]) => !/^(?:templates\/|Chart\.ya?ml$|values\.ya?ml$|requirements\.)/.test(path));
  return filesOf(new Map(own), room, true);
}

function filesOf(files: ReadonlyMap<string, TextFile>, room: Room, isWhole: boolean): Native {
  const contentOf = (path: string): Text => {
    const file = files.get(path);
    if (file) return textOfFile(file);
    return isWhole ? room.unknowns.make(`the file ${path} was not read`) : plainText("");
  };
  const entries = (): Dict => dict([...files].map(([path, file]) => [path, textOfFile(file)] as const));
  const asConfig = (encode: (text: Text) => Text): Text => {
    const named = [...files].map(
      ([path, file]) => [path.slice(path.lastIndexOf("/") + 1), encode(textOfFile(file))] as const,
    );
    return writeYaml(dict(named), room);
  };
  return {
    ...native("map[]", {}, (name, [argument]) => {
      const text = argument?.is === "text" ? argument.text : "";
      switch (name) {
        case "Get":
        case "GetBytes":
          return contentOf(text);
        case "Lines":
          return list(contentOf(text).text.split("\n").map(plainText));
        case "Glob":
          return filesOf(new Map([...files].filter(([path]) => matchesGlob(text, path))), room, false);
        case "AsConfig":
          return asConfig((content) => content);
        case "AsSecrets":
          return asConfig((content) => plainText(Buffer.from(content.text).toString("base64")));
        default:
          return undefined;
      }
    }),
    entries,
  };
}
