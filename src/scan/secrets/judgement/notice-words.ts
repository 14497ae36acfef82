/** Tells values that say what is to be written in their place: `a_long_random_secret`, `digite_uma_senha`, `vul_wachtwoord_in`. */

const setOf = (...texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap((text) => text.split(" ")));

/** What it asks for, in letters of ASCII. */
const nouns = setOf(
  "password passwd passphrase pass pwd pw secret token key string text value phrase",
  "senha segredo chave palavra contrasena contrasenia clave secreto llave cadena texto passe mdp cle chaine",
  "parola chiave segreto segreta stringa passwort kennwort geheimnis schluessel wachtwoord sleutel geheim haslo hasla klucz",
  "sifre sifreniz sifrenizi anahtar sandi khau khoa chuoi ky losenord passord adgangskode salasana heslo lozinka jelszo",
);

/** All else that it may say: what to do, where, whose, and what it should be like. */
const others = setOf(
  "a an the some any your my our own new old other another long very super really strong secure safe random unique good",
  "complex hard plain generate generated choose chosen create enter type put insert set use add fill provide replace change paste",
  "write here in this it me please with for of to at least be is must should real actual different default test demo dummy fake",
  "chars characters bytes hex app dev db database api auth jwt access refresh client session signing encryption admin root user",
  "um uma o seu sua meu minha novo nova muito longo longa forte seguro segura aleatorio aleatoria secreta digite digita",
  "insira coloque informe escreva escolha troque mude altere defina aqui esta por para do da dos banco dados usuario servidor",
  "un una el la tu su mi nuevo nueva muy largo larga fuerte escribe escriba ingresa ingrese introduce introduzca pon ponga",
  "coloca cambia cambie cambiar esto de acceso",
  "une le votre ton ta mon ma mot nouveau nouvelle tres fort securise aleatoire saisir saisissez entrez entrer mettre mettez",
  "changez changer ici",
  "il tua tuo mia mio nuovo nuova molto lungo lunga sicuro sicura casuale inserisci inserire scrivi scegli cambiare qui di",
  "ein eine einen das dein deine ihr ihre mein meine neues neue neuer sehr lang langes langer starkes sicheres sicherer",
  "zufaelliges geheimes geheimer eingeben hier aendern bitte setzen",
  "een het je jouw uw mijn nieuw nieuwe zeer sterk veilig vul voer wijzig kies",
  "wpisz podaj twoje twoj moje nowe silne bezpieczne dlugie tajne zmien tutaj do",
  "girin giriniz yazin yaziniz buraya yeni guclu guvenli gizli uzun bir",
  "mat tu cua ban vua tao moi manh nhap dien dan thay vao cho ung dung day",
  "masukkan isi ganti kata anda baru kuat rahasia disini sini mat",
);

const longest = 64;

/** True if all of its words, of which there are two at least, are those of such a notice, and one is what it asks for. */
export function isNotice(value: string): boolean {
  if (value.length > longest || !/[-_ A-Z]/.test(value)) return false;
  const words = inAscii(value)
    .replace(/([a-z])([A-Z\d])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !/^\d{1,3}$/.test(word));
  return (
    words.length > 1 &&
    words.some((word) => nouns.has(word)) &&
    words.every((word) => nouns.has(word) || others.has(word))
  );
}

/** `contraseña`, `şifre`, `hasło` without what stands at their letters. */
function inAscii(value: string): string {
  return /[^ -~]/.test(value)
    ? value
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .replace(/[łıđ]/g, (letter) => ({ ł: "l", ı: "i", đ: "d" })[letter]!)
    : value;
}
