import { isVendored } from "../paths.ts";

/** Smaller files are alike in many repositories: a config of three lines, an empty module. */
export const MIN_BYTES = 200;

/** Written by a tool, or the same in everybody's repositories: that two have it says nothing of either. */
export const isShared = (path: string): boolean =>
  isVendored(path) || GENERATED.test(path) || LOCKS.test(path) || TEXTS_OF_ALL.test(path) || MEDIA.test(path);

const LOCKS =
  /(^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|packages\.lock\.json|gradle\.lockfile|go\.(?:sum|work\.sum)|bun\.lockb?|deno\.lock|flake\.lock|Package\.resolved|[^/]{1,60}\.lock|[^/]{1,60}-lock\.ya?ml)$/i;

const GENERATED =
  /(^|\/)(?:dist|build|out|target|coverage|generated|__generated__|__snapshots__|\.next|\.nuxt|\.yarn|Pods|Carthage|site-packages|typings|Godeps)\/|(^|\/)(?:gradlew|mvnw)(?:\.(?:bat|cmd))?$|[.-]min\.(?:[cm]?js|css)$|\.(?:map|snap|tsbuildinfo)$|\.pb\.(?:go|cc|h|swift)$|_pb2(?:_grpc)?\.pyi?$|_pb\.(?:js|d\.ts|rb)$|\.(?:g|freezed)\.dart$|\.designer\.cs$|\.generated\.\w{1,5}$|_generated\.\w{1,5}$|zz_generated\.[\w.]{1,40}$/i;

/** Licences and other texts that projects take over as they are. */
const TEXTS_OF_ALL =
  /(^|\/)(?:(?:UN)?LICEN[CS]ES?|COPYING|COPYRIGHT|NOTICE|PATENTS|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|DCO|CLA)(?:[.-][^/]{0,40})?$|(^|\/)(?:LICEN[CS]ES)\/|(^|\/)\.(?:gitignore|gitattributes|editorconfig|dockerignore|npmignore|prettierrc[^/]{0,10})$/i;

/** Fonts, pictures and icons come from sets that everybody uses. */
const MEDIA = /\.(?:woff2?|ttf|otf|eot|png|jpe?g|gif|ico|icns|svg|webp|avif|bmp|mp[34]|wav|ogg|pdf)$/i;
