const WITH_MILLISECONDS = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z$/;

/** JSON as GitHub writes it: its moments carry no milliseconds. */
export const serialized = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === "string" ? item.replace(WITH_MILLISECONDS, "$1Z") : item,
  );
