import type { EcosystemId } from "./contract.ts";

interface Names {
  /** Names that people add by hand to many projects. */
  readonly known: string;
  /** Packages in real use whose names stand one letter beside one of those. */
  readonly beside: string;
}

/** A name says nothing below this: short words are one letter apart by chance. */
const MIN_CHARS = 5;
const MAX_CHARS = 40;

const NAMES: Partial<Record<EcosystemId, Names>> = {
  npm: {
    known:
      "react react-dom react-router react-router-dom react-redux redux redux-thunk redux-saga svelte angular jquery lodash underscore moment dayjs date-fns axios request node-fetch superagent express fastify body-parser cookie-parser helmet morgan socket.io mongoose mongodb mysql mysql2 sequelize typeorm prisma redis ioredis dotenv commander yargs minimist chalk colors inquirer debug winston bluebird async nanoid classnames prop-types styled-components tailwindcss bootstrap webpack webpack-cli rollup esbuild parcel babel-core babel-loader css-loader style-loader file-loader typescript ts-node ts-jest eslint prettier mocha sinon cypress puppeteer playwright selenium-webdriver husky lint-staged nodemon concurrently cross-env rimraf mkdirp minimatch semver fs-extra graceful-fs chokidar execa shelljs cheerio jsdom handlebars mustache marked markdown-it highlight.js prismjs postcss autoprefixer node-sass graphql apollo-server apollo-client jsonwebtoken passport bcrypt bcryptjs crypto-js nodemailer multer sharp validator immer immutable ramda three chart.js leaflet electron electron-builder discord.js telegraf ethers hardhat truffle ganache bignumber.js bn.js elliptic secp256k1 solana openai langchain stripe firebase firebase-admin aws-sdk googleapis dompurify qrcode form-data mime-types compression formik swiper vue-router vuetify storybook zustand",
    beside:
      "gaxios color enquirer colord preact crypt dargs mquery rambda aws-cdk jsdoc tslint args mssql graphiql vasync mimer mkdirp2 ttypescript vargs fs.extra crypto-es jslint dbug telegram ps-node scrypt prettierx storyblok cookies angular2 expresso",
  },
  pypi: {
    known:
      "requests numpy pandas scipy matplotlib scikit-learn tensorflow torch torchvision keras django flask fastapi starlette uvicorn gunicorn celery redis sqlalchemy alembic psycopg2 psycopg2-binary pymongo boto3 botocore urllib3 certifi cryptography paramiko pycryptodome pyyaml jinja2 click typer pydantic pytest pytest-cov setuptools wheel virtualenv poetry black flake8 pylint isort coverage selenium beautifulsoup4 lxml scrapy httpx aiohttp websockets pillow opencv-python openai langchain transformers tokenizers datasets huggingface-hub notebook jupyter ipython colorama python-dateutil python-dotenv packaging simplejson protobuf grpcio sentry-sdk eth-account discord.py telethon psutil docker kubernetes ansible awscli attrs networkx sympy seaborn plotly streamlit gradio",
    beside:
      "psycopg cattrs psycopg-binary pycryptodomex boto scapy pyaml discord-py httpr usort gsutil dataset gpytorch willow unicorn simpy bpython grequests fastai attr torchx vyper ctransformers djongo websocket ipytest python tokenize-rt",
  },
  cargo: {
    known:
      "serde serde_json serde_yaml tokio tokio-util regex anyhow thiserror reqwest hyper actix-web rocket diesel chrono env_logger tracing tracing-subscriber futures async-trait bytes itertools lazy_static once_cell quote proc-macro2 num_cpus rayon crossbeam parking_lot base64 rustls openssl tempfile walkdir indexmap hashbrown ethers alloy secp256k1 rusqlite crossterm bitflags smallvec",
    beside: "serde_yml serde_json5 tracing-subscribe",
  },
  ruby: {
    known:
      "rails rspec rspec-rails devise sidekiq nokogiri rubocop pundit capybara faraday bundler webpacker sinatra sequel jekyll minitest factory_bot simplecov bootsnap",
    beside: "",
  },
};

/** Letters that registries or readers take for one another do not make another name. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, "");

interface Index {
  readonly names: ReadonlySet<string>;
  /** Known names under themselves with one letter left out, and whole. */
  readonly without: ReadonlyMap<string, readonly string[]>;
}

const INDEXES = new Map<EcosystemId, Index>();

function indexOf(ecosystem: EcosystemId, { known, beside }: Names): Index {
  const made = INDEXES.get(ecosystem);
  if (made !== undefined) return made;
  const without = new Map<string, string[]>();
  const list = known.split(" ").filter((name) => name.length >= MIN_CHARS);
  for (const name of list)
    for (const part of shortened(plain(name))) {
      const same = without.get(part);
      if (same === undefined) without.set(part, [name]);
      else same.push(name);
    }
  const names = new Set([...known.split(" "), ...beside.split(" ")].map((name) => name.toLowerCase()));
  const index = { names, without };
  INDEXES.set(ecosystem, index);
  return index;
}

const shortened = (name: string): ReadonlySet<string> =>
  new Set([name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]);

/** The well-known package that a name is one letter, one swap or one sign away from; null for other names. */
export function nearName(ecosystem: EcosystemId, name: string): string | null {
  const names = NAMES[ecosystem];
  if (names === undefined || name.length < MIN_CHARS || name.length > MAX_CHARS) return null;
  const index = indexOf(ecosystem, names);
  const lowered = name.toLowerCase();
  if (index.names.has(lowered) || (ecosystem === "pypi" && index.names.has(lowered.replace(/[_.]/g, "-")))) return null;
  const written = plain(name);
  for (const part of shortened(written))
    for (const known of index.without.get(part) ?? []) if (isNear(written, plain(known))) return known;
  return null;
}

/** The same but for signs, or one letter more, less, other or swapped with its neighbour. */
function isNear(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return long.length === short.length + 1 && short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
