/** Passwords that stand where some must: everybody writes them, or knows them. */
import { undressed } from "./leet.ts";
import { isWalk } from "./placeholders.ts";

/** The word itself in other languages, without accents: labels of forms, too. */
const otherLanguages = (
  "senha contrasena contrasenya contrasinal kontrasenyas pasahitza senhal palavrapasse motdepasse kennwort passwuert wachtwoord " +
  "wachtwurd wagwoord losenord lykilord loyniord passord adgangskode salasana tunnussana parool parole slaptazodis heslo haslo " +
  "geslo lozinka zaporka sifra parola parol pasvorto jelszo cyfrinair pasfhocal fjalekalimi sifre katasandi matkhau nenosiri"
).split(" ");

const stockNouns = [
  ..."password passwd passwort passphrase pass pwd secret token key test demo admin root user guest".split(" "),
  // Whose account it is.
  ..."moderator manager teacher student principal staff employee customer seller".split(" "),
  ...otherLanguages,
].join("|");
/** No word of the first group is another one twice, or made of others: each way to read a value would be tried. */
const stockWords = new RegExp(
  `^\\d{0,3}(?:(?:some|my|your|the|new|old|super|very|strong|secure|safe|random|long|plain|choose|choo?sen|any|app|dev|db|api|auth|jwt|access|refresh|client|session|dummy|fake|default|${stockNouns})[-_ ]?)*(?:${stockNouns}|pw|p|x+|postgres|changeit|abc|abcd|foo|bar|baz|open[ :_-]?sesame)[~!@#$%^&*+.:?_-]?(?:\\d{0,3}|1234|12345|123456|20\\d\\d)[=!@#$*~]{0,2}$`,
  "i",
);

/** Passwords that machines, images and databases come with, and those in the samples that programs come with: everybody knows them. */
const shippedDefaults =
  /^(?:proxypass|repopwd|geheim\$parole|somewordpress|harbor12345|1q2w3e\*|h@sh1cor3!|4-v3ry-53cr37-p455w0rd|thisiskat11|vagrant|raspberry|alpine|toor|calvin|tiger|minioadmin|letmein|opensesame|hunter2|anoncvs|infected|yourstrong[^a-z]{0,2}p[a@]ss(?:w[o0]rd)?[^a-z]{0,4})$/i;

/** What laboratories and courses of networks call all of theirs. */
const ofLaboratory = /^(?:cisco(?:\d{0,6}|(?:en|con|vty)pa\d\d)|class\d{0,5})$/i;

export function isOfLaboratory(value: string): boolean {
  return ofLaboratory.test(value);
}

/** Nobody types a longer password from one end of the alphabet on. */
const longestTyped = 16;

/** Whose it is, the word itself, and counting: `botpass123`. */
const ownersWord = /^[a-z]{2,10}[-_]?(?:pass|passwd|password|pwd|secret)[-_@]?(?:123|1234|12345|123456)!?$/i;

/** What people write where some password must stand: `some-password`, `test123`, `abc123==`, `s3cr3t-k3y`. */
export function isStockPassword(value: string): boolean {
  if (value.length > 64) return false;
  if (stockWords.test(withoutAccents(value)) || shippedDefaults.test(value) || ownersWord.test(value)) return true;
  // `Abc123^def456`
  if (value.length <= longestTyped && isWalk(value.toLowerCase())) return true;
  const plain = undressed(value, /[013457@$](?=[a-z])|(?<=[a-z])[013457@$](?=.*[a-z])/gi);
  return plain !== value && stockWords.test(plain);
}

/** `Hasło`, `Lykilorð`, `Contraseña` as lists have their words. */
function withoutAccents(value: string): string {
  if (!/[^ -~]/.test(value)) return value;
  return value.normalize("NFD").replace(/\p{M}/gu, "").replace(/[łŁ]/g, "l").replace(/[ðÐ]/g, "d").replace(/ı/g, "i");
}

/** `wrongPass7`, `not-the-password`: what a test hands over to be refused. */
export function isSaidWrong(value: string): boolean {
  return /wrong|invalid|incorrect|mismatch|(?<![a-z])(?:bad|not)(?![a-z])/i.test(value);
}
