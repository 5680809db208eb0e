/** ANSI colours, or none. */

export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly gutter: (text: string) => string;
  readonly strong: (text: string) => string;
}

function ansi(codes: string): (text: string) => string {
  return (text) => (text === "" ? "" : `\u001b[${codes}m${text}\u001b[0m`);
}

const same = (text: string): string => text;

export const plainStyle: Style = { error: same, warning: same, gutter: same, strong: same };
export const colorStyle: Style = { error: ansi("1;31"), warning: ansi("1;33"), gutter: ansi("34"), strong: ansi("1") };
