// Completes what is typed into the two questions of a search, from what the directory knows. Without it, the form works as it is.

interface Suggestion {
  readonly text: string;
}

/** After so long without a key, in milliseconds, the directory is asked. */
const pauseMs = 150;

for (const input of document.querySelectorAll<HTMLInputElement>("[data-search-box] input[data-suggest]"))
  complete(input);

function complete(input: HTMLInputElement): void {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void fill(list, input), pauseMs);
  });
}

async function fill(list: HTMLDataListElement, input: HTMLInputElement): Promise<void> {
  if (input.value.trim().length < 2) return;
  const answer = await fetch(`/suggest?for=${input.dataset["suggest"] ?? ""}&text=${encodeURIComponent(input.value)}`);
  if (!answer.ok) return;
  const suggestions = (await answer.json()) as readonly Suggestion[];
  list.replaceChildren(...suggestions.map(({ text }) => new Option(text)));
}
