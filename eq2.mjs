import fs from "node:fs";
const t=fs.readFileSync(process.argv[2]+"/src/scan/secrets/judgement/stock-passwords.ts","utf8");const a=t.match(/const stockNouns =[\s\S]*?";\n/)[0];const b=t.match(/const stockWords = [\s\S]*?\);/)[0];const r=new Function(a+b+"return stockWords")();
for(const k of [8,10,12,13,14,15]){const s="demo".repeat(k)+"-~";const t0=performance.now();r.test(s);console.log(k,s.length,(performance.now()-t0).toFixed(2))}
const words=r.source.match(/\(\?:\(\?:([^)]*)\)/)[1].split("|");console.log(words.filter((w,i)=>words.indexOf(w)!==i), words.length);
const set=new Set(words);for(const w of words)for(let i=1;i<w.length;i++)if(set.has(w.slice(0,i))&&set.has(w.slice(i)))console.log("made of",w);
