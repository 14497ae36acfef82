/**
 * Under which names code imports a package, where these are not the package's own. Facts about famous packages, from their
 * own documentation; whoever is not listed is imported by the custom of its ecosystem.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";

/** Names of packages as written there, names of imports after the colon. */
const python = `
beautifulsoup4: bs4, PyYAML: yaml, Pillow: PIL, scikit-learn: sklearn, scikit-image: skimage, opencv-python: cv2,
opencv-python-headless: cv2, python-dateutil: dateutil, python-dotenv: dotenv, python-jose: jose, PyJWT: jwt,
pycryptodome: Crypto, pycryptodomex: Cryptodome, pycrypto: Crypto, psycopg2-binary: psycopg2, psycopg-binary: psycopg,
mysqlclient: MySQLdb, mysql-connector-python: mysql, protobuf: google.protobuf, grpcio: grpc, grpcio-tools: grpc_tools,
google-cloud-storage: google.cloud.storage, google-cloud-bigquery: google.cloud.bigquery, google-auth: google.auth,
google-api-python-client: googleapiclient, azure-storage-blob: azure.storage.blob, azure-identity: azure.identity,
azure-keyvault-secrets: azure.keyvault.secrets, azure-devops: azure.devops, azure-core: azure.core, msal: msal,
setuptools: setuptools pkg_resources, attrs: attr attrs, importlib-metadata: importlib_metadata, ruamel.yaml: ruamel,
Jinja2: jinja2, MarkupSafe: markupsafe, Werkzeug: werkzeug, Flask-SQLAlchemy: flask_sqlalchemy, Flask-Cors: flask_cors,
djangorestframework: rest_framework, django-cors-headers: corsheaders, django-filter: django_filters,
django-environ: environ, django-debug-toolbar: debug_toolbar, SQLAlchemy: sqlalchemy, pymongo: pymongo bson gridfs,
redis: redis, pyzmq: zmq, pyserial: serial, pywin32: win32api win32con win32com pythoncom, python-magic: magic,
python-multipart: multipart, python-slugify: slugify, python-ldap: ldap, pyOpenSSL: OpenSSL, PyMySQL: pymysql,
PyNaCl: nacl, GitPython: git, Markdown: markdown, lxml: lxml, charset-normalizer: charset_normalizer, cattrs: cattr cattrs,
typing-extensions: typing_extensions, websocket-client: websocket, antlr4-python3-runtime: antlr4, fonttools: fontTools,
py: py, pytest: pytest _pytest, faiss-cpu: faiss, faiss-gpu: faiss, tensorflow-gpu: tensorflow, torch: torch,
Flask: flask, Django: django, ipython: IPython, jupyter-client: jupyter_client, PyQt5: PyQt5, pyperclip: pyperclip,
wxPython: wx, Mako: mako, Babel: babel, Pygments: pygments, pip: pip, dnspython: dns, simplejson: simplejson,
docker: docker, kubernetes: kubernetes, boto3: boto3, botocore: botocore, elasticsearch: elasticsearch, toml: toml,
tomli: tomli, html5lib: html5lib, python-docx: docx, python-pptx: pptx, XlsxWriter: xlsxwriter, openpyxl: openpyxl,
pdfminer.six: pdfminer, PyPDF2: PyPDF2, PyMuPDF: fitz, ffmpeg-python: ffmpeg, imageio: imageio, pytz: pytz, tzdata: tzdata,
discord.py: discord, slack-sdk: slack_sdk, python-telegram-bot: telegram, stripe: stripe, sentry-sdk: sentry_sdk,
opentelemetry-api: opentelemetry, opentelemetry-sdk: opentelemetry.sdk, prometheus-client: prometheus_client,
umap-learn: umap, hdbscan: hdbscan, sentence-transformers: sentence_transformers, snowflake-connector-python: snowflake,
pyasn1-modules: pyasn1_modules, backports.zoneinfo: backports, zope.interface: zope.interface, Cython: Cython cython,
pycairo: cairo, PyGObject: gi, pyusb: usb, smbus2: smbus2, RPi.GPIO: RPi, python-gitlab: gitlab, PyGithub: github,
jira: jira, ldap3: ldap3, paramiko: paramiko, Fabric: fabric, cryptography: cryptography, oauthlib: oauthlib,
requests-oauthlib: requests_oauthlib, aiohttp: aiohttp, httpx: httpx, SecretStorage: secretstorage, tree-sitter: tree_sitter`;

const nuget = `
Microsoft.EntityFrameworkCore.SqlServer: Microsoft.EntityFrameworkCore, Microsoft.EntityFrameworkCore.Sqlite: Microsoft.EntityFrameworkCore,
Microsoft.EntityFrameworkCore.Relational: Microsoft.EntityFrameworkCore, Microsoft.EntityFrameworkCore.InMemory: Microsoft.EntityFrameworkCore,
Microsoft.EntityFrameworkCore.Design: Microsoft.EntityFrameworkCore, Npgsql.EntityFrameworkCore.PostgreSQL: Microsoft.EntityFrameworkCore Npgsql,
EntityFramework: System.Data.Entity, System.IdentityModel.Tokens.Jwt: System.IdentityModel.Tokens.Jwt,
Microsoft.AspNet.WebApi.Core: System.Web.Http, Microsoft.AspNet.WebApi.Client: System.Net.Http, Microsoft.AspNet.Mvc: System.Web.Mvc,
Microsoft.AspNet.Razor: System.Web.Razor, AWSSDK.Core: Amazon, AWSSDK.S3: Amazon.S3, AWSSDK.DynamoDBv2: Amazon.DynamoDBv2,
AWSSDK.SQS: Amazon.SQS, WindowsAzure.Storage: Microsoft.WindowsAzure.Storage, DotNetZip: Ionic.Zip, SharpZipLib: ICSharpCode.SharpZipLib,
log4net: log4net, NUnit: NUnit.Framework, xunit: Xunit, MSTest.TestFramework: Microsoft.VisualStudio.TestTools.UnitTesting,
Magick.NET-Q16-AnyCPU: ImageMagick, Magick.NET-Q8-AnyCPU: ImageMagick, SixLabors.ImageSharp: SixLabors.ImageSharp,
BouncyCastle: Org.BouncyCastle, BouncyCastle.Cryptography: Org.BouncyCastle, Portable.BouncyCastle: Org.BouncyCastle,
MySql.Data: MySql.Data, MySqlConnector: MySqlConnector, protobuf-net: ProtoBuf, Google.Protobuf: Google.Protobuf,
Grpc.AspNetCore: Grpc, NEST: Nest, StackExchange.Redis: StackExchange.Redis, RestSharp: RestSharp, Swashbuckle.AspNetCore: Swashbuckle,
jQuery: jQuery, bootstrap: bootstrap, Microsoft.Owin: Microsoft.Owin Owin, Microsoft.Data.OData: Microsoft.Data.OData,
HtmlSanitizer: Ganss, Markdig: Markdig, YamlDotNet: YamlDotNet, Selenium.WebDriver: OpenQA.Selenium, Moq: Moq,
IdentityServer4: IdentityServer4, Microsoft.Identity.Client: Microsoft.Identity.Client, Snowflake.Data: Snowflake.Data,
Microsoft.ChakraCore: ChakraCore, Microsoft.AspNetCore.All: Microsoft.AspNetCore, Microsoft.AspNetCore.App: Microsoft.AspNetCore`;

/** Maven: by \`group:artifact\`, or by group for all of its artifacts. */
const maven = `
commons-io: org.apache.commons.io, commons-fileupload: org.apache.commons.fileupload, commons-codec: org.apache.commons.codec,
commons-collections: org.apache.commons.collections, commons-lang: org.apache.commons.lang, commons-beanutils: org.apache.commons.beanutils,
commons-httpclient: org.apache.commons.httpclient, commons-logging: org.apache.commons.logging, commons-net: org.apache.commons.net,
org.apache.logging.log4j: org.apache.logging.log4j org.apache.log4j, log4j: org.apache.log4j, ch.qos.logback: ch.qos.logback org.slf4j,
com.google.guava: com.google.common com.google.thirdparty, com.google.code.gson: com.google.gson, com.google.protobuf: com.google.protobuf,
com.fasterxml.jackson.core: com.fasterxml.jackson, com.fasterxml.jackson.dataformat: com.fasterxml.jackson.dataformat,
org.springframework.boot: org.springframework.boot, org.springframework.security: org.springframework.security,
org.springframework: org.springframework, junit: org.junit junit, org.junit.jupiter: org.junit.jupiter, org.mockito: org.mockito,
mysql: com.mysql, com.mysql: com.mysql, org.postgresql: org.postgresql, com.h2database: org.h2, org.xerial: org.sqlite,
io.netty: io.netty, org.eclipse.jetty: org.eclipse.jetty, org.apache.tomcat.embed: org.apache.catalina org.apache.tomcat jakarta.servlet javax.servlet,
com.squareup.okhttp3: okhttp3, com.squareup.okio: okio, com.squareup.retrofit2: retrofit2, org.bouncycastle: org.bouncycastle,
dom4j: org.dom4j, org.dom4j: org.dom4j, org.jsoup: org.jsoup, org.yaml: org.yaml.snakeyaml, com.alibaba: com.alibaba,
org.hibernate: org.hibernate, org.hibernate.orm: org.hibernate, org.hibernate.validator: org.hibernate.validator,
org.apache.httpcomponents: org.apache.http, org.apache.httpcomponents.client5: org.apache.hc, xstream: com.thoughtworks.xstream,
com.thoughtworks.xstream: com.thoughtworks.xstream, xerces: org.apache.xerces org.w3c.dom, xalan: org.apache.xalan, velocity: org.apache.velocity,
org.apache.struts: org.apache.struts2 com.opensymphony.xwork2, io.jsonwebtoken: io.jsonwebtoken, org.projectlombok: lombok,
org.apache.poi: org.apache.poi, org.apache.pdfbox: org.apache.pdfbox, org.quartz-scheduler: org.quartz, cglib: net.sf.cglib`;

const tables: Partial<Record<Ecosystem, ReadonlyMap<string, readonly string[]>>> = {
  PyPI: tableOf("PyPI", python),
  NuGet: tableOf("NuGet", nuget),
  Maven: tableOf("Maven", maven),
};

function tableOf(ecosystem: Ecosystem, text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text.split(",").map((row) => {
      const [name = "", imports = ""] = row.split(":").map((part) => part.trim());
      return [packageKey(ecosystem, name), imports.split(/\s+/)] as const;
    }),
  );
}

/** Names of which an import is one, or begins with one. */
export function importedNames(of: Ecosystem, name: string): readonly string[] {
  // Conda gives Python's packages their own names.
  const ecosystem = of === "Conda" ? "PyPI" : of;
  const table = tables[ecosystem];
  const [group = ""] = name.split(":", 1);
  const known = table?.get(packageKey(ecosystem, ecosystem === "Maven" ? group : name));
  return known ?? customary[ecosystem]?.(name) ?? [name];
}

/** What packages that no table lists are imported by; elsewhere that is their name. */
const customary: Readonly<Partial<Record<Ecosystem, (name: string) => readonly string[]>>> = {
  NuGet: (name) => [name, ...shorterNamespace(name)],
  // Types are those of the package that they describe.
  npm: (name) => [
    name,
    name.replace(/^@types\/([^/]+)$/, (_, typed: string) => typed.replace(/^(.+)__(.+)$/, "@$1/$2")),
  ],
  PyPI: (name) => {
    const plain = packageKey("PyPI", name);
    return [
      plain.replaceAll("-", "_"),
      plain.replaceAll("-", "."),
      plain.replace(/^python-|-python$/, "").replaceAll("-", "_"),
    ];
  },
  Maven: (name) => name.split(":", 1),
  "crates.io": (name) => [name.replaceAll("-", "_")],
  RubyGems: (name) => [name, name.replaceAll("-", "/")],
};

/** Last parts of package names of .NET that are no part of the namespace: `Serilog.Sinks.Console` has `Serilog`. */
const noNamespace = [
  /\.(?:Abstractions|Core|Common|Runtime|Client|AspNetCore|NetCore|NetStandard|DependencyInjection|Primitives|All)$/i,
  /\.(?:Sinks|Enrichers|Extensions|Targets)\.[\w.]+$/i,
];

/** Namespaces that a hundred packages have a part in say nothing about one of them. */
const shared = /^(?:Microsoft|System|Azure|Google|Amazon)(?:\.(?:Extensions|AspNetCore|AspNet|Azure|Cloud))?$/i;

function shorterNamespace(name: string): readonly string[] {
  const shorter = noNamespace.map((ending) => name.replace(ending, "")).find((one) => one !== name);
  return shorter === undefined || shared.test(shorter) ? [] : [shorter];
}
