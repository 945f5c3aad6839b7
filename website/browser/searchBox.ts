// Completes what is typed into the two questions of a search, from what the directory knows. Without it, and when it fails, the form works as it is.

interface Suggestion {
  readonly text: string;
}

/** What we use of accessible-autocomplete, which has no description of its types. */
interface Autocomplete {
  (options: {
    readonly element: HTMLElement;
    readonly id: string;
    readonly name: string;
    readonly defaultValue: string;
    readonly inputClasses: string;
    readonly minLength: number;
    readonly confirmOnBlur: boolean;
    readonly showNoOptionsFound: boolean;
    readonly displayMenu: "overlay";
    readonly source: (query: string, populate: (found: readonly Suggestion[]) => void) => void;
    readonly templates: {
      /** Of nothing at all as well, before anything is chosen. */
      readonly inputValue: (chosen: Suggestion | undefined) => string;
      /** Taken as markup. */
      readonly suggestion: (one: Suggestion | string) => string;
    };
    readonly tStatusQueryTooShort: () => string;
    readonly tStatusNoResults: () => string;
    readonly tStatusSelectedOption: (text: string, count: number, index: number) => string;
    readonly tStatusResults: (count: number) => string;
    readonly tAssistiveHint: () => string;
  }): void;
}

/** After so long without a key, in milliseconds, the directory is asked. */
const pauseMs = 200;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-search-box]")) {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
    // Nobody who only looks at the page loads any of it.
    input.addEventListener("focus", () => void complete(form, input), { once: true });
  }
}

async function complete(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
  let autocomplete: Autocomplete;
  try {
    autocomplete = await load();
  } catch {
    return;
  }
  const text = (name: string, values: Readonly<Record<string, string | number>> = {}) =>
    Object.entries(values).reduce(
      (filled, [key, value]) => filled.replace(`{${key}}`, String(value)),
      form.dataset[`text${name}`] ?? "",
    );
  const { id, name, value, maxLength, autocomplete: autofill } = input;
  const describedBy = input.getAttribute("aria-describedby") ?? "";
  const hasFocus = document.activeElement === input;
  const [start, end] = [input.selectionStart, input.selectionEnd];

  const element = document.createElement("div");
  input.replaceWith(element);
  autocomplete({
    element,
    id,
    name,
    defaultValue: value,
    inputClasses: input.className,
    minLength: 2,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    source: sourceFor(input.dataset["suggest"] ?? ""),
    templates: {
      inputValue: (chosen) => chosen?.text ?? "",
      suggestion: (one) => escaped(typeof one === "string" ? one : one.text),
    },
    tStatusQueryTooShort: () => "",
    tStatusNoResults: () => text("None"),
    tStatusSelectedOption: (chosen, count, index) => text("Chosen", { text: chosen, number: index + 1, count }),
    tStatusResults: (count) => text("Count", { count }),
    tAssistiveHint: () => text("Help"),
  });
  const completed = element.querySelector("input");
  if (completed === null) return;
  if (maxLength > 0) completed.maxLength = maxLength;
  // Its own list would lie over ours.
  completed.autocomplete = autofill === "postal-code" ? "off" : autofill;
  keepDescribed(completed, describedBy);
  // In it, enter chooses, or does nothing while there are suggestions; what is typed is as good as any of them.
  completed.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      form.requestSubmit();
    },
    { capture: true },
  );
  if (!hasFocus) return;
  completed.focus();
  completed.setSelectionRange(start, end);
}

/** The hint and the error stay what the field is described by: the package would put its own help in their place. */
function keepDescribed(input: HTMLInputElement, ids: string): void {
  const wanted = ids.split(" ").filter((id) => id !== "");
  const add = () => {
    const now = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== "");
    const missing = wanted.filter((id) => !now.includes(id));
    if (missing.length > 0) input.setAttribute("aria-describedby", [...missing, ...now].join(" "));
  };
  add();
  new MutationObserver(add).observe(input, { attributes: true, attributeFilter: ["aria-describedby"] });
}

let loading: Promise<Autocomplete> | undefined;

function load(): Promise<Autocomplete> {
  loading ??= (async () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("./accessible-autocomplete.css", import.meta.url).href;
    // Before the site's own style sheet, which has the last word.
    document.head.prepend(style);
    // It is no module, and leaves its one function with the window.
    await import(new URL("./accessible-autocomplete.js", import.meta.url).href);
    return (globalThis as unknown as { readonly accessibleAutocomplete: Autocomplete }).accessibleAutocomplete;
  })();
  return loading;
}

/** Asks the directory when the typing pauses, and forgets what came too late. */
function sourceFor(about: string): (query: string, populate: (found: readonly Suggestion[]) => void) => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  return (query, populate) => {
    clearTimeout(waiting);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    waiting = setTimeout(() => {
      const found = suggestionsFor(about, query, signal).catch(() => []);
      void found.then((suggestions) => {
        if (!signal.aborted) populate(suggestions);
      });
    }, pauseMs);
  };
}

async function suggestionsFor(about: string, text: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const asked = new URLSearchParams({ for: about, text });
  const answer = await fetch(`/suggest?${asked.toString()}`, { signal });
  return answer.ok ? ((await answer.json()) as readonly Suggestion[]) : [];
}

function escaped(text: string): string {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}
