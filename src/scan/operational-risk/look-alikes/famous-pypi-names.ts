/** The PyPI part of the famous names; how they were chosen: `famous-names.ts`. */
export const famousPypiNames = `
  absl-py accelerate adal aiobotocore aiofiles aiohttp aioitertools aiomysql aiopg aioredis aiosignal aiosqlite
  airflow alabaster alembic altair amqp aniso8601 annotated-types ansible ansible-core anthropic
  antlr4-python3-runtime anyio apache-airflow apache-beam appdirs apscheduler argcomplete argon2-cffi argparse arrow
  asgiref asn1crypto astor astroid astropy asttokens async-timeout asyncpg asyncssh atomicwrites attrs authlib
  autopep8 aws-sam-cli aws-xray-sdk awscli azure-common azure-core azure-cosmos azure-identity azure-keyvault
  azure-storage-blob babel backcall backoff backports.zoneinfo bandit bcrypt beautifulsoup4 behave billiard bitarray
  black blake3 bleach blinker bokeh boto boto3 botocore bottle bs4 build cachecontrol cachetools cattrs celery
  cement certifi cffi chardet charset-normalizer cheroot cherrypy chromadb click clickhouse-driver cloudpickle cmake
  colorama coloredlogs colorlog configparser contourpy cookiecutter coverage crispy-bootstrap5 croniter cryptography
  cssselect cupy curio cx-oracle cycler cython dash dask databricks-sdk datadog datasets dateparser dbt-core deap
  debugpy decorator deepdiff defusedxml delta-spark deprecated deprecation diff-match-patch dill diskcache distlib
  distro django django-cors-headers django-debug-toolbar django-environ django-extensions django-filter
  django-storages djangorestframework dnspython docker docker-compose docopt docstring-parser docutils dominate
  dotenv dulwich ecdsa editables elasticsearch email-validator entrypoints et-xmlfile exceptiongroup execnet
  executing fabric faiss-cpu faker falcon fastapi fastavro fastjsonschema fasttext feedparser filelock fire flake8
  flask flask-cors flask-jwt-extended flask-login flask-migrate flask-restful flask-sqlalchemy flask-wtf flatbuffers
  fonttools freezegun frozenlist fsspec funcsigs furl future futures fuzzywuzzy gast gensim geopandas geopy gevent
  gino gitdb gitpython google-api-core google-api-python-client google-auth google-auth-oauthlib
  google-cloud-bigquery google-cloud-core google-cloud-pubsub google-cloud-storage googleapis-common-protos gql
  gradio graphene graphql-core graphviz greenlet grpcio grpcio-status grpcio-tools gunicorn gym h11 h2 h5py hiredis
  holidays hpack html5lib httpcore httplib2 httptools httpx huggingface-hub humanfriendly humanize hvac hydra-core
  hyperlink hypothesis identify idna imageio imagesize imbalanced-learn importlib-metadata importlib-resources
  inflect inflection influxdb iniconfig invoke ipaddress ipdb ipykernel ipython ipywidgets isodate isort
  itsdangerous jax jaxlib jedi jeepney jinja2 jira jmespath joblib json5 jsonlines jsonpatch jsonpath-ng jsonpickle
  jsonpointer jsonschema jupyter jupyter-client jupyter-core jupyterlab jwcrypto kafka-python keras keyring
  kiwisolver kombu kubernetes langchain langchain-core langsmith lazy-object-proxy lightgbm lightning litellm
  llama-index llvmlite locust loguru lxml lz4 mako markdown markdown-it-py markupsafe marshmallow matplotlib
  matplotlib-inline mccabe mdurl mechanize mercurial mistune mkdocs mkdocs-material mlflow mock more-itertools moto
  mpmath msal msal-extensions msgpack msrest msrestazure multidict multiprocess mypy mypy-extensions
  mysql-connector-python mysqlclient natsort nbconvert nbformat nest-asyncio netaddr networkx nltk nodeenv nose
  notebook numba numexpr numpy nvidia-ml-py oauth2client oauthlib odfpy onnx onnxruntime openai opencv-python
  opencv-python-headless openpyxl opentelemetry-api opentelemetry-sdk oracledb orjson oscrypto outcome overrides
  packaging paho-mqtt pandas paramiko parso passlib pathlib2 pathspec patsy pbr peewee pendulum pep8 pexpect
  phonenumbers pika pillow pip pip-tools pipdeptree pipenv pipx pkginfo platformdirs playwright plotly pluggy ply
  poetry poetry-core polars portalocker pox pre-commit prefect prettytable progressbar2 prometheus-client
  prompt-toolkit protobuf psutil psycopg psycopg2 psycopg2-binary ptyprocess pure-eval py py4j pyarrow pyasn1
  pyasn1-modules pycares pycodestyle pycountry pycparser pycrypto pycryptodome pycryptodomex pycurl pydantic
  pydantic-core pydantic-settings pydata-google-auth pydocstyle pydot pyfiglet pyflakes pygame pygit2 pygithub
  pygments pyinstaller pyjwt pylint pymongo pymssql pymysql pynacl pyodbc pyopenssl pyotp pyparsing pypdf pypdf2
  pyperclip pyproj pyproject-hooks pyqt5 pyqt6 pyramid pyrsistent pyserial pysftp pyside6 pysocks pyspark
  pytesseract pytest pytest-asyncio pytest-cov pytest-django pytest-mock pytest-timeout pytest-xdist python-daemon
  python-dateutil python-decouple python-docx python-dotenv python-gitlab python-jose python-json-logger
  python-magic python-multipart python-slugify python-telegram-bot pytorch-lightning pytz pytzdata pywavelets
  pywin32 pyyaml pyzmq qrcode quart rapidfuzz ray readme-renderer redis regex reportlab requests requests-mock
  requests-oauthlib requests-toolbelt responses retry retrying rfc3986 rich robotframework rpds-py rsa ruamel.yaml
  ruff s3fs s3transfer safetensors sagemaker sanic scikit-image scikit-learn scipy scons scrapy seaborn
  secretstorage selenium sendgrid sentence-transformers sentencepiece sentry-sdk service-identity setproctitle
  setuptools setuptools-scm sh shapely shellingham simplejson six sklearn slack-sdk smart-open smmap sniffio
  snowballstemmer snowflake-connector-python sortedcontainers soupsieve spacy sphinx sphinx-rtd-theme sqlalchemy
  sqlalchemy-utils sqlglot sqlmodel sqlparse stack-data starlette statsmodels streamlit stripe sympy tabulate tblib
  telethon tenacity tensorboard tensorflow termcolor terminado testcontainers text-unidecode textblob thinc
  threadpoolctl thrift tifffile tiktoken timm tinycss2 tldextract tokenizers toml tomli tomlkit toolz torch
  torchaudio torchvision tornado tox tqdm traitlets transformers trio trove-classifiers tweepy twilio twine twisted
  typeguard typer types-pyyaml types-requests typing typing-extensions typing-inspect tzdata tzlocal ujson unidecode
  unittest2 uritemplate urllib3 uvicorn uvloop validators vcrpy vine virtualenv wagtail waitress wandb warlock
  watchdog watchfiles wcwidth weasyprint webcolors webencodings websocket-client websockets werkzeug wheel
  whitenoise wrapt wtforms xgboost xlrd xlsxwriter xlwt xmltodict xxhash yapf yarl yt-dlp zeep zipp zope.interface
  zstandard`;
