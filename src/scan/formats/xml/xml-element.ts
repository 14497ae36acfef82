/** What an XML text holds: elements with their places. Namespaces, comments and processing instructions are left out. */
import type { Place } from "../text-file.ts";

export interface XmlElement {
  /** Without its namespace's prefix. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text directly in it, references resolved, without the blanks around it. */
  readonly text: string;
  /** Where that text stands, from its first to its last character; absent where there is none. */
  readonly textAt?: Place | undefined;
  /** From the start tag to the end tag. */
  readonly at: Place;
}

export interface XmlAttribute {
  /** As written. */
  readonly name: string;
  readonly value: string;
  /** The text between the quotes. */
  readonly at: Place;
  /** Name and value, as one would delete them. */
  readonly whole: Place;
}

export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
