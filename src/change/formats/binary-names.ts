import type { BinaryKind } from "../content.ts";

const BY_ENDING: Readonly<Record<string, BinaryKind>> = Object.fromEntries(
  (
    [
      ["executable", "exe com scr msi elf appimage deb rpm dmg pkg ko efi"],
      ["library", "dll so dylib a lib o obj jar war ear class dex apk aar node pyd pyc whl egg nupkg"],
      ["archive", "zip gz tgz bz2 tbz xz txz zst 7z rar tar lz lzma br cab iso"],
      ["wasm", "wasm"],
      ["picture", "png jpg jpeg gif webp ico icns bmp tif tiff avif heic psd"],
      ["font", "woff woff2 ttf otf eot"],
      ["sound", "mp3 mp4 m4a wav ogg flac webm mov avi mkv"],
      ["document", "pdf doc docx xls xlsx ppt pptx odt ods"],
      [
        "unknown",
        "bin out run sys app dat data db sqlite sqlite3 pickle pkl npy npz h5 hdf5 parquet onnx pt pth safetensors model",
      ],
    ] as const
  ).flatMap(([kind, endings]) => endings.split(" ").map((ending) => [ending, kind])),
);

/** What a file says that it is by its ending; null for endings of texts, and of nothing. */
export function claimedKind(path: string): BinaryKind | null {
  const [, ending = ""] = /\.([a-z0-9]{1,12})$/.exec(path.toLowerCase()) ?? [];
  if (/\.so\.\d[\d.]*$/.test(path)) return "library";
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}

/** Endings whose every file begins with the same few bytes: without them it is something else. */
export const beginsAsNamed = (path: string): boolean => /\.(?:png|jpe?g|gif|webp|woff2?|pdf)$/i.test(path);

/** Scripts and settings by which a project is built or tested: what they name is run. */
export const isBuildFile = (path: string): boolean =>
  /(^|\/)(?:Makefile(?:\.\w+)?|GNUmakefile|CMakeLists\.txt|configure(?:\.ac|\.in)?|meson\.build|BUILD(?:\.bazel)?|WORKSPACE|build\.rs|build\.gradle(?:\.kts)?|binding\.gyp|setup\.py|Rakefile|Justfile|justfile|Taskfile\.ya?ml|Dockerfile(?:\.\w+)?|package\.json|gulpfile\.[cm]?js|build\.(?:sh|ps1|py|xml|zig)|[\w-]{0,40}\.(?:cmake|m4|mk|am))$|^\.github\/(?:workflows|actions)\//.test(
    path,
  );
