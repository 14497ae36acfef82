import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholderReason } from "./placeholders.ts";
import { isStockPassword } from "./stock-passwords.ts";

test("walks over alphabet and digits are no passwords, in either case and with signs between", () => {
  assert.equal(placeholderReason("abcdefg1234567"), "alphabet or keyboard walk");
  for (const value of ["abcde", "FGHI"]) assert.equal(placeholderReason(value), "alphabet or keyboard walk", value);
  assert.equal(placeholderReason("abced"), undefined);
  for (const value of ["Abc123^def456", "ABCDabcd-1234"]) assert.ok(isStockPassword(value), value);
  for (const value of ["Kx9^hq2fbT71", "aBxd12#rs9Lm"]) assert.ok(!isStockPassword(value), value);
});

test("what something is put into holds its signs, and a key that Django draws may hold any of them", () => {
  const half = "k7q@x#w2%z(m9!v5=h3+";
  const drawn = `${half}$(${half}@@)8d-4r`;
  for (const value of [drawn, `django-insecure-${drawn}`]) assert.equal(placeholderReason(value), undefined, value);
  for (const value of [`${drawn}8`, `${half}$(oak)`, "k7q@@oak@@", "@@oak7k", "$(oak)"])
    assert.equal(placeholderReason(value), "template", value);
  assert.equal(placeholderReason("k7q@@48"), undefined);
});

test("what says how long a key must be stands in for one", () => {
  for (const value of [
    "yourSecretKeyStringWithAtLeast256BitsLength",
    "yourJwtKey77Gx",
    "thisKeyHasAtLeast32Characters",
    "optional; leave empty if not used.",
    "a-harbor-512-bit-long-line",
  ])
    assert.equal(placeholderReason(value), "placeholder word or sequence", value);
  for (const value of ["yourHarbor77Gx", "AtLeastHarbor7", "yOurKeyboard7x"])
    assert.equal(placeholderReason(value), undefined, value);
});

test("the word itself is no password, however it is dressed", () => {
  for (const value of [
    "Password~1",
    "Password@123",
    "P@ssword~1",
    "Pass#2024",
    "secret!",
    "botpass123",
    "YourStrong@Passw0rd",
    "infected",
    "proxypass",
    "somewordpress",
    "4-v3ry-53cr37-p455w0rd",
  ]) {
    assert.ok(isStockPassword(value), value);
  }
  for (const value of ["Harbor~1", "Password~7xQ", "pass-the-harbor", "botpass781"])
    assert.ok(!isStockPassword(value), value);
});

test("the word and digits that somebody chose are a password; a year, digits in turn and the same ones again are not", () => {
  for (const value of ["admin864753", "Password4815", "secret8647531"])
    assert.equal(placeholderReason(value), undefined, value);
  for (const value of ["admin98765", "admin112233", "admin121212", "secret00000", "Passw0rd2019", "Pass@word1"])
    assert.notEqual(placeholderReason(value), undefined, value);
});

test("a value whose every word says what is to stand there is none", () => {
  for (const value of [
    "a_long_random_secret",
    "some-long-random-string",
    "generate-a-secure-key",
    "any_random_text_here",
    "un_secreto_muy_largo",
    "digite_uma_senha",
    "LaMiaSegreta123",
    "senha_do_banco",
    "mật_khẩu_của_bạn",
    "ma_16_ky_tu_vừa_tạo",
    "điền_mật_khẩu",
    "NovaSenhaForte123",
    "contraseña_segura",
    "saisir_mot_de_passe",
    "şifrenizi-girin",
    "wpisz_hasło",
    "vul_wachtwoord_in!",
  ]) {
    assert.equal(placeholderReason(value), "placeholder word or sequence", value);
  }
  for (const value of ["fina_barca", "senha_da_barca", "a_long_walk", "very-long-harbour-key", "una_clave_4712"])
    assert.equal(placeholderReason(value), undefined, value);
});

test("a variable of a script within a script is none, however many backslashes stand before it", () => {
  for (const value of ["\\$DB_PASSWORD", "\\\\$DB_PSW2", "\\\\\\$password"])
    assert.equal(placeholderReason(value), "template", value);
  for (const value of ["\\$Harbor7x", "\\$Harbor!Light"]) assert.equal(placeholderReason(value), undefined, value);
});
