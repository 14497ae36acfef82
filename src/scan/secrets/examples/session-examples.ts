/** Cookies of sessions, as programs that talk to a site hold them, and what is called like them. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleBytes } from "./example-values.ts";

const ofPhp = (seed: string) => sample("lowerAlnum", 26, `session${seed}`);
const ofJava = (seed: string) => sampleBytes(16, `session${seed}`).toString("hex").toUpperCase();
/** Its number, and a signature. */
const ofConnect = (seed: string) =>
  `s%3A${sample("base64Url", 32, `session${seed}`)}.${sample("base62", 43, `session${seed}`)}`;

export const sessionsSent = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `GET /orders\nCookie: lang=en; PHPSESSID=${sample("base62", 26, seed)}7; theme=dark\n` },
  { path: "src/a.py", text: `cookies = {'lang': 'en', 'PHPSESSID': '${ofPhp(seed)}'}\n` },
  { path: "src/a.py", text: `headers = {"Cookie": "PHPSESSID=${ofPhp(seed)}; theme=dark"}\n` },
  { path: "src/A.java", text: `new BasicHeader("Cookie", "lang=en; JSESSIONID=${ofJava(seed)}; theme=dark");` },
  { path: "run.sh", text: `curl -b JSESSIONID=${ofJava(seed)} http://shop7/orders\n` },
  { path: "src/a.js", text: `request.set('Cookie', 'connect.sid=${ofConnect(seed)}');` },
  { path: "src/a.py", text: `session.cookies["connect.sid"] = "${ofConnect(seed)}"\n` },
  { path: "src/a.php", text: `setcookie('laravel_session', '${sample("base62", 40, seed)}7');` },
  { path: "src/a.py", text: `requests.get(url, cookies={'lang': 'en', 'sessionid': '${ofPhp(seed)}'})\n` },
  { path: "src/a.js", text: `fetch(url, { headers: { cookie: "csrftoken=x; sessionid=${ofPhp(seed)}" } });` },
  {
    path: "src/a.py",
    text: `requests.get(url, cookies={'session': '${sampleBytes(48, `session${seed}`).toString("hex")}'})\n`,
  },
  { path: "src/a.js", text: `const headers = { 'Cookie': 'session=${ofPhp(seed)}; theme=dark' };` },
  { path: "src/a.cs", text: `jar.Add(new Cookie("ASP.NET_SessionId", "${sample("lowerAlnum", 24, seed)}"));` },
];

/** Handed out, of an address, of something else, made up, or a variable. */
export const noSessionsSent = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `Set-Cookie: JSESSIONID=${ofJava(seed)}; Path=/; HttpOnly\n` },
  { path: "src/a.js", text: `const answer = { "set-cookie": ["connect.sid=${ofConnect(seed)}; Path=/"] };` },
  { path: "notes.md", text: `see http://shop7/list.jsp;jsessionid=${ofJava(seed)}?page=2\n` },
  { path: "notes.md", text: `see http://shop7/list.php?page=2&PHPSESSID=${ofPhp(seed)}\n` },
  { path: "src/a.js", text: `track({ 'sessionId': '${ofPhp(seed)}', page: 2 });` },
  {
    path: "src/a.js",
    text: `const answer = { 'Set-Cookie': 'session=${ofPhp(seed)}' }, job = {'session': '${ofPhp(seed)}'};`,
  },
  { path: "src/a.py", text: `cookies = {'session': 'abc123'}; cookies = {'session': 'your-session-cookie-2024-x'}\n` },
  { path: "src/a.py", text: `cookies = {'PHPSESSID': 'test', 'JSESSIONID': '0123456789ABCDEF0123456789ABCDEF'}\n` },
  { path: "src/a.py", text: `headers = {"Cookie": "PHPSESSID=" + gT4kq0Zr8x17gT4kq0Zr8x17}\n` },
  {
    path: "src/a.sh",
    text: `curl -b "JSESSIONID=\${gT4kq0Zr8x17Kw2LpVn5}" -b "PHPSESSID=your-session-id-goes-here1" x\n`,
  },
  { path: "src/a.java", text: `request.addCookie("JSESSIONID", "fixed-session-of-harbor-1");` },
];
