// biome-ignore-all lint/suspicious/noTemplateCurlyInString: unknown parts look like that
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "../node.ts";
import { type ExpressionScope, evaluateExpression } from "./evaluate-expression.ts";
import { parseExpression } from "./expression.ts";
import { freshBudget } from "./template-functions.ts";
import { isText, jsonOf, nodeOf, unknownOf } from "./values.ts";

/** A template with the parameter `known`, whose value is `TLS1_2`; all others have no default. `dogs` is a variable. */
function evaluated(expression: string): Node {
  const file = { path: "main.json", text: JSON.stringify(`[${expression}]`) };
  const at = { file, start: 0, end: file.text.length };
  const dogs = [
    { name: "Evie", age: 5 },
    { name: "Casper", age: 3 },
    { name: "Kira", age: 8 },
  ];
  const scope: ExpressionScope = {
    budget: freshBudget(),
    target: "resourceGroup",
    lambdas: new Map(),
    loops: new Map(),
    own: (call) => {
      const [argument] = call.args;
      const name = typeof argument === "function" ? argument() : undefined;
      if (!isText(name)) return undefined;
      if (call.name === "variables") return nodeOf(call.at, dogs);
      if (call.name !== "parameters") return undefined;
      if (name.value === "known") return nodeOf(call.at, "TLS1_2");
      return unknownOf(call.at, `parameter ${name.value} has no default`, { text: `\${parameters('${name.value}')}` });
    },
  };
  return evaluateExpression(parseExpression({ is: "scalar", at, value: `[${expression}]` }), scope);
}

/** Mostly the values that Azure's documentation gives for its examples. */
const known: readonly (readonly [expression: string, json: unknown])[] = [
  ["array('efgh')", ["efgh"]],
  ["concat(createArray('1-1'), createArray('2-1', '2-2'))", ["1-1", "2-1", "2-2"]],
  ["contains('OneTwoThree', 'e')", true],
  ["contains(createObject('One', 'a'), 'one')", true],
  ["contains(createArray('one', 'two'), 'four')", false],
  ["empty('')", true],
  ["first('One Two Three')", "O"],
  ["last(createArray('one', 'three'))", "three"],
  ["flatten(createArray(createArray('one', 'two'), createArray('three')))", ["one", "two", "three"]],
  ["indexFromEnd(createArray('one', 'two', 'three'), 2)", "two"],
  ["intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))", { one: "a" }],
  ["intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))", ["two", "three"]],
  ["length(createObject('a', 1, 'b', 2))", 2],
  ["max(createArray(0, 3, 2, 5, 4))", 5],
  ["range(5, 3)", [5, 6, 7]],
  ["skip('one two three', 4)", "two three"],
  ["take(createArray('one', 'two', 'three'), 2)", ["one", "two"]],
  ["union(createArray('one', 'two'), createArray('two', 'four'))", ["one", "two", "four"]],
  [
    'union(json(\'{"p":{"one":"a","three":"c1"},"list":[1,2]}\'), json(\'{"p":{"three":"c2"},"list":[3,4]}\'))',
    { p: { one: "a", three: "c2" }, list: [3, 4] },
  ],
  [
    "shallowMerge(createArray(createObject('p', createObject('a', 1)), createObject('p', createObject('b', 2))))",
    { p: { b: 2 } },
  ],
  [
    "items(createObject('b', 1, 'a', 2))",
    [
      { key: "a", value: 2 },
      { key: "b", value: 1 },
    ],
  ],
  ["objectKeys(createObject('b', 1, 'a', 2))", ["a", "b"]],
  ["tryGet(createObject('a', createObject('b', 1)), 'a', 'c')", null],
  ["createObject('a', createArray(1, 2)).a[1]", 2],
  ["createObject('a', 1).?b", null],
  ["json('{''one'': ''a''}')", { one: "a" }],
  ["coalesce(null(), null(), 'fallback')", "fallback"],
  ["equals(createObject('a', 1), createObject('a', 1))", true],
  ["less('abc', 'b')", true],
  ["and(bool('true'), not(equals(1, 2)), or(false(), true()))", true],
  ["if(equals('a', 'A'), 'yes', 'no')", "no"],
  ["div(8, 3)", 2],
  ["mod(7, 3)", 1],
  ["int('4')", 4],
  ["sub(mul(4, 5), add(-1, 2))", 19],
  ["base64('one, two, three')", "b25lLCB0d28sIHRocmVl"],
  ["base64ToJson(base64('{''one'': ''a''}')).one", "a"],
  ["dataUri('Hello')", "data:text/plain;charset=utf8;base64,SGVsbG8="],
  ["dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", "Hello, World!"],
  ["endsWith('abcdef', 'EF')", true],
  [
    "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)",
    "Hello, User. Formatted number: 8,175,133",
  ],
  ["format('{{{0,4}}}{1:D3}{2}', 'a', 7, true())", "{   a}007True"],
  ["indexOf('abcdef', 'CD')", 2],
  ["lastIndexOf('test', 't')", 3],
  ["join(createArray('a', 'b'), ';')", "a;b"],
  ["padLeft('123', 10, '0')", "0000000123"],
  ["replace('123-123-1234', '-', '')", "1231231234"],
  ["split('one;two,three', createArray(',', ';'))", ["one", "two", "three"]],
  ["string(createArray('a', 1, true()))", '["a",1,true]'],
  ["concat('it''s ', toUpper('ok'), 1)", "it's OK1"],
  ["substring('one two three', 4, 3)", "two"],
  [
    "uri('http://contoso.com/resources/', 'nested/azuredeploy.json')",
    "http://contoso.com/resources/nested/azuredeploy.json",
  ],
  ["uriComponentToString(uriComponent('http://contoso.com/a b'))", "http://contoso.com/a b"],
  ["uriComponent('a*(b)!')", "a%2A%28b%29%21"],
  ["buildUri(createObject('scheme', 'https', 'host', 'a.example', 'port', 443, 'path', '/x'))", "https://a.example/x"],
  [
    "buildUri(createObject('scheme', 'https', 'host', 'a.example', 'port', 8443, 'path', '/x', 'query', '?y=1'))",
    "https://a.example:8443/x?y=1",
  ],
  ["parseUri('https://a.example:444/x/y?z=1').port", 444],
  ["parseUri('https://a.example/x/y?z=1').query", "?z=1"],
  [
    "roleDefinitions('Owner').id",
    "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  ],
  ["roleDefinitions('Key Vault Reader').roleDefinitionId", "<Key Vault Reader>"],
  ["distinct(createArray('a', 'b', 'a', 1, 1))", ["a", "b", 1]],
  [
    "string(groupBy(createArray('ax', 'ay', 'bz'), lambda('t', take(lambdaVariables('t'), 1)), lambda('t', skip(lambdaVariables('t'), 1))))",
    '{"a":["x","y"],"b":["z"]}',
  ],
  ["dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')", "3/29/2020 2:53:14 PM"],
  ["dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y', 'yyyy-MM-dd')", "2023-04-07"],
  ["dateTimeAdd('2024-02-28T23:30:00Z', 'PT1H')", "2024-02-29T00:30:00Z"],
  ["dateTimeFromEpoch(dateTimeToEpoch('2023-05-02T15:16:13Z'))", "2023-05-02T15:16:13Z"],
  ["parseCidr('10.144.0.0/20').lastUsable", "10.144.15.254"],
  ["parseCidr('fdad:3236:5555::/48').lastUsable", "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff"],
  [
    "map(range(0, 3), lambda('i', cidrSubnet('10.144.0.0/20', 24, lambdaVariables('i'))))",
    ["10.144.0.0/24", "10.144.1.0/24", "10.144.2.0/24"],
  ],
  ["cidrSubnet('fdad:3236:5555::/48', 52, 3)", "fdad:3236:5555:3000::/52"],
  ["cidrHost('10.144.3.0/24', 4)", "10.144.3.5"],
  [
    "map(variables('dogs'), lambda('dog', format('Hello {0}!', lambdaVariables('dog').name)))",
    ["Hello Evie!", "Hello Casper!", "Hello Kira!"],
  ],
  ["map(variables('dogs'), lambda('dog', 'i', lambdaVariables('i')))", [0, 1, 2]],
  ["filter(range(0, 6), lambda('i', equals(0, mod(lambdaVariables('i'), 2))))", [0, 2, 4]],
  [
    "reduce(map(variables('dogs'), lambda('d', lambdaVariables('d').age)), 1, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))",
    17,
  ],
  [
    "map(sort(variables('dogs'), lambda('a', 'b', less(lambdaVariables('a').age, lambdaVariables('b').age))), lambda('d', lambdaVariables('d').age))",
    [3, 5, 8],
  ],
  [
    "toObject(variables('dogs'), lambda('d', lambdaVariables('d').name), lambda('d', lambdaVariables('d').age))",
    { Evie: 5, Casper: 3, Kira: 8 },
  ],
  [
    "groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))",
    { f: ["foo"], b: ["bar", "baz"] },
  ],
  ["mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))", { a: 2 }],
  ["toLower(parameters('known'))", "tls1_2"],
  [
    "resourceId('Microsoft.Sql/servers/databases', 'a', 'b')",
    "/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.Sql/servers/a/databases/b",
  ],
  [
    "resourceId('11', 'rg', 'Microsoft.Web/sites', 'a')",
    "/subscriptions/11/resourceGroups/rg/providers/Microsoft.Web/sites/a",
  ],
  [
    "tenantResourceId('Microsoft.Authorization/roleDefinitions', 'r')",
    "/providers/Microsoft.Authorization/roleDefinitions/r",
  ],
  [
    "extensionResourceId(subscriptionResourceId('Microsoft.A/b', 'c'), 'Microsoft.D/e', 'f')",
    "/subscriptions/<subscription>/providers/Microsoft.A/b/c/providers/Microsoft.D/e/f",
  ],
  ["environment().suffixes.storage", "core.windows.net"],
  // Known although a part is not.
  ["and(parameters('x'), false())", false],
  ["if(parameters('x'), 'same', 'same')", "same"],
  ["contains(createArray(parameters('x'), 'b'), 'b')", true],
  ["take(concat(createArray('a'), parameters('x')), 1)", ["a"]],
  ["if(true(), 'a', parameters('x'))", "a"],
];

for (const [expression, json] of known) {
  test(`[${expression}]`, () => {
    const node = evaluated(expression);
    assert.deepEqual(JSON.parse(jsonOf(node) ?? `"unknown: ${node.is === "unknown" ? node.reason : ""}"`), json);
  });
}

/** What stays unknown keeps its words and what it points to. */
const unknown: readonly (readonly [expression: string, text: string | undefined, refs: readonly string[]])[] = [
  [
    "concat('app-', parameters('x'), '-', toLower(parameters('y')))",
    "app-${parameters('x')}-${toLower(parameters('y'))}",
    [],
  ],
  [
    "uniqueString(resourceGroup().id)",
    "${uniqueString('/subscriptions/<subscription>/resourceGroups/<resource-group>')}",
    [],
  ],
  ["resourceGroup().location", "${resourceGroup().location}", []],
  ["newGuid()", undefined, []],
  ["equals(parameters('x'), 'a')", "${equals(parameters('x'), 'a')}", []],
  ["reference('app').defaultHostName", "${reference('app').defaultHostName}", ["app"]],
  [
    "listKeys(resourceId('Microsoft.Storage/storageAccounts', 'sa'), '2023-01-01').keys[0].value",
    "${listKeys('/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.Storage/storageAccounts/sa', '2023-01-01').keys[0].value}",
    ["Microsoft.Storage/storageAccounts.sa"],
  ],
  [
    "resourceId('Microsoft.KeyVault/vaults', parameters('vault'))",
    "/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.KeyVault/vaults/${parameters('vault')}",
    ["Microsoft.KeyVault/vaults.${parameters('vault')}"],
  ],
  [
    "resourceId('Microsoft.Sql/servers', shop)",
    "/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.Sql/servers/shop",
    ["Microsoft.Sql/servers.shop"],
  ],
  ["length(5)", undefined, []],
  ["noSuchFunction('a')", "${noSuchFunction('a')}", []],
  ["parameters('x'", undefined, []],
  ["concat('a' 'b')", undefined, []],
];

for (const [expression, text, refs] of unknown) {
  test(`[${expression}] is unknown`, () => {
    const node = evaluated(expression);
    assert.equal(node.is, "unknown");
    assert.deepEqual(node.is === "unknown" && { text: node.text, refs: node.refs }, { text, refs });
  });
}

test("an expression that would compute for ever is given up", () => {
  const nested = "map(range(0, 10000), lambda('i', map(range(0, 10000), lambda('j', 1))))";
  assert.match(JSON.stringify(evaluated(`length(string(${nested}))`)), /computes too much|unknown/);
  assert.equal(evaluated("concat(".repeat(5000)).is, "unknown");
  assert.equal(evaluated(`${"not(".repeat(90)}true()${")".repeat(90)}`).is, "scalar");
});

test("parts of an expression stand where they are written, also behind escapes", () => {
  const text = String.raw`"[concat('a\"b', concat('c', 'd'))]"`;
  const at = { file: { path: "a.json", text }, start: 0, end: text.length };
  const expression = parseExpression({ is: "scalar", at, value: JSON.parse(text) });
  assert.ok(expression.is === "call");
  const [first, second] = expression.args;
  assert.equal(text.slice(first?.at.start, first?.at.end), String.raw`'a\"b'`);
  assert.equal(text.slice(second?.at.start, second?.at.end), "concat('c', 'd')");
});
