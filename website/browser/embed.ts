// `<common-ground-activities area="rose-hill" condition="loneliness" heading-level="2" count="5">` on anybody's page: a list of activities out of the public endpoint. What is written
// within it is read where there is no JavaScript, and where the directory does not answer. One classic script, since that works in any page, and no framework. English, as the directory is.

(() => {
  interface Activity {
    readonly id: string;
    readonly name: string;
    readonly summary: string | null;
    readonly scheduleInWords: string | null;
    readonly nextSession: { readonly inWords: string; readonly status: string } | null;
    readonly heldAt: readonly { readonly name: string }[];
    readonly freshness: { readonly lastConfirmedOn: string | null };
    readonly source: { readonly publisher: string; readonly sample: boolean };
  }

  interface Found {
    readonly condition: { readonly name: string; readonly slug: string } | null;
    readonly search: {
      readonly understood: { readonly near: { readonly name: string } | null };
      readonly edges: readonly { readonly node: Activity | null }[];
    };
  }

  const question = `query EmbeddedActivities($area: String, $condition: String, $filter: AssetFilter, $first: Int!) {
    condition(slug: $condition) { name slug }
    search(text: "", near: $area, filter: $filter, first: $first) {
      understood { near { name } }
      edges { node { ... on Activity {
        id name summary scheduleInWords
        nextSession { inWords status }
        heldAt { name }
        freshness { lastConfirmedOn }
        source { publisher sample }
      } } }
    }
  }`;

  // Of its own, and not inline: a page may forbid inline styles.
  const style = `:host { display: block; font-family: var(--common-ground-font, inherit); color: var(--common-ground-colour, inherit); }
    a { color: var(--common-ground-link-colour, #1a65a6); }
    ul { margin: 0; padding: 0; list-style: none; }
    li { padding: 0.75em 0; border-top: 1px solid var(--common-ground-line-colour, #b1b4b6); }
    p { margin: 0.25em 0; }
    .sample { border-inline-start: 0.3em solid var(--common-ground-sample-colour, #c03535); padding-inline-start: 0.5em; }
    .source { font-size: 0.875em; }`;

  /** Where this script came from is where the directory is. */
  const scriptAddress = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : null;
  const directory = new URL(scriptAddress ?? "/", location.href).origin;
  const usual = 5;
  const most = 20;

  function made<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    part: string,
    ...contents: readonly (string | Node)[]
  ): HTMLElementTagNameMap[Name] {
    const element = document.createElement(name);
    element.setAttribute("part", part);
    element.className = part;
    // Text stays text, whatever is in it.
    element.append(...contents);
    return element;
  }

  function linkTo(path: string, part: string, text: string): HTMLAnchorElement {
    const link = made("a", part, text);
    link.href = `${directory}${path}`;
    return link;
  }

  function dateInWords(date: string): string {
    return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
  }

  const states: Readonly<Record<string, string>> = { CANCELLED: "cancelled", FULL: "full", MOVED: "moved" };

  function itemOf({ id, name, summary, scheduleInWords, nextSession, heldAt, freshness, source }: Activity): Node {
    const item = made("li", "item", linkTo(`/activities/${encodeURIComponent(id)}`, "link", name));
    if (source.sample)
      item.append(made("p", "sample", "Sample: made up to show what the directory can do. Do not go there."));
    if (summary !== null) item.append(made("p", "summary", summary));
    const places = heldAt.map((place) => place.name).join("; ");
    const when = [scheduleInWords, places].filter((text) => text !== null && text !== "").join(". ");
    if (when !== "") item.append(made("p", "when", `${when}.`));
    if (nextSession !== null) {
      const state = states[nextSession.status];
      item.append(made("p", "next", `Next: ${nextSession.inWords}${state === undefined ? "" : ` (${state})`}.`));
    }
    const confirmed =
      freshness.lastConfirmedOn === null
        ? "Not confirmed by anybody since it was listed: check before you travel."
        : `Last confirmed ${dateInWords(freshness.lastConfirmedOn)}.`;
    item.append(made("p", "source", `${confirmed} Source: ${source.publisher}.`));
    return item;
  }

  class CommonGroundActivities extends HTMLElement {
    static readonly observedAttributes = ["area", "condition", "heading-level", "count"];
    #asked = new AbortController();
    readonly #root = this.attachShadow({ mode: "open" });

    connectedCallback(): void {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      this.#root.adoptedStyleSheets = [sheet];
      if (!this.#root.hasChildNodes()) this.#root.append(document.createElement("slot"));
      void this.#load();
    }

    attributeChangedCallback(): void {
      if (this.isConnected && this.#root.hasChildNodes()) void this.#load();
    }

    disconnectedCallback(): void {
      this.#asked.abort();
    }

    /** Asks, and shows what comes; of what goes wrong nobody hears, and what is written within the element stays. */
    async #load(): Promise<void> {
      this.#asked.abort();
      this.#asked = new AbortController();
      const { signal } = this.#asked;
      try {
        const found = await this.#found(signal);
        if (!signal.aborted) this.#root.replaceChildren(...this.#shown(found));
      } catch {
        if (!signal.aborted) this.#root.replaceChildren(document.createElement("slot"), this.#help());
      }
    }

    async #found(signal: AbortSignal): Promise<Found> {
      const count = Number(this.getAttribute("count") ?? usual);
      const area = this.getAttribute("area") ?? "";
      const condition = this.getAttribute("condition") ?? "";
      const answer = await fetch(`${directory}/graphql`, {
        method: "POST",
        // Nobody is known here by a session of theirs there.
        credentials: "omit",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          operationName: "EmbeddedActivities",
          query: question,
          variables: {
            area: area === "" ? null : area,
            condition,
            filter: { kinds: ["ACTIVITY"], conditions: condition === "" ? null : [condition] },
            first: Number.isInteger(count) && count >= 1 ? Math.min(count, most) : usual,
          },
        }),
        signal,
      });
      const { data } = (await answer.json()) as { readonly data?: Found | null };
      if (data === null || data === undefined) throw new Error("The directory does not answer.");
      return data;
    }

    #shown({ condition, search }: Found): readonly Node[] {
      const level = Number(this.getAttribute("heading-level") ?? 2);
      const heading = ([1, 2, 3, 4, 5, 6] as const).find((one) => one === level) ?? 2;
      const { near } = search.understood;
      const title = `${condition === null ? "Activities" : `${condition.name}: activities`}${near === null ? "" : ` near ${near.name}`}`;
      const activities = search.edges.flatMap(({ node }) => (node === null ? [] : [node]));
      const parameters = new URLSearchParams({
        where: this.getAttribute("area") ?? "",
        topic: condition?.slug ?? "",
        kind: "ACTIVITY",
      });
      const box = made(
        "section",
        "container",
        made(`h${heading}`, "heading", title),
        activities.length === 0
          ? made("p", "nothing", "Nothing is listed here at the moment.")
          : made("ul", "list", ...activities.map(itemOf)),
        made("p", "more", linkTo(`/search?${parameters.toString()}`, "link", "See all, and search for more")),
        this.#help(),
      );
      box.lang = "en-GB";
      return [box];
    }

    #help(): Node {
      return made("p", "help", linkTo("/help-now", "link", "Need help now? Whom to call, at any hour"));
    }
  }

  // A page may have this script twice.
  if (customElements.get("common-ground-activities") === undefined)
    customElements.define("common-ground-activities", CommonGroundActivities);
})();
