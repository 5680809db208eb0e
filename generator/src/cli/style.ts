import { colorStyle, plainStyle, type Style } from "../diagnostics/style.js";
import type { CommonFlags } from "../flags.js";
import type { Host } from "./host.js";

/** Colour on terminals, unless NO_COLOR or a flag says otherwise. */
export function styleFor({ color }: Pick<CommonFlags, "color">, { isErrorTty, env }: Host): Style {
  if (color !== "auto") return color === "always" ? colorStyle : plainStyle;
  const isRefused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return isErrorTty && !isRefused ? colorStyle : plainStyle;
}
