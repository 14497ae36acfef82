/** What one `pom.xml` says, as written: coordinates, parent, properties, dependencies, management, profiles, plugins. */
import type { FormatProblem } from "../../../formats/format-problem.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";

/** A text and where it can be edited. */
export interface Written {
  readonly text: string;
  readonly at?: Place | undefined;
}

export interface Coordinates {
  readonly group?: Written | undefined;
  readonly artifact?: Written | undefined;
  readonly version?: Written | undefined;
}

export interface PomDependency extends Coordinates {
  readonly scope?: string | undefined;
  readonly type?: string | undefined;
  readonly classifier?: string | undefined;
  readonly isOptional: boolean;
  readonly at: Place;
  /** The profile that it stands in. */
  readonly profile?: Profile | undefined;
}

export interface Profile {
  readonly id: string;
  /** It counts unless somebody says otherwise. */
  readonly isDefault: boolean;
}

export interface PomParent extends Coordinates {
  /** Undefined where the usual one counts; empty where none is to be looked for. */
  readonly relativePath?: string | undefined;
  readonly at: Place;
}

export interface Pom extends Coordinates {
  readonly file: TextFile;
  readonly parent?: PomParent | undefined;
  readonly properties: ReadonlyMap<string, Written>;
  readonly dependencies: readonly PomDependency[];
  readonly management: readonly PomDependency[];
  readonly plugins: readonly PomDependency[];
  readonly pluginManagement: readonly PomDependency[];
  readonly modules: readonly string[];
  readonly problems: readonly FormatProblem[];
}

export function readPom(file: TextFile): Pom {
  const { root, problems } = readXml(file);
  const project = root?.name === "project" ? root : undefined;
  const profiles = childrenOf(childOf(project, "profiles"), "profile").map((element) => ({
    element,
    profile: { id: textIn(element, "id") ?? "default", isDefault: isDefault(element) },
  }));
  const active = profiles.filter(({ profile }) => profile.isDefault);
  const parts: readonly { readonly element: XmlElement | undefined; readonly profile?: Profile }[] = [
    { element: project },
    ...profiles,
  ];
  const listed = (list: (element: XmlElement | undefined) => readonly XmlElement[]) =>
    parts.flatMap(({ element, profile }) => list(element).map((one) => dependencyOf(one, profile)));
  return {
    file,
    ...coordinatesOf(project),
    parent: parentOf(childOf(project, "parent")),
    properties: propertiesOf([project, ...active.map(({ element }) => element)]),
    dependencies: listed((element) => childrenOf(childOf(element, "dependencies"), "dependency")),
    management: listed((element) =>
      childrenOf(childOf(childOf(element, "dependencyManagement"), "dependencies"), "dependency"),
    ),
    plugins: listed(pluginsOf),
    pluginManagement: listed((element) =>
      childrenOf(childOf(childOf(childOf(element, "build"), "pluginManagement"), "plugins"), "plugin"),
    ),
    modules: [project, ...active.map(({ element }) => element)].flatMap((element) =>
      [
        ...childrenOf(childOf(element, "modules"), "module"),
        ...childrenOf(childOf(element, "subprojects"), "subproject"),
      ].map(({ text }) => text),
    ),
    problems: root && !project ? [...problems, noProject(root)] : problems,
  };
}

function noProject(root: XmlElement): FormatProblem {
  return { code: "syntax", message: `<project> was expected, but found <${root.name}>`, place: root.at };
}

function pluginsOf(element: XmlElement | undefined): readonly XmlElement[] {
  const build = childOf(element, "build");
  return [
    ...childrenOf(childOf(build, "plugins"), "plugin"),
    ...childrenOf(childOf(build, "extensions"), "extension"),
    ...childrenOf(childOf(childOf(element, "reporting"), "plugins"), "plugin"),
  ];
}

/** Written as active, or active as long as a property is not set. */
function isDefault(profile: XmlElement): boolean {
  const activation = childOf(profile, "activation");
  const property = childOf(activation, "property");
  return textIn(activation, "activeByDefault") === "true" || (textIn(property, "name")?.startsWith("!") ?? false);
}

function textIn(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text;
  return text === "" ? undefined : text;
}

function writtenIn(element: XmlElement | undefined, name: string): Written | undefined {
  const child = childOf(element, name);
  return child && child.text !== "" ? { text: child.text, at: child.textAt } : undefined;
}

function coordinatesOf(element: XmlElement | undefined): Coordinates {
  return {
    group: writtenIn(element, "groupId"),
    artifact: writtenIn(element, "artifactId"),
    version: writtenIn(element, "version"),
  };
}

function parentOf(element: XmlElement | undefined): PomParent | undefined {
  if (!element) return undefined;
  const relativePath = childOf(element, "relativePath")?.text;
  return { ...coordinatesOf(element), at: element.at, relativePath };
}

function propertiesOf(elements: readonly (XmlElement | undefined)[]): ReadonlyMap<string, Written> {
  const properties = new Map<string, Written>();
  for (const element of elements) {
    for (const { name, text, textAt } of childOf(element, "properties")?.children ?? []) {
      properties.set(name, { text, at: textAt });
    }
  }
  return properties;
}

function dependencyOf(element: XmlElement, profile: Profile | undefined): PomDependency {
  const optional = textIn(element, "optional");
  return {
    ...coordinatesOf(element),
    scope: textIn(element, "scope"),
    type: textIn(element, "type"),
    classifier: textIn(element, "classifier"),
    isOptional: optional === "true" || attributeOf(element, "optional")?.value === "true",
    at: element.at,
    profile,
  };
}
