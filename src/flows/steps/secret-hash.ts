import { createHmac } from "node:crypto";
import type { SecretHash } from "../../change/formats/secrets.ts";
import type { InstallationId } from "../../ids.ts";
import type { FlowContext } from "./context.ts";

/** Hexadecimal digits: two secrets of one room have the same by chance in one of 10^19 pairs. */
const DIGITS = 16;

/** What tells by a key whether two secrets of one room are the same. */
export const secretHash =
  (key: string, room: string): SecretHash =>
  (secret) =>
    createHmac("sha256", key).update(`secret ${room} ${secret}`).digest("hex").slice(0, DIGITS);

/** By the App's own key, and not across installations. */
export const secretHashOf = ({ hashKey }: Pick<FlowContext, "hashKey">, installation: InstallationId): SecretHash =>
  secretHash(hashKey, `${installation}`);
