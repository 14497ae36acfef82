/**
 * Names that everybody in an ecosystem knows, which is why others imitate them. Written down by hand in 2026 from what
 * is used most and longest; no registry's list was taken, so it is neither complete nor in an order. A name that is near
 * another one and no imitation of it belongs in here too: nothing in this file is ever suspected.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import { famousNpmNames } from "./famous-npm-names.ts";
import { famousNugetNames } from "./famous-nuget-names.ts";
import { famousPypiNames } from "./famous-pypi-names.ts";

/** Separated by white space. */
export const famousNames: Readonly<Partial<Record<Ecosystem, string>>> = {
  npm: famousNpmNames,
  PyPI: famousPypiNames,
  NuGet: famousNugetNames,
  "crates.io": `
    actix-web addr2line ahash aho-corasick anyhow arbitrary arrayvec async-std async-stream async-trait atty autocfg
    axum axum-core backtrace base64 bincode bindgen bitflags block-buffer bstr bumpalo bytemuck byteorder bytes
    camino cargo_metadata cc cfg-if chrono ciborium clap clap_builder clap_derive cmake colored combine console
    const_format cookie core-foundation cpufeatures crates-index crc crc32fast criterion crossbeam crossbeam-channel
    crossbeam-deque crossbeam-epoch crossbeam-queue crossbeam-utils crossterm crypto-common csv ctor
    curve25519-dalek darling dashmap deranged derive_builder derive_more diesel digest dirs dotenv dotenvy
    ed25519-dalek either encoding_rs enum-iterator env_logger erased-serde errno fastrand filetime fixedbitset
    flate2 fnv foldhash form_urlencoded fs2 futures futures-channel futures-core futures-executor futures-io
    futures-macro futures-sink futures-task futures-util generic-array getrandom gimli glob globset h2 half
    hashbrown headers heck hex hmac home http http-body httparse httpdate humantime hyper hyper-rustls hyper-tls
    hyper-util iana-time-zone idna ignore image indexmap indicatif inquire insta instant ipnet is-terminal itertools
    itoa jobserver js-sys lazy_static libc libloading libm lock_api log lru maplit matchit memchr memmap2 memoffset
    mime miniz_oxide mio mockall multer nalgebra native-tls nix nom notify num num-bigint num-complex num-derive
    num-integer num-iter num-rational num-traits num_cpus object once_cell opaque-debug openssl openssl-probe
    openssl-sys ordered-float parking_lot parking_lot_core paste pathdiff percent-encoding pest petgraph phf
    pin-project pin-project-lite pin-utils pkg-config plotters png ppv-lite86 pretty_assertions prettyplease
    proc-macro-crate proc-macro2 proptest prost prost-build prost-derive quick-error quick-xml quickcheck quote r2d2
    rand rand_chacha rand_core rand_distr rayon rayon-core redis regex regex-automata regex-syntax reqwest ring
    rocket ron rsa rstest rusqlite rustc-demangle rustc-hash rustc_version rustix rustls rustls-pemfile
    rustls-webpki rustversion ryu same-file schannel schemars scopeguard sea-orm security-framework semver serde
    serde_bytes serde_derive serde_json serde_path_to_error serde_qs serde_repr serde_urlencoded serde_with
    serde_yaml sha-1 sha1 sha2 sharded-slab shlex signal-hook simd-adler32 similar siphasher slab slog smallvec smol
    socket2 spin sqlx static_assertions strsim structopt strum strum_macros subtle syn sync_wrapper sysinfo tar
    target-lexicon tempfile termcolor textwrap thiserror thread_local time tinyvec tokio tokio-macros
    tokio-native-tls tokio-rustls tokio-stream tokio-tungstenite tokio-util toml toml_edit tonic tower tower-http
    tower-layer tower-service tracing tracing-attributes tracing-core tracing-log tracing-subscriber trybuild
    tungstenite typenum ucd-trie unicase unicode-ident unicode-normalization unicode-segmentation unicode-width
    unicode-xid untrusted ureq url utf8parse uuid valuable vcpkg version_check void wait-timeout walkdir want warp
    wasm-bindgen wasmtime web-sys which winapi windows windows-sys winnow winreg xml-rs yansi zerocopy zeroize zip
    zstd`,
  RubyGems: `
    actioncable actionmailer actionpack actionview activejob activemodel activerecord activestorage activesupport
    addressable arel ast aws-sdk aws-sdk-core aws-sdk-s3 aws-sigv4 bcrypt bigdecimal bindex bootsnap brakeman
    builder bundler byebug cancancan capistrano capybara carrierwave chef childprocess coderay coffee-rails
    concurrent-ruby connection_pool crack crass css_parser daemons database_cleaner debug devise diff-lcs
    domain_name dotenv dotenv-rails dry-types erubi eventmachine excon execjs factory_bot factory_bot_rails faker
    faraday faraday_middleware fastlane ffi figaro fog font-awesome-rails globalid gon google-protobuf grape graphql
    grpc guard haml hashie highline hiredis http http_parser.rb httparty httpclient i18n importmap-rails jbuilder
    jekyll jmespath jquery-rails json json-schema jwt kaminari kramdown launchy letter_opener liquid listen lograge
    loofah mail marcel memoist method_source mime-types mini_magick mini_mime mini_portile2 minitest mocha mongo
    mongoid msgpack multi_json multi_xml multipart-post mysql2 net-http net-imap net-pop net-smtp net-ssh
    newrelic_rpm nio4r nokogiri oauth oauth2 octokit oj omniauth omniauth-google-oauth2 omniauth-oauth2 optimist
    paperclip parallel parser pg pg_search pry pry-byebug pry-rails public_suffix puma pundit racc rack rack-attack
    rack-cors rack-protection rack-proxy rack-session rack-test rails rails-dom-testing rails-html-sanitizer
    rails-i18n railties rainbow rake ransack rb-fsevent rb-inotify rdoc redcarpet redis redis-client redis-namespace
    regexp_parser reline representable resque rest-client retriable rexml roo rouge rspec rspec-core
    rspec-expectations rspec-mocks rspec-rails rspec-support rubocop rubocop-ast rubocop-performance rubocop-rails
    rubocop-rspec ruby-progressbar ruby2_keywords rubyzip safe_yaml sass sass-rails sassc sassc-rails sawyer
    selenium-webdriver sentry-rails sentry-ruby sequel shoulda-matchers sidekiq sidekiq-cron signet simple_form
    simplecov sinatra slim slop solargraph spring sprockets sprockets-rails sqlite3 stimulus-rails stringio stripe
    strong_migrations temple terminal-table terser thin thor thread_safe tilt timecop timeout turbo-rails turbolinks
    twilio-ruby tzinfo uglifier unicode-display_width unicorn vcr versionist warden web-console webdrivers webmock
    webpacker webrick websocket websocket-driver will_paginate xpath yard zeitwerk zip-zip`,
  Packagist: `
    aws/aws-sdk-php barryvdh/laravel-debugbar barryvdh/laravel-dompdf barryvdh/laravel-ide-helper brick/math
    composer/ca-bundle composer/composer composer/semver doctrine/annotations doctrine/cache doctrine/collections
    doctrine/common doctrine/dbal doctrine/deprecations doctrine/doctrine-bundle doctrine/doctrine-migrations-bundle
    doctrine/event-manager doctrine/inflector doctrine/instantiator doctrine/lexer doctrine/migrations doctrine/orm
    doctrine/persistence dompdf/dompdf egulias/email-validator ezyang/htmlpurifier fakerphp/faker filp/whoops
    firebase/php-jwt friendsofphp/php-cs-fixer google/apiclient guzzlehttp/guzzle guzzlehttp/promises
    guzzlehttp/psr7 intervention/image larastan/larastan laravel/framework laravel/horizon laravel/passport
    laravel/pint laravel/sail laravel/sanctum laravel/scout laravel/socialite laravel/telescope laravel/tinker
    laravel/ui lcobucci/jwt league/commonmark league/csv league/flysystem league/flysystem-aws-s3-v3
    league/mime-type-detection league/oauth2-client livewire/livewire maatwebsite/excel mockery/mockery
    monolog/monolog mpdf/mpdf nesbot/carbon nette/utils nikic/fast-route nikic/php-parser nunomaduro/collision
    nyholm/psr7 paragonie/random_compat pestphp/pest phpmailer/phpmailer phpoffice/phpspreadsheet phpoffice/phpword
    phpoption/phpoption phpseclib/phpseclib phpspec/prophecy phpstan/phpstan phpunit/php-code-coverage
    phpunit/phpunit predis/predis psr/cache psr/container psr/event-dispatcher psr/http-client psr/http-factory
    psr/http-message psr/log psr/simple-cache psy/psysh pusher/pusher-php-server ramsey/collection ramsey/uuid
    rector/rector sebastian/comparator sebastian/diff sebastian/environment sebastian/exporter sentry/sentry
    sentry/sentry-laravel slim/slim spatie/laravel-backup spatie/laravel-medialibrary spatie/laravel-permission
    squizlabs/php_codesniffer stripe/stripe-php swiftmailer/swiftmailer symfony/cache symfony/config symfony/console
    symfony/dependency-injection symfony/dotenv symfony/error-handler symfony/event-dispatcher symfony/filesystem
    symfony/finder symfony/flex symfony/form symfony/framework-bundle symfony/http-client symfony/http-foundation
    symfony/http-kernel symfony/mailer symfony/maker-bundle symfony/mime symfony/monolog-bundle
    symfony/options-resolver symfony/polyfill-mbstring symfony/process symfony/property-access symfony/routing
    symfony/security-bundle symfony/serializer symfony/string symfony/translation symfony/twig-bundle
    symfony/validator symfony/var-dumper symfony/yaml tecnickcom/tcpdf twig/twig vimeo/psalm vlucas/phpdotenv
    webmozart/assert wikimedia/composer-merge-plugin yajra/laravel-datatables-oracle`,
};
