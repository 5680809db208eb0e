// `npm run setup`: makes a fresh clone ready to use; takes a second when it is. Exit 2: something has to be installed by hand.
import { main } from "./lib/step.mjs";
import { setUp } from "./setup/all.mjs";

await main(setUp);
