// `npm run invite -- --role admin|editor|mapper`: prints a signed link with which somebody is signed in, where there is no identity provider, or none yet.
import { Command, Option } from "commander";
import { momentInWords } from "../calendar/dateInWords.ts";
import type { Actor } from "../core/caller.ts";
import { readConfig } from "../core/config.ts";
import { signingKeyOf } from "../core/signingKeyOf.ts";
import { createTokens } from "../core/tokens.ts";
import { invite } from "./signingIn/invite.ts";

const options = new Command("npm run invite --")
  .description("Prints a link with which somebody is signed in. Whoever has it is them: send it to nobody else.")
  .addOption(
    new Option("--role <role>", "a mapper proposes, an editor publishes where they may edit, an admin everywhere")
      .choices(["mapper", "editor", "admin"])
      .makeOptionMandatory(),
  )
  .option("--area <slug...>", "slugs or ids of the areas that an editor may edit in", [])
  .option("--organisation <id...>", "ids of the organisations for which an editor may edit", [])
  .option("--hours <number>", "how long it is good", "24")
  .option("--url <url>", "where the directory answers", "http://localhost:4000")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{
    readonly role: Lowercase<Actor["role"]>;
    readonly area: readonly string[];
    readonly organisation: readonly string[];
    readonly hours: string;
    readonly url: string;
  }>();

try {
  const key = await signingKeyOf(readConfig(process.env));
  if (key === null) {
    throw new Error("SIGNING_KEY is not set: set the same secret (32 characters or more) as for the directory.");
  }
  const { link, token, expiresAt } = await invite(
    {
      role: options.role.toUpperCase() as Uppercase<typeof options.role>,
      areas: options.area,
      organisations: options.organisation,
      hours: Number(options.hours),
      url: options.url,
    },
    { tokens: createTokens(key), now: new Date() },
  );
  process.stdout.write(
    `Whoever opens this link can sign in, until ${momentInWords(expiresAt, expiresAt, false)}:\n\n${link}\n\n` +
      `Programs send the token in the header \`Authorization: Bearer <token>\`:\n\n${token}\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
