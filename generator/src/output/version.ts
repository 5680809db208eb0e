/** Version of this generator; equal to the package's, which a test checks. */
export const GENERATOR_VERSION = "0.1.0";
