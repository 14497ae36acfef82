/** Examples of passwords on the command lines of programs. */
import type { Example } from "../rule/secret-rule.ts";
import { sample } from "./example-values.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

/** Names of files, quotes, and lines with several programs. */
const filesAndQuotes = (seed: string): readonly Example[] => [
  { path: "call.cmd", text: `rasdial.exe VPN ops ${password(`37${seed}`)}\n` },
  { path: "call.cmd", text: `sqlplus.exe ops/gT${sample("base62", 9, `38${seed}`)}7@db7\n` },
  { path: "call.cmd", text: `"C:\\Program Files\\db\\mysqldump.exe" -u root -p${password(`39${seed}`)} shop\n` },
  { path: "call.ps1", text: `curl.exe -u ops:${password(`40${seed}`)} https://api.contoso.net/x\n` },
  { path: "call.cmd", text: `sqlcmd -U sa ^\r\n  -P ^\r\n  ${password(`41${seed}`)}\r\n` },
  { path: "setup.sh", text: `mysql -u root -p'${password(`42${seed}`)};${password(`43${seed}`)}' shop\n` },
  { path: "setup.sh", text: `sshpass -f key ssh db7 "mysql -u root -p'${password(`44${seed}`)}' shop"\n` },
  { path: "sign.sh", text: `keytool -genkey -alias shop -storepass 48${sample("digits", 3, seed)}9 -keysize 2048\n` },
  { path: "setup.sh", text: `sudo -S <<< ${sample("base62", 90, `45${seed}`)} ls\n` },
];

/** Outside of documents four characters are enough. */
const short = (seed: string): readonly Example[] => [
  { path: "deploy.sh", text: `mysql -uroot -pq${sample("letters", 3, seed)} shop < shop.sql\n` },
  { path: "image/Dockerfile", text: `RUN echo "ops:48${sample("digits", 1, seed)}9" | chpasswd\n` },
];

/** Commands in strings, which escape their quotes. */
const inStrings = (seed: string): readonly Example[] => [
  ...short(seed),
  { path: "package.json", text: `{"scripts": {"dump": "mysql -u root -p\\"${password(`56${seed}`)}\\" shop"}}\n` },
  { path: "package.json", text: `{"scripts": {"get": "curl -u \\"ops:${password(`57${seed}`)}\\" https://x"}}\n` },
  { path: "src/run.cs", text: `Process.Start("cmd", "/c sqlcmd -P \\"${password(`58${seed}`)}|x\\" -i a");\n` },
  { path: "src/run.cs", text: `Process.Start("sqlcmd.exe", "-S db7 -U sa -P ${password(`63${seed}`)}");\n` },
  { path: "src/run.cs", text: `Process.Start("sqlcmd.exe", @"-S db7 -P ""${password(`64${seed}`)}|x"" -i a");\n` },
  { path: "src/run.cs", text: `Run(@"sqlcmd -S db7 -P ""${password(`65${seed}`)}|x""");\n` },
  { path: "src/run.cs", text: `new Start { FileName = "mysql", Arguments = "-u root -p${password(`66${seed}`)}" };\n` },
  { path: "package.json", text: `{"scripts": {"set": "echo \\"${password(`59${seed}`)}\\" | sudo -S ls"}}\n` },
];

/** The second byte of `à` is white space of another alphabet. */
const otherLetters = (seed: string): readonly Example[] => [
  { path: "setup.sh", text: `mysql -u root -p${password(`50${seed}`)}à7x shop\n` },
  { path: "setup.sh", text: `sqlcmd -P '${password(`51${seed}`)}à7x' -i a\n` },
  { path: "setup.sh", text: `echo 'ops:${password(`52${seed}`)}à7x' | chpasswd\n` },
  { path: "Dockerfile", text: `RUN echo "\${SHOP_USER}:${password(`154${seed}`)}" | chpasswd\n` },
  { path: "setup.sh", text: `chpasswd <<EOF\nops:${password(`53${seed}`)}à7x\nEOF\n` },
  { path: "setup.sh", text: `sudo -S <<< ${password(`54${seed}`)}à7x ls\n` },
  { path: "call.exp", text: `expect "Password:"\nsend "${password(`55${seed}`)}à7x\\r"\n` },
];

/** In a line of a document, ended by the sign that began it. */
const inDocuments = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `Run \`mysql -u root -p${password(`46${seed}`)}\` first.\n` },
  { path: "notes.md", text: `Don't: \`curl -u ops:${password(`47${seed}`)}\`, it's seen.\n` },
  { path: "notes.md", text: `Or \`curl -u ${sample("base62", 32, `62${seed}`)}:x-oauth-basic\`\n` },
  { path: "notes.rst", text: `Then \`\`redis-cli -a ${password(`48${seed}`)}\`\`.\n` },
  { path: "notes.html", text: `<li><code>sqlcmd -U sa -P ${password(`49${seed}`)}</code>\n` },
];

const testersAndCiphers = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `nxc smb 10.1.2.3 -u ops -p '${password(`63${seed}`)}' --shares\n` },
  { path: "notes.md", text: `evil-winrm -i 10.1.2.3 -u ops -p ${password(`64${seed}`)}\n` },
  { path: "setup.sh", text: `openssl des3 -d -in a -out b -k ${password(`65${seed}`)}\n` },
  {
    path: "setup.sh",
    text: `nmcli con modify attic wifi-sec.key-mgmt wpa-psk wifi-sec.psk ${password(`66${seed}`)}\n`,
  },
];

/** Accounts in the lines behind `chpasswd`. */
const accounts = (seed: string): readonly Example[] => [
  { path: "setup.sh", text: `chpasswd <<EOF\nops:${password(`18${seed}`)}\nEOF\n` },
  { path: "setup.sh", text: `printf 'ops:${password(`67${seed}`)}\\n' | chpasswd\n` },
  { path: "setup.sh", text: `printf 'ops:%s\\n' "${password(`68${seed}`)}" | sudo chpasswd\n` },
  { path: "setup.sh", text: `printf '%s' '${password(`69${seed}`)}' | docker login --password-stdin\n` },
  { path: "setup.sh", text: `printf "${password(`70${seed}`)}\\n" | sudo -S ls\n` },
  { path: "setup.sh", text: `cat <<'EOF' | sudo chpasswd\nops:${password(`19${seed}`)}\nEOF\n` },
  {
    path: "user-data",
    text: `#cloud-config\nchpasswd:\n  list: |\n    ops:${password(`20${seed}`)}\n  expire: False\n`,
  },
  { path: "user-data.yml", text: `chpasswd:\n  expire: false\n  list:\n    - ops:${password(`21${seed}`)}\n` },
  {
    path: "setup.sh",
    text: `cat <<EOF > user-data\nchpasswd:\n  list: |\n    ops: ${password(`71${seed}`)}\n  expire: False\nEOF\n`,
  },
  {
    path: "setup.sh",
    text: `chpasswd <<EOF\nroot:$PW\nann:$6$ab$c7\n\n# of the shop\nlist\nops:${password(`63${seed}`)}\nEOF\n`,
  },
  {
    path: "setup.sh",
    text: `cat <<-EOF | sudo chpasswd\n\troot:\n\tops:it's${password(`64${seed}`)}\n\tEOF\n`,
  },
  {
    path: "user-data.yml",
    text: `chpasswd:\n  # once\n  expire: false\n  list:\n  - root:RANDOM\n  # of the shop\n  - 'ops:${password(`65${seed}`)}'\n`,
  },
];

const windowsAndPipes = (seed: string): readonly Example[] => [
  { path: "setup.sh", text: `echo -e "${password(`16${seed}`)}\\n${password(`16${seed}`)}" | passwd ops\n` },
  { path: "add.cmd", text: `net user ops ${password(`22${seed}`)}\n` },
  { path: "add.cmd", text: `net.exe user /add ops ${password(`23${seed}`)} /y\n` },
  { path: "add.cmd", text: `schtasks /create /tn x /tr y /ru ops /rp ${password(`24${seed}`)}\n` },
  { path: "sign.cmd", text: `signtool.exe sign /f "a.pfx" /p "${password(`25${seed}`)}" a.exe\n` },
  { path: "sign.cmd", text: `certutil -f -p ${password(`26${seed}`)} -importpfx a.pfx\n` },
  { path: "sign.cmd", text: `pvk2pfx -pvk a.pvk -spc a.cer -pfx a.pfx -po ${password(`27${seed}`)}\n` },
  { path: "call.cmd", text: `rasdial VPN ops ${password(`28${seed}`)}\n` },
  { path: "call.cmd", text: `nssm set svc ObjectName shop\\ops ${password(`29${seed}`)}\n` },
  { path: "call.cmd", text: `winrs -r:db7 -u:ops -p:${password(`30${seed}`)} whoami\n` },
  { path: "call.cmd", text: `sqlcmd /S db7 /U sa /P ${password(`31${seed}`)} /i a\n` },
  {
    path: "compose.yml",
    text: `test: ["CMD", "/opt/mssql-tools/bin/sqlcmd", "-U", "sa", "-P", "${password(`35${seed}`)}", "-Q", "SELECT 1"]\n`,
  },
  { path: "setup.sh", text: `/opt/mssql-tools/bin/sqlcmd -S db7 -U SA -P${password(`36${seed}`)} -i a\n` },
  { path: "setup.sh", text: `echo '${password(`32${seed}`)}' | kinit ops\n` },
  { path: "setup.sh", text: `echo -n '${password(`33${seed}`)}' | gcloud secrets create db --data-file=-\n` },
  { path: "setup.sh", text: `echo '${password(`34${seed}`)}' | cryptsetup luksOpen /dev/sdb x -\n` },
  { path: "setup.sh", text: `echo '${password(`17${seed}`)}' | docker secret create db -\n` },
  { path: "setup.sh", text: `curl -u ${sample("base62", 32, `1${seed}`)}: https://api.contoso.net/orders\n` },
  { path: "setup.sh", text: `curl https://api.contoso.net -u '${sample("hexLower", 32, `2${seed}`)}:x'\n` },
  { path: "run.cmd", text: `PsExec \\\\files7 -u contoso\\ops -p ${password(`3${seed}`)} whoami\n` },
  { path: "call.ps1", text: `& SQLCMD -S db7 -U sa -P ${password(`5${seed}`)} -d shop\n` },
  { path: "setup.sh", text: `curl -su ops:${password(`7${seed}`)} https://api.contoso.net/x\n` },
  { path: "setup.sh", text: `curl --user=ops:${password(`8${seed}`)} https://api.contoso.net/x\n` },
  { path: "setup.sh", text: `chpasswd <<< "ops:${password(`9${seed}`)}"\n` },
  { path: "setup.sh", text: `docker login -u ops --password-stdin hub7 <<< "${password(`60${seed}`)}"\n` },
  { path: "setup.sh", text: `sudo -S apt-get update <<< ${password(`61${seed}`)}\n` },
  { path: "setup.sh", text: `sudo -S <<< '${password(`10${seed}`)}' apt-get update\n` },
  { path: "setup.sh", text: `twine upload -u ops -p ${password(`11${seed}`)} dist/*\n` },
  { path: "setup.sh", text: `az keyvault secret set --vault-name v -n db --value ${password(`12${seed}`)}\n` },
  { path: "setup.sh", text: `/opt/server/bin/add-user.sh ops ${password(`13${seed}`)} --silent\n` },
  { path: "setup.sh", text: `expdp ops/gT${sample("base62", 9, `14${seed}`)}7@db7 schemas=shop\n` },
  { path: "setup.sh", text: `mc alias set s3 http://files7:9000 ops ${password(`15${seed}`)}\n` },
  { path: "setup.sh", text: `wpa_passphrase attic ${password(`6${seed}`)} > wifi.conf\n` },
  { path: "setup.sh", text: `vault login -no-print ${sample("base62", 26, `4${seed}`)}\n` },
];

const ofDatabases = (seed: string): readonly Example[] => [
  { path: "backup.sh", text: `mysqldump -u root -p'${password(`e${seed}`)}' shop > shop.dump` },
  { path: "backup.sh", text: `mariadb-dump -u root -p${password(`72${seed}`)} shop > shop.dump` },
  { path: "setup.ps1", text: `docker exec db \`\n    mariadb -uroot -p"${password(`73${seed}`)}" \`\n` },
  { path: "setup.sh", text: `mariadb-admin -u root password '${password(`74${seed}`)}'\n` },
];

export const passwordsOfCommands = (seed: string): readonly Example[] => [
  ...filesAndQuotes(seed),
  ...testersAndCiphers(seed),
  ...accounts(seed),
  ...ofDatabases(seed),
  ...windowsAndPipes(seed),
  ...inDocuments(seed),
  ...otherLetters(seed),
  ...inStrings(seed),
  { path: "deploy.sh", text: `sqlcmd -S tcp:sql.contoso.net -U ops -P '${password(`a${seed}`)}' -i nightly.txt` },
  {
    path: "deploy.sh",
    text: `az login --service-principal -u "$APP" \\\n  -p "${password(`b${seed}`)}" --tenant contoso.net`,
  },
  {
    path: "deploy.sh",
    text: `dotnet nuget add source https://feed.contoso.net/v3/index.json -n a -u ci -p ${password(`d${seed}`)}\n`,
  },
  {
    path: "azure-pipelines.yml",
    text: `- script: docker login contoso.azurecr.io -u ci -p ${password(`c${seed}`)}\n`,
  },
  { path: "Jenkinsfile", text: `sh "curl -u svc:${password(`d${seed}`)} https://api.contoso.net/x"` },
  { path: "add.cmd", text: `net user ops ${password(`f${seed}`)} /add` },
  { path: "src/run.py", text: `call(["sshpass", "-p", "${password(`n${seed}`)}", "ssh", "db7"])` },
  { path: "image/Dockerfile", text: `RUN echo "ops:${password(`o${seed}`)}" | chpasswd\n` },
  { path: "setup.sh", text: `echo ${password(`p${seed}`)} | sudo -S apt-get update\n` },
  { path: "setup.sh", text: `redis-cli -h db7 -a ${password(`q${seed}`)} ping\n` },
  { path: "setup.sh", text: `mongosh --host db7 -u ops -p ${password(`r${seed}`)} shop\n` },
  { path: "setup.sh", text: `htpasswd -bB /srv/users ops '${password(`s${seed}`)}'\n` },
  { path: "setup.sh", text: `htpasswd -nbBC 10 ops ${password(`t${seed}`)} > users\n` },
  { path: "map.cmd", text: `net use Z: \\\\files7\\shop ${password(`u${seed}`)} /user:ops\n` },
  { path: "map.cmd", text: `net use Z: \\\\files7\\shop /user:contoso\\ops ${password(`v${seed}`)}\n` },
  { path: "setup.sh", text: `ldapadd -x -D cn=ops -w ${password(`w${seed}`)} -f a.ldif\n` },
  { path: "setup.sh", text: `smbclient //files7/shop -U ops%${password(`x${seed}`)}\n` },
  { path: "setup.sh", text: `sqlplus ops/gT${sample("base62", 9, `y${seed}`)}7@db7\n` },
  { path: "setup.sh", text: `unzip -P ${password(`z${seed}`)} a.zip\n` },
  { path: "setup.sh", text: `echo '${password(`k${seed}`)}' | passwd --stdin ops\n` },
  { path: "setup.sh", text: `echo "${password(`i${seed}`)}" | docker login -u ops --password-stdin hub7\n` },
  { path: "setup.sh", text: `openssl enc -aes-256-cbc -in a -k ${password(`h${seed}`)}\n` },
  { path: "call.exp", text: `expect "Password:"\nsend "${password(`l${seed}`)}\\r"\n` },
  { path: "src/call.py", text: `child.expect("password:")\nchild.sendline("${password(`m${seed}`)}")\n` },
  { path: "call.sh", text: `mosquitto_pub -h mq7 -t light -m on -u ops -P 4${sample("digits", 4, seed)}907\n` },
  {
    path: "call.sh",
    text: `curl -H "Authorization: Basic $(echo -n 'ops@contoso.net:${password(`n${seed}`)}' | base64)" $URL\n`,
  },
  { path: "certs.sh", text: `dotnet dev-certs https -ep site.pfx -p "${password(`o${seed}`)}"\n` },
  // Where nothing but a password can stand, a plain word is one.
  { path: "setup.sh", text: "sshpass -p 'harborlight' ssh ops@db7\n" },
];

export const noPasswordsOfCommands: readonly Example[] = [
  {
    path: "notes.md",
    text: "nxc smb 10.1.2.3 -u users.txt -p passwords.txt; crackmapexec smb hosts -u ops -p pass.list\n",
  },
  { path: "setup.sh", text: 'nmcli con modify attic wifi-sec.key-mgmt wpa-psk wifi-sec.psk "$PSK"\n' },
  { path: "setup.bat", text: "net user /add !NAME7X! !PASS9Y!\r\n" },
  { path: "call.sh", text: "echo -n 'https://contoso.net:8443/a7' | base64; echo -n \"$USER:$TOKEN\" | base64\n" },
  { path: "deploy.sh", text: 'sqlcmd -S sql -U ops -P "$SQL_PASSWORD" -i nightly.txt' },
  { path: "deploy.sh", text: 'az login -u "$APP" -p $(clientSecret) --tenant contoso.net' },
  {
    path: "deploy.sh",
    text: "dotnet nuget add source https://feed.contoso.net/v3/index.json -u ci -p $FEED_PAT",
  },
  { path: "deploy.sh", text: "docker login -u ci --password-stdin contoso.azurecr.io" },
  { path: "Jenkinsfile", text: "sh 'echo \\\\$HUB_PSW | docker login -u \\\\$HUB_USR --password-stdin'\n" },
  { path: "deploy.sh", text: "curl -u user:password https://api.contoso.net/x" },
  { path: "deploy.sh", text: "mysql -u root -p shop2024" },
  { path: "deploy.sh", text: "curl -u operations2024: https://api.contoso.net/x; vault login -method=userpass" },
  { path: "notes.md", text: "The command mysql.service -p4711harborX9 starts, and sqlcmd.Execute -P harbor7x9K\n" },
  {
    path: "notes.md",
    text: "Try `curl -u token:x-oauth-basic`, `curl -u user:pass` or `redis-cli -a yourpassword`.\n",
  },
  { path: "notes.md", text: "Call `docker login -u ops -p qzkv` and `mysql -uroot -p4819`.\n" },
  { path: "notes.md", text: "Call `mysql -u root`, with -pgT4kq0Zr8x17 behind `it`.\n" },
  { path: "src/run.py", text: 'run("mysql -u root -p");execute("gT4kq0Zr8x17")\n' },
  { path: "setup.sh", text: 'sudo -S <<< "gT4kq0Zr8x17$HOST"\n' },
  { path: "setup.sh", text: 'sudo -S sh -c "cat <<< gT4kq0Zr8x17"; docker login --password-stdin <<< "$PASS"\n' },
  { path: "src/run.py", text: 'run("mysql -u root -p\\"" + word + "\\" gT4kq0Zr8x17")\n' },
  { path: "deploy.sh", text: "sort -u a1; cp -p b2c3d4e5 /srv" },
  { path: "setup.sh", text: 'htpasswd -b /srv/users ops "$PASS"; htpasswd -B -c users7.txt harbor7x\n' },
  { path: "notes.md", text: "The net use of harbor7x is measured.\nnet use * /delete\n" },
  { path: "setup.sh", text: "sqlplus / as sysdba; sshpass -p 'raspberry' ssh pi@10.1.2.3\n" },
  { path: "call.exp", text: 'expect "Password:"\nsend "$pass\\r"\nexpect "login:"\nsend "harbor7x\\r"\n' },
  { path: "image/Dockerfile", text: 'RUN echo "root:$ROOT_PASSWORD" | chpasswd\n' },
  { path: "image/Dockerfile", text: 'RUN echo "ops:password" | chpasswd\n' },
  { path: "setup.sh", text: "sshpass -p your_password ssh ops@db7\n" },
  { path: "setup.sh", text: 'echo "$PASS" | sudo -S apt-get update\n' },
  { path: "add.cmd", text: "net user administrator /active:yes\nnet user ops *\nnet user ops harbor7x extra\n" },
  {
    path: "notes.md",
    text: "The net user growth increased; certutil -p is a flag, signtool sign /fd sha256 /a\n",
  },
  { path: "call.cmd", text: "rasdial VPN /disconnect\nrasdial VPN ops %PASS%\nschtasks /run /tn harbor7x\n" },
  {
    path: "setup.sh",
    text: 'cat pw7.txt | kinit ops; echo "$PASS" | kinit ops; echo yes | cryptsetup luksFormat x\n',
  },
  { path: "setup.sh", text: "chpasswd <<EOF\nops:$PASS\nroot:toor\nEOF\nrelease:gT4kq0Zr8x17\n" },
  { path: "user-data", text: "chpasswd:\n  list:\n    - ops:RANDOM\nhosts:\n  - db7:gT4kq0Zr8x17\n" },
  {
    path: "user-data",
    text: "chpasswd:\n  list: |\n    ops:RANDOM\n    ubuntu:ubuntu\n    root:$6$ab$gT4kq0Zr8x17\n",
  },
  { path: "setup.sh", text: 'echo "$PASS" | docker login --password-stdin; openssl enc -k "$KEY"\n' },
];
