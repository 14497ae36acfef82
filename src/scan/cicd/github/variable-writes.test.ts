import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findVariableWrites } from "./variable-writes.ts";

/** Shell, script, and whether what it writes may change. */
const cases: readonly (readonly [string, string, boolean])[] = [
  ["bash", 'echo "FOO=$(bar)" >> "$GITHUB_ENV"', true],
  ["bash", 'echo "a=$B" >>${GITHUB_ENV}', true],
  ["bash", 'printf "a=%s\\n" "$B" >> $GITHUB_PATH', true],
  ["bash", '{\n echo "A<<EOF"\n cat x\n echo EOF\n} >> "$GITHUB_ENV"', true],
  ["bash", '{ echo "A=1"; echo "B=$X"; } >> $GITHUB_ENV', true],
  ["bash", '( echo "A=$X" ) >> $GITHUB_ENV', true],
  ["bash", "cat <<EOF >> $GITHUB_ENV\nA=$X\nEOF", true],
  ["bash", "cat <<EOF >> $GITHUB_ENV\nA=1\nEOF", false],
  ["bash", "cat >> $GITHUB_ENV <<'EOF'\nA=$X\nEOF", false],
  ["bash", 'echo "$HOME/.local/bin" >> $GITHUB_PATH', true],
  ["bash", 'echo "a=b" | tee -a $GITHUB_ENV', false],
  ["bash", 'foo | tee -a "$GITHUB_ENV" >/dev/null', true],
  ["bash", 'if x; then\n echo "A=$Y" >> $GITHUB_ENV\nfi', true],
  ["bash", "echo 'a=$B' >> $GITHUB_ENV", false],
  ["bash", 'echo "a=${{ github.head_ref }}" >> $GITHUB_ENV', true],
  ["bash", "node gen.js >> $GITHUB_ENV", true],
  ["bash", "echo a=`date` >> $GITHUB_ENV", true],
  ["bash", 'cat x>>"$GITHUB_ENV"', true],
  ["bash", 'echo "a=b" 2>&1 >> $GITHUB_ENV', false],
  ["pwsh", '"FOO=$x" | Out-File -FilePath $env:GITHUB_ENV -Append', true],
  ["pwsh", 'Add-Content -Path $env:GITHUB_ENV -Value "A=$($b)"', true],
  ["pwsh", '"A=1" >> $Env:GITHUB_ENV', false],
  ["pwsh", '"A=1" | Out-File $env:GITHUB_ENV', false],
  ["pwsh", 'Write-Output "x=${y}" >> "${env:GITHUB_ENV}"', true],
  ["pwsh", 'echo "A=$env:B" | Out-File -FilePath "$env:GITHUB_PATH" -Encoding utf8 -Append', true],
  ["pwsh", '[System.IO.File]::AppendAllText($env:GITHUB_ENV, "a=$b")', true],
  ["cmd", "echo LIBRARY=%LIBRARY%>>%GITHUB_ENV%", true],
  ["cmd", "echo A=1>>%GITHUB_ENV%", false],
  ["cmd", 'echo A=!X!>> "%GITHUB_ENV%"', true],
];

describe("findVariableWrites", () => {
  for (const [shell, text, expected] of cases)
    it(`${shell}: ${text}`, () => assert.equal(findVariableWrites(text, shell).length, expected ? 1 : 0));
});
