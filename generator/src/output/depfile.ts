/** Make's dependency format, which CMake, Ninja and Make read. */

function escapePath(path: string): string {
  return path.replace(/[\\ #]/g, "\\$&").replaceAll("$", "$$$$");
}

export function depfileText(outputs: readonly string[], inputs: readonly string[]): string {
  return `${outputs.map(escapePath).join(" ")}: ${inputs.map(escapePath).join(" ")}\n`;
}
