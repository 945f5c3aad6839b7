import { join } from "node:path";
import { compileStringAsync } from "sass";
import { pathToFileURL } from "node:url";
import { govukFrontend } from "../components/govuk.ts";
import type { WebsiteSettings } from "../settings.ts";

/**
 * The style sheet of the website in a council's colour and font, made of GOV.UK Frontend and of `site.scss`. Takes about half a second of the processor. Throws Sass's error.
 * The settings are checked where they are read: nothing else than a colour and names of fonts comes here.
 */
export async function styleSheet({ brandColour, fontFamily }: WebsiteSettings): Promise<string> {
  const { css } = await compileStringAsync(
    `@use "settings" with (
      $govuk-functional-colours: ("brand": ${brandColour}),
      $govuk-font-family: (${fontFamily}),
      // Nobody sees what changed in the version before.
      $govuk-suppressed-warnings: ("organisation-colours")
    );
    @use "site";`,
    {
      url: pathToFileURL(join(import.meta.dirname, "theme.scss")),
      loadPaths: [import.meta.dirname, join(govukFrontend, "govuk")],
      style: "compressed",
      charset: false,
      quietDeps: true,
    },
  );
  return css;
}
