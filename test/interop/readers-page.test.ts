import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { projectPath } from "../support/paths.js";
import { readersPage } from "./readers-page.js";

it("docs/readers.md says what the tests expect of the readers (UPDATE_GOLDEN=1 writes it)", () => {
  const path = projectPath("docs/readers.md");
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, readersPage());
  expect(readFileSync(path, "utf8")).toBe(readersPage());
});
