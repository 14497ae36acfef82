/** The npm part of the famous names; how they were chosen: `famous-names.ts`. */
export const famousNpmNames = `
  @angular/animations @angular/cli @angular/common @angular/compiler @angular/compiler-cli @angular/core
  @angular/forms @angular/material @angular/platform-browser @angular/router @apollo/client @aws-sdk/client-s3
  @azure/identity @azure/storage-blob @babel/cli @babel/core @babel/parser @babel/plugin-transform-runtime
  @babel/preset-env @babel/preset-react @babel/preset-typescript @babel/runtime @babel/traverse @babel/types
  @emotion/react @emotion/styled @eslint/js @fortawesome/fontawesome-free @hapi/hapi @hapi/joi @heroicons/react
  @hookform/resolvers @jest/globals @mui/icons-material @mui/material @nestjs/cli @nestjs/common @nestjs/core
  @nestjs/platform-express @nestjs/testing @nestjs/typeorm @playwright/test @popperjs/core @prisma/client
  @reduxjs/toolkit @rollup/plugin-commonjs @rollup/plugin-node-resolve @sentry/browser @sentry/node @sentry/react
  @storybook/react @supabase/supabase-js @tailwindcss/forms @tanstack/react-query @testing-library/jest-dom
  @testing-library/react @testing-library/user-event @types/express @types/jest @types/lodash @types/node
  @types/react @types/react-dom @typescript-eslint/eslint-plugin @typescript-eslint/parser @vitejs/plugin-react
  @vue/cli-service @vue/compiler-sfc abbrev accepts acorn acorn-walk agent-base ajv ajv-formats ajv-keywords angular
  ansi-colors ansi-escapes ansi-regex ansi-styles antd any-promise anymatch apollo-client apollo-server archiver arg
  argparse args array-flatten asap asn1 assert assert-plus astring async async-mutex asynckit autoprefixer ava
  aws-sdk aws4 axios axios-retry babel-cli babel-core babel-eslint babel-generator babel-jest babel-loader
  babel-plugin-transform-runtime babel-preset-env babel-preset-react babel-preset-typescript babel-runtime
  babel-template babel-traverse babel-types balanced-match base64-js basic-auth bcrypt bcryptjs bignumber.js
  binary-extensions bl blessed bluebird bn.js body-parser boolbase bootstrap bower brace-expansion braces brotli
  browser-sync browserify browserslist buffer buffer-from bull bullmq bunyan bytes cac cacache call-bind callsites
  camelcase caniuse-lite caseless chai chai-as-promised chalk char-regex chart.js cheerio chokidar chownr
  chrome-launcher ci-info classnames clean-css cli-cursor cli-spinners cli-table cli-table3 cliui clone clone-deep
  cls-hooked clsx co codemirror coffee-script color color-convert color-name colorette colors combined-stream
  commander common-tags commondir compressible compression concat-map concat-stream concurrently config configstore
  connect connect-redis content-type convert-source-map cookie cookie-parser cookie-session cookies
  copy-webpack-plugin core-js core-util-is cors cosmiconfig crc cron cross-env cross-fetch cross-spawn
  crypto-browserify crypto-js css css-loader css-select csstype csurf csv csv-parse csv-parser csv-stringify cypress
  d3 d3-array d3-scale dagre dashdash data-uri-to-buffer date-fns dateformat dayjs debug decamelize decimal.js
  deep-equal deep-extend deep-is deepmerge defaults define-properties del delayed-stream depd dequal detect-libc
  diff discord.js dom-serializer domhandler dompurify domutils dot-prop dotenv dotenv-expand drizzle-orm duplexer
  duplexify eastasianwidth ejs electron electron-builder electron-updater elliptic email-validator ember-cli
  emoji-regex emotion encodeurl end-of-stream engine.io enhanced-resolve enquirer entities env-cmd envalid enzyme
  errno error-ex es-abstract es6-promise es6-shim esbuild escape-html escape-string-regexp escodegen eslint
  eslint-config-airbnb eslint-config-prettier eslint-plugin-import eslint-plugin-jest eslint-plugin-jsx-a11y
  eslint-plugin-prettier eslint-plugin-react eslint-plugin-react-hooks eslint-plugin-vue eslint-scope espree esprima
  estraverse esutils etag ethers event-stream event-target-shim eventemitter2 eventemitter3 events eventsource execa
  exit express express-jwt express-rate-limit express-session express-validator extend extsprintf faker fancy-log
  fast-check fast-deep-equal fast-glob fast-json-stable-stringify fast-levenshtein fast-xml-parser fastify fastq
  fetch-mock fflate figures file-loader file-saver file-type fill-range finalhandler find-up firebase firebase-admin
  flat flat-cache flatted flow-bin follow-redirects for-in foreach forever form-data formidable formik forwarded
  framer-motion fresh from fs-extra fs.realpath fsevents function-bind gatsby gaxios get-intrinsic get-port
  get-stream getpass glob glob-parent globals globby google-auth-library googleapis got graceful-fs graphql
  graphql-request graphql-tag grunt grunt-cli gsap gulp gulp-sass gulp-util gunzip-maybe handlebars har-validator
  has has-ansi has-flag has-symbols hash.js hasown he helmet highlight.js hoek hoist-non-react-statics hono
  hosted-git-info html-entities html-minifier html-webpack-plugin htmlparser2 http-errors http-proxy
  http-proxy-agent http-proxy-middleware http-server http-signature https-proxy-agent husky i18next iconv-lite
  ieee754 ignore immer immutable import-fresh imurmurhash indent-string inflight inherits ini inquirer invariant
  ioredis ip ipaddr.js is-arrayish is-buffer is-core-module is-docker is-extglob is-fullwidth-code-point is-glob
  is-number is-obj is-path-inside is-plain-obj is-plain-object is-promise is-regex is-stream is-typedarray
  is-windows isarray isbot isexe isobject isomorphic-fetch isstream istanbul jade jasmine jasmine-core jest jest-cli
  jest-environment-jsdom jest-mock jimp jiti joi jose jquery jquery-ui js-base64 js-cookie js-tokens js-yaml jsbn
  jsdom jsesc jshint json-schema json-server json-stringify-safe json2csv json5 jsonc-parser jsonfile jsonp
  jsonparse jsonpath jsonschema jsonwebtoken jsprim jss jszip jwa jwks-rsa jws jwt-decode jwt-simple kafkajs karma
  keygrip keyv kind-of kleur knex koa koa-bodyparser koa-router kuler leaflet less less-loader leven levn
  lint-staged lit loader-utils localforage locate-path lodash lodash-es lodash.clonedeep lodash.debounce lodash.get
  lodash.isequal lodash.merge lodash.set lodash.throttle log-symbols log-update log4js loglevel long loose-envify
  lowdb lower-case lru-cache magic-string make-dir make-error map-stream mapbox-gl markdown-it marked material-ui
  md5 media-typer memfs memoize-one memory-fs merge merge-descriptors merge-stream merge2 mermaid method-override
  methods micromatch mime mime-db mime-types mimic-fn mini-css-extract-plugin minimatch minimist minipass minizlib
  mitt mkdirp mobx mobx-react mocha mock-fs mockdate moment moment-timezone mongodb mongoose morgan mqtt ms msw
  multer mustache mute-stream mysql mysql2 mz nan nanoid natural-compare nconf negotiator neo4j-driver net-snmp next
  next-auth ng-packagr nise nock node-cache node-cron node-fetch node-forge node-gyp node-ipc node-notifier
  node-pre-gyp node-releases node-sass node-schedule node-uuid nodemailer nodemon nopt normalize-package-data
  normalize-path normalize-url normalize.css notistack npm npm-check-updates npm-run-all npm-run-path npmlog
  nth-check numeral nunjucks nuxt nwsapi nx nyc oauth oauth-sign object-assign object-hash object-inspect
  object-keys object-path objectpath ohash on-finished on-headers once onetime open openai openapi-types opener
  openpgp optimist optionator ora os-tmpdir oxlint p-limit p-locate p-map p-queue p-retry p-try package-json pako
  papaparse parcel parse-json parse5 parsejson parseurl passport passport-jwt passport-local passport-oauth2
  patch-package path path-exists path-is-absolute path-key path-parse path-to-regexp path-type pathe pdf-lib
  pdfjs-dist pdfkit pend performance-now pg pg-promise phantomjs phin picocolors picomatch pify pinia pino pino-http
  pino-pretty pirates pixi.js pkg-dir playwright pluralize pm2 pngjs polished portfinder postcss postcss-loader
  postgres preact prebuild-install prettier pretty-bytes pretty-format prisma prismjs process process-nextick-args
  progress promise prompts prop-types proper-lockfile protobufjs proxy-addr proxy-agent proxy-from-env pseudomap psl
  pug pump punycode puppeteer puppeteer-core q qrcode qs query-string querystring querystringify queue quill radash
  ramda randombytes range-parser raw-body raw-loader rc rc-slider react react-bootstrap react-dnd react-dom
  react-dropzone react-hook-form react-hot-loader react-icons react-intl react-is react-markdown react-modal
  react-native react-query react-redux react-refresh react-router react-router-dom react-scripts react-select
  react-spring react-table react-test-renderer react-toastify react-transition-group react-window read-pkg
  readable-stream readdirp recharts recoil recompose redis redux redux-form redux-logger redux-persist redux-saga
  redux-thunk reflect-metadata regenerator-runtime rehype remark request request-promise request-promise-native
  requests require-dir require-directory require-from-string requires-port reselect resolve resolve-from restify
  restore-cursor retry reusify rfdc rimraf rollup rollup-plugin-commonjs rollup-plugin-node-resolve
  rollup-pluginutils rsvp run-async run-parallel rxjs safe-buffer safer-buffer sanitize-html sass sass-loader sax
  scheduler schema-utils scp2 semver semver-diff send sequelize sequelize-cli serialize-javascript serve
  serve-static set-blocking setprototypeof sha.js sharp shebang-command shebang-regex shelljs shortid should
  side-channel signal-exit simple-git sinon sinon-chai sirv slash slice-ansi slick-carousel slugify snyk socket.io
  socket.io-client sockjs socks sortablejs source-map source-map-support spdx-license-ids split split2 sprintf-js
  sql.js sqlite sqlite3 ssh2 sshpk ssri stack-utils standard statuses stream-browserify stream-http string-width
  string_decoder strip-ansi strip-bom strip-json-comments stripe style-loader styled-components stylelint stylis
  stylus superagent supertest supports-color svelte svgo swagger-jsdoc swagger-ui-express swiper swr synckit table
  tailwind-merge tailwindcss tap tapable tape tar tar-fs tar-stream tedious temp terser terser-webpack-plugin
  tesseract.js text-table then-request three throat throttle-debounce through through2 tiny-invariant tinycolor2
  tinyglobby tmp to-regex-range toml tough-cookie tr46 trpc ts-jest ts-loader ts-morph ts-node ts-node-dev
  tsconfig-paths tslib tslint tsup tsutils tsx tunnel-agent turbo tweetnacl twilio type-check type-fest typedarray
  typeorm typescript ua-parser-js uglify-js uid-safe underscore undici unified uniqid universalify unpipe
  update-notifier uri-js url url-join url-loader url-parse use-debounce use-sync-external-store util util-deprecate
  utils-merge uuid valibot valid-url validator valtio vary verror vinyl vite vitest vue vue-i18n vue-loader
  vue-router vue-template-compiler vuetify vuex watchpack wcwidth web-vitals web3 webdriverio webidl-conversions
  webpack webpack-bundle-analyzer webpack-cli webpack-dev-middleware webpack-dev-server webpack-merge
  webpack-sources websocket whatwg-fetch whatwg-url which which-module widest-line winston winston-daily-rotate-file
  word-wrap wordwrap workbox-webpack-plugin wrap-ansi wrappy write-file-atomic ws xlsx xml xml-crypto xml-js xml2js
  xmlbuilder xmldom xmlhttprequest xpath xtend y18n yallist yaml yargs yargs-parser yarn yauzl yazl yeoman-generator
  yo yup zod zone.js zustand zx`;
