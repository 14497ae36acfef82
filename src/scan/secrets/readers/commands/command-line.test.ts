import assert from "node:assert/strict";
import { test } from "node:test";
import { noPasswordsOfCommands, passwordsOfCommands } from "../../examples/command-examples.ts";
import { sample } from "../../examples/example-values.ts";
import { pathFacts } from "../../paths/path-facts.ts";
import { rules } from "../../rules/generic/commands.ts";
import { compileRules } from "../../search/compile-rules.ts";
import { findCandidates } from "../../search/find-candidates.ts";
import { planRules } from "../../search/plan-rules.ts";

const own = rules.filter(({ id }) => id === "secrets/command-line-password");
const compiled = compileRules(own, planRules(own));
const first = `gT${sample("base62", 9, "first")}7`;
const second = `gT${sample("base62", 9, "second")}7`;
/** With the signs that end a command where no quotes stand around them. */
const signs = [";", "|", "&&"].map((sign) => `gT${sample("base62", 5, sign)}${sign}${sample("base62", 5, sign)}7`);

function valuesIn(text: string, path = "run.sh"): readonly string[] {
  const facts = pathFacts(path);
  assert.ok(facts);
  const bytes = Buffer.from(text);
  return findCandidates(compiled, { bytes, facts }).found.map(({ start, end }) => bytes.toString("utf8", start, end));
}

test("a program may be called by the name of its file, and by nothing else behind a dot", () => {
  assert.deepEqual(valuesIn(`rasdial.exe VPN operator7x ${first}\n`), [first]);
  assert.deepEqual(valuesIn(`SQLCMD.EXE -U sa -P ${first}\nsqlplus.exe shop/${second}@db7\n`), [first, second]);
  assert.deepEqual(valuesIn(`call "C:\\Program Files\\db\\mysqldump.exe" -u root -p${first} shop\n`), [first]);
  assert.deepEqual(valuesIn(`& 'sqlcmd' -U sa -P ${first}\n["/bin/mysql", "-p${second}"]\n`), [first, second]);
  assert.deepEqual(valuesIn(`the command mysql.service -p${first} starts, and so does mysql.exec -p${first}\n`), []);
  assert.deepEqual(valuesIn(`the words "of mysql" -p${first} and mysql" -p${first}\n`), []);
});

test("a sign inside of quotes ends no command", () => {
  for (const value of signs) {
    assert.deepEqual(valuesIn(`sqlcmd -S db7 -U sa -P "${value}" -i a\n`), [value]);
    assert.deepEqual(valuesIn(`mysql -u root -p'${value}' shop\n`), [value]);
    assert.deepEqual(valuesIn(`ssh db7 "mysql -u root -p'${value}' shop"\n`), [value]);
  }
  for (const sign of [";", "|", "&&"]) assert.deepEqual(valuesIn(`sqlcmd -i a ${sign} cp -P ${first}\n`), []);
});

test("the quote that a command stands in ends it", () => {
  assert.deepEqual(valuesIn(`run("mysql -u root -p");execute("${first}")\n`), []);
  assert.deepEqual(valuesIn(`run('docker login -u ci'); run('cp -p ${first} x')\n`), []);
  assert.deepEqual(valuesIn(`sh "curl -u svc:${first}" ; curl -u svc:${second} x\n`), [first, second]);
  assert.deepEqual(valuesIn(`# don't do this: mysql -u root -p'${first}'\n`), [first]);
  assert.deepEqual(valuesIn(`cmd /c "sqlcmd -U sa -P "${first}" -i a"\n`), [first]);
  assert.deepEqual(valuesIn(`bash -c 'mysql -u root -p'${first}' shop'\n`), [first]);
  assert.deepEqual(valuesIn(`sh """mysql -u root -p"${first}" shop"""\n`), [first]);
  assert.deepEqual(valuesIn(`AT="$(date +"%F")" mysql -u root -p"${first}" shop\n`), [first]);
  assert.deepEqual(valuesIn(`echo "Dump: $(mysqldump -u root -p"${first}" shop)"\n`), [first]);
  assert.deepEqual(valuesIn(`Set \`x\`: \`mysql -u root -p'${first}'\` or \`sh -c "mysql -p${second}"\`\n`), [
    first,
    second,
  ]);
  assert.deepEqual(valuesIn(`\`\`"C:\\x y\\mysql.exe" -p${first}\`\` and '["mysql", "-p${second}"]'\n`), [
    first,
    second,
  ]);
  assert.deepEqual(valuesIn(`a=\`mysql -u root -p${first}\`; b=\`mysql -u root\`; cp -p${second}\n`), [first]);
});

test("a word ends with white space, and a sign of two bytes is none", () => {
  for (const value of [`${first}à${second}`, `${first}à`, `Рà${first}`]) {
    assert.deepEqual(valuesIn(`mysql -u root -p${value} shop\n`), [value]);
    assert.deepEqual(valuesIn(`curl -u ops:${value}\u00a0x\n`), [value]);
    assert.deepEqual(valuesIn(`echo ${value} | sudo -S ls\nchpasswd <<< 'ops:${value}'\n`), [value, value]);
  }
});

test("quotes that a string escapes are quotes", () => {
  const [value = ""] = signs;
  for (const sign of ['\\"', "\\'", '\\\\\\"']) {
    assert.deepEqual(valuesIn(`{"a": "mysql -u root -p${sign}${value}${sign} shop"}\n`, "package.json"), [value]);
    assert.deepEqual(valuesIn(`run("curl -u ${sign}ops:${value}${sign} x")\n`), [value]);
    assert.deepEqual(valuesIn(`run("echo ${sign}ops:${first}${sign} | chpasswd")\n`), [first]);
    assert.deepEqual(valuesIn(`run("echo ${sign}${first}${sign} | sudo -S ls")\n`), [first]);
    assert.deepEqual(valuesIn(`run("sqlcmd -P ${sign}" + x + "${sign} -d ${first}")\n`), []);
  }
  assert.deepEqual(valuesIn(`run('sqlcmd -P \\'${first}\\' -Q x', '${second}')\n`), [first]);
  assert.deepEqual(valuesIn(`run("sqlcmd -P ${first}\\"")\n`), [first]);
  assert.deepEqual(valuesIn(`sqlcmd -P "${first}\\"|x" -Q y\n`), [`${first}\\"|x`]);
});

test("a backslash before a quote is part of a path at the end of a word, and before a pair of them in it", () => {
  assert.deepEqual(valuesIn(`sqlcmd -i "C:\\x y\\" -P "${first}|x" -Q z\n`), [`${first}|x`]);
  assert.deepEqual(valuesIn(`schtasks /tr "\\"C:\\a b\\c.exe\\" /q" /ru ops /rp "${first}"\n`), [first]);
  assert.deepEqual(valuesIn(`mysql -p'${first}\\'; cp 'x'\ncurl -u contoso\\\\ops:'${second}' x\n`), [
    `${first}\\`,
    second,
  ]);
});

test("every program of a line is read", () => {
  assert.deepEqual(valuesIn(`sshpass -p ${first} mysql -u root -p${second} shop\n`), [first, second]);
  assert.deepEqual(valuesIn(`sshpass -f key ssh db7 "mysqldump -u root -p${second} shop"\n`), [second]);
  assert.deepEqual(valuesIn(`mysqldump -u root mysql -p${first}\n`), [first]);
});

test("what `<<<` hands over is read to its end", () => {
  const long = sample("base62", 100, "long");
  assert.deepEqual(valuesIn(`passwd --stdin <<< ${first}\nsudo -S <<<'${second}' ls`), [first, second]);
  assert.deepEqual(valuesIn(`\`sudo -S <<< ${first}\``), [first]);
  assert.deepEqual(valuesIn(`chpasswd <<< "ops:${long}"\nsudo -S <<< ${long}`), [long, long]);
  assert.deepEqual(valuesIn(`echo ${long} | sudo -S ls\necho 'ops:${long}' | chpasswd\n`), [long, long]);
  assert.deepEqual(valuesIn(`sudo -S<<<'${first}|x'\nchpasswd<<<ops:${second}\n`), [`${first}|x`, second]);
  assert.deepEqual(valuesIn(`docker login -u x --password-stdin hub7 <<<"${first}"\n`), [first]);
  assert.deepEqual(valuesIn(`passwd --stdin ops <<< ${first}; (sudo -S ls <<< ${second})\n`), [first, second]);
  assert.deepEqual(valuesIn(`chpasswd -c SHA512 <<< ops:${first}\nsudo -S \\\n  ls <<< ${second}\n`), [first, second]);
  assert.deepEqual(valuesIn(`sudo -S sh -c "cat <<< ${first}"\nsudo -S ls | cat <<< ${second}\n`), []);
  assert.deepEqual(valuesIn(`sudo -S <<< "${long}${long}"\nsudo -S <<< "${first} ${second}"\n`), []);
  assert.deepEqual(valuesIn(`sudo -S <<< "${first}$HOST"\nchpasswd <<< "ops:${first}:${second}"\n`), []);
});

test("a name that begins like chpasswd reads no accounts", () => {
  assert.deepEqual(valuesIn(`echo ${first} | cf login --password-stdin\n`), [first]);
  assert.deepEqual(valuesIn(`echo ops:${first} | certutil --password-stdin\n`), [`ops:${first}`]);
});

test("a word that goes on behind what is looked at is not read in part", () => {
  const found = Array.from({ length: 80 }, (_, length) =>
    valuesIn(`mysql -h ${"x".repeat(1120 + length)} -p${first}, then\n`),
  );
  assert.deepEqual(new Set(found.map(String)), new Set([`${first},`, ""]));
  const accounts = Array.from({ length: 12 }, (_, index) => `${"o".repeat(32)}:${sample("base62", 64, `${index}`)}`);
  const lines = valuesIn(`chpasswd <<EOF${" ".repeat(20)}\n${accounts.join(`${" ".repeat(20)}\n`)}\nEOF\n`);
  assert.ok(lines.length >= 8 && lines.every((value) => value.length === 64));
});

test("as many accounts are read as there is room for", () => {
  const values = Array.from({ length: 40 }, (_, index) => `gT${sample("base62", 9, `account ${index}`)}7`);
  const lines = values.map((value, index) => `user${index}:${value}\n`).join("");
  assert.deepEqual(valuesIn(`chpasswd <<EOF\n${lines}EOF\n`), values);
});

test("a command goes on in the next line with either line end", () => {
  const texts = [...passwordsOfCommands("oak"), ...noPasswordsOfCommands].map((example) =>
    typeof example === "string" ? { path: "run.sh", text: example } : example,
  );
  const written = [
    ...texts,
    { path: "call.cmd", text: `sqlcmd -S db7 ^\n -U sa ^\n -P ^\n ${first}\n` },
    { path: "call.cmd", text: `rasdial VPN ^\n  ops ^\n  ${first}\n` },
    { path: "call.ps1", text: `sqlcmd -S db7 \`\n  -P '${first}'\n` },
    { path: "user-data.yml", text: `chpasswd: \n  expire: false\n  list: |\n    ops:${first}\n    ann:${second}\n` },
  ];
  for (const { path, text } of written) {
    const found = valuesIn(text, path);
    assert.deepEqual(valuesIn(text.replaceAll(/\r?\n/g, "\r\n"), path), found, text.slice(0, 24));
  }
  for (const { path, text } of written.slice(texts.length)) assert.ok(valuesIn(text, path).includes(first), path);
});

test("of the accounts that are said in one text each password is read, without the escape behind it", () => {
  for (const [program, end] of [
    ["echo -e", ""],
    ["printf", "\\n"],
    ["printf", "\\\\n"],
  ])
    for (const quote of ['"', "'", '\\"'])
      assert.deepEqual(
        valuesIn(
          `${program} ${quote}root:${first}${end === "\\\\n" ? end : "\\n"}ops:${second}${end}${quote} | chpasswd\n`,
        ),
        [first, second],
      );
  assert.deepEqual(valuesIn(`printf 'root:$PW\\nops:${second}' | chpasswd\nprintf '%s' "$PW" | sudo -S ls\n`), [
    second,
  ]);
});

test("a program and its words may stand in two literals of a call, and not in those of two calls", () => {
  assert.deepEqual(
    valuesIn(`Process.Start("sqlcmd", $"-U sa -P {given}"); x("sqlcmd", "-i a", "-P ${first} x")\n`),
    [],
  );
  assert.deepEqual(valuesIn(`Shell "sqlcmd -U sa -P ""${first};x"" -i a"\n`), [`${first};x`]);
  assert.deepEqual(valuesIn(`run("sqlcmd -P", "", "${first}", "")\n`), []);
});
