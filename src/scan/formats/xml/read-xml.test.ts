import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { type Place, positionOf } from "../text-file.ts";
import { readXml } from "./read-xml.ts";
import { attributeOf, childOf, type XmlElement } from "./xml-element.ts";

const read = (text: string) => readXml({ path: "a.xml", text });
const textAt = (place: Place | undefined) => place?.file.text.slice(place.start, place.end);

/** `name[attributes](text)<children>`, as short as it goes. */
function bare(element: XmlElement | undefined): string {
  if (!element) return "";
  const attributes = element.attributes.map(({ name, value }) => `[${name}=${value}]`).join("");
  const children = element.children.map(bare).join(" ");
  return element.name + attributes + (element.text && `(${element.text})`) + (children && `<${children}>`);
}

describe("readXml", () => {
  it("gives elements, attributes and text", () => {
    const cases: readonly (readonly [string, string])[] = [
      ['\ufeff<?xml version="1.0"?>\n<!-- <x> --><a b="1" c = \'&lt;"\'/>', 'a[b=1][c=<"]'],
      ["<a> x &amp; &#65;&#x42; <b/> y </a>", "a(x & AB  y)<b>"],
      ["<a><![CDATA[<b> &amp;]]></a>", "a(<b> &amp;)"],
      ['<m:project xmlns:m="u"><m:id>x</m:id></m:project>', "project[xmlns:m=u]<id(x)>"],
      ['<!DOCTYPE a [<!ENTITY b "]>"> <!-- ]> -->]><a>&b;</a>', "a(&b;)"],
      ["<a\r\n  b='1'\r\n>\r\nx\r\n</a >", "a[b=1](x)"],
      ["<a><b></b>\n</a>", "a<b>"],
    ];
    for (const [text, expected] of cases) {
      const { root, problems } = read(text);
      assert.deepEqual([bare(root), problems], [expected, []], text);
    }
  });

  it("tells where everything stands", () => {
    const { root } = read('<p>\n  <v a = "1">\n    2.0\n  </v>\n</p>');
    const value = childOf(root, "v");
    const attribute = value && attributeOf(value, "a");
    assert.deepEqual([value?.at, value?.textAt, attribute?.at, attribute?.whole].map(textAt), [
      '<v a = "1">\n    2.0\n  </v>',
      "2.0",
      "1",
      'a = "1"',
    ]);
  });

  it("keeps what it understood of a broken text", () => {
    const cases: readonly (readonly [string, string, string, number])[] = [
      ["", "", "an element such as <Project> was expected", 1],
      ["no XML", "", "text stands outside of the document's element", 1],
      ["<a>\n<b>\n</a>", "a<b>", "</b> was expected, </a> stands there", 3],
      ["<a>\n<b/></c></a>", "a<b>", "</a> was expected, </c> stands there", 2],
      ['<a><b c="1"/>\n<d e="', "a<b[c=1] d>", "a value in quotes was expected for the attribute e", 2],
      ["<a><b c=1/><d/></a>", "a<b d>", "a value in quotes was expected for the attribute c", 1],
      ["<a><b><c/>", "a<b<c>>", "<b> is not closed", 1],
      ["<a>1 < 2<b/></a>", "a(1 < 2)<b>", "the name of an element was expected after <", 1],
      ["<a/><b/>", "a", "the document ends with its first element, and more follows", 1],
      ["<a>\n<!-- x", "a", "a comment has no end", 2],
    ];
    for (const [text, expected, message, line] of cases) {
      const { root, problems } = read(text);
      const [problem] = problems;
      assert.deepEqual(
        [bare(root), problem?.message, problem && positionOf(problem.place.file, problem.place.start).line],
        [expected, message, line],
        text,
      );
    }
  });

  it("turns away what is nested without end, expands nothing, and stays linear", () => {
    assert.equal(read("<a>".repeat(100_000)).problems[0]?.code, "too-deep");
    const entities = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
    assert.equal(bare(read(`<!DOCTYPE a [${entities}]><a>&e30;</a>`).root), "a(&e30;)");
    const long = ["\r".repeat(1_000_000), "]".repeat(1_000_000), "&amp;".repeat(300_000), "<!---->".repeat(100_000)];
    takesAtMost(5, () => {
      for (const text of [...long, '<b c="'.repeat(100_000), "</".repeat(300_000), "<b/>".repeat(200_000)])
        read(`<a>${text}</a>`);
    });
  });
});
